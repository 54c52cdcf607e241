"""The report as a whole: title page, contents, eleven sections, appendices."""

from junheng.publish.word.city import City
from junheng.publish.word.city_report.allocation import allocation
from junheng.publish.word.city_report.appendices import appendices
from junheng.publish.word.city_report.areas import guarantee, quality, social, veto
from junheng.publish.word.city_report.basis import basis_and_method, circumstances
from junheng.publish.word.city_report.counties import mending, practice, problems
from junheng.publish.word.city_report.duty import government
from junheng.publish.word.paper import Paper
from junheng.publish.word.telling import chinese_day, marked
from junheng.publish.wording import DEMONSTRATION
from junheng.years import SchoolYear

TITLE = "义务教育优质均衡发展监测报告"


def city_report(city: City) -> Paper:
    """The report, ready to be packed."""
    assessment = city.study.assessment
    paper = Paper(
        title=f"{city.name}{TITLE}",
        subject=str(SchoolYear(assessment.year)),
        header=marked(city.name, TITLE, city.mark),
        on=assessment.on,
    )
    paper.line(city.name, "Cover")
    paper.line(TITLE, "Title")
    paper.line(f"（{SchoolYear(assessment.year)}）", "Subtitle")
    paper.line(f"评估日期：{chinese_day(assessment.on)}", "Subtitle")
    if city.mark == DEMONSTRATION:
        paper.line(f"{DEMONSTRATION}：数字由程序生成，不是任何真实学校的情况", "Notice")
    elif city.mark:
        paper.line(f"{city.mark}：标明演示的区县，数字由程序生成", "Notice")
    paper.line("监测单位（盖章）：　　　　　　　　　　负责人（签字）：", "Signed")
    paper.contents()
    basis_and_method(paper, city)
    circumstances(paper, city)
    government(paper, city)
    allocation(paper, city)
    guarantee(paper, city)
    quality(paper, city)
    social(paper, city)
    veto(paper, city)
    practice(paper, city)
    problems(paper, city)
    mending(paper, city)
    appendices(paper, city)
    return paper
