"""The report as a whole: title page, contents, eleven sections, appendices."""

from junheng.diagnosis import CountyVerdict
from junheng.publish.word.paper import Paper
from junheng.publish.word.self_report.appendices import appendices
from junheng.publish.word.self_report.basis import basis_and_method
from junheng.publish.word.self_report.circumstances import circumstances
from junheng.publish.word.self_report.government import government
from junheng.publish.word.self_report.line_tables import guarantee, quality, social, veto
from junheng.publish.word.self_report.mending import mending, practice, problems
from junheng.publish.word.self_report.resource import resource
from junheng.publish.word.telling import chinese_day, header_words
from junheng.publish.wording import DEMONSTRATION, is_demonstration
from junheng.studies import Study
from junheng.years import SchoolYear

TITLE = "义务教育优质均衡发展自评报告"


def self_report(study: Study, county: CountyVerdict) -> Paper:
    """The report of one county, ready to be packed."""
    on = study.assessment.on
    paper = Paper(
        title=f"{county.name}{TITLE}",
        subject=str(SchoolYear(study.assessment.year)),
        header=header_words(county, TITLE),
        on=on,
    )
    paper.line(county.name, "Cover")
    paper.line(TITLE, "Title")
    paper.line(f"（{SchoolYear(study.assessment.year)}）", "Subtitle")
    paper.line(f"评估日期：{chinese_day(on)}", "Subtitle")
    if is_demonstration(county):
        paper.line(f"{DEMONSTRATION}：数字由程序生成，不是任何真实学校的情况", "Notice")
    paper.line(f"填报单位（盖章）：{county.name}人民政府　　负责人（签字）：", "Signed")
    paper.contents()
    basis_and_method(paper, study, county)
    circumstances(paper, study, county)
    government(paper, study, county)
    resource(paper, county)
    guarantee(paper, study, county)
    quality(paper, study, county)
    social(paper, study, county)
    veto(paper, study, county)
    practice(paper, county)
    problems(paper, county)
    mending(paper, study, county)
    appendices(paper, study, county)
    return paper
