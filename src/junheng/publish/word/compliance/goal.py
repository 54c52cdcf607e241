"""一: by when what is to be met, and what the plan comes to."""

from collections.abc import Iterator

from junheng.diagnosis import Verdict
from junheng.publish.book.cells import Cell
from junheng.publish.compliance_changes import passing_schools
from junheng.publish.compliance_figures import single, whose
from junheng.publish.compliances import headline, proof, undone, wan
from junheng.publish.word.grid import Column
from junheng.publish.word.paper import Paper
from junheng.publish.word.telling import chinese_day, said
from junheng.publish.wording import percent
from junheng.studies import ComplianceStudy
from junheng.years import SchoolYear


def goal(paper: Paper, study: ComplianceStudy) -> None:
    paper.heading("目标与结论")
    paper.heading("目标", 2)
    _asked(paper, study)
    paper.heading("结论", 2)
    paper.text(headline(study), *_schools(study))
    paper.text(*(f"{each}。" for each in proof(study)))
    title = "各方面前后对比" if single(study) else "各区县各方面前后对比"
    paper.table(title, _columns(study), list(_areas(study)), note=_beside(study))
    paper.heading("假设", 2)
    paper.text(*(f"{each}。" for each in study.answer.assumptions))


def _asked(paper: Paper, study: ComplianceStudy) -> None:
    answer, county = study.answer, study.today.counties[0]
    standard = county.standard
    floor = percent(county.parts[0].indicators[0].floor / county.parts[0].indicators[0].limit)
    paper.text(
        f"以{SchoolYear(answer.plan.base_year)}封存数据为起点，按{chinese_day(answer.on)}有效的规定，"
        f"使{whose(study)}从{SchoolYear(answer.by)}起{_through(study)}资源配置全部达标，花钱最少。",
    )
    if not single(study):
        paper.text(
            f"包括：{'、'.join(answer.counties.values())}。各区县共用一笔经费，教师不跨区县调动。"
        )
    paper.lead("达标是指：")
    paper.text(
        f"1.每所学校的每个学段，{len(standard.indicators)}项指标中至少{len(standard.indicators) - 1}项达到标准，"
        f"另一项不低于标准的{floor}；",
        "2.每项指标的校际差异系数不超过限值；",
        f"3.{undone(study)}没有达到要求的学校，音乐、美术专用教室配齐（GV3）；教师培训（GV9）、持证（GV12）全部达到要求。",
    )


LACKING = "推演里写“缺数据”的，是以后的学年没有这方面的数（例如各班人数、当年的监测和统计），不是做了方案反而变差。"
FEW = 3
"""So many years have room side by side in wide columns."""


def _through(study: ComplianceStudy) -> str:
    years = study.answer.years
    if len(years) == 1:
        return ""
    return f"，到{SchoolYear(years[-1])}，{len(years)}个学年按各自的学生数、班数，"


def _schools(study: ComplianceStudy) -> Iterator[str]:
    before, after, of = passing_schools(study)
    yield f"资源配置达标的学校由{before}所增加到{after}所（参加计算的{of}所）。"
    money = study.answer.prices
    yield f"按“{money.title}”（{money.status}）计价，费用合计{wan(study.answer.cost)}。"


def _columns(study: ComplianceStudy) -> list[Column]:
    lead = [] if single(study) else [Column("区县", 40, joined=True)]
    years = study.answer.years
    after = [f"{year}学年（推演）" if len(years) <= FEW else str(year) for year in years]
    title, today, then = (40, 30, 36) if len(years) < FEW else (28, 16, (72 if lead else 112) / len(years))  # fmt: skip
    return [
        *lead,
        Column("方面", title, "center"),
        Column("今天", today, "center"),
        *(Column(each, then, "center") for each in after),
    ]


def _areas(study: ComplianceStudy) -> Iterator[list[Cell]]:
    for county, areas in study.certificate.areas.items():
        name: list[Cell] = [] if single(study) else [study.answer.counties[county]]
        for place, (title, before, _) in enumerate(areas):
            then = [each.areas[county][place][2] for each in study.certificate.years]
            yield [*name, title, said(before), *map(said, then)]


def _beside(study: ComplianceStudy) -> str:
    missed = {
        title
        for standing in study.certificate.years
        for areas in standing.areas.values()
        for title, _, after in areas
        if after.value != "达标"
    }
    told = "本方案只管资源配置和上列三项；其余要求的办理见证书。" if missed else ""
    return f"{told}{LACKING}" if _lacks(study) else told


def _lacks(study: ComplianceStudy) -> bool:
    """Whether an area lacks data in some year that it has today."""
    return any(
        after is Verdict.NO_DATA and before is not Verdict.NO_DATA
        for standing in study.certificate.years
        for areas in standing.areas.values()
        for _, before, after in areas
    )
