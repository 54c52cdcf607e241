"""一: on what basis, over which schools, by which method, and with which conclusion."""

from collections.abc import Sequence

from junheng.diagnosis import AreaVerdict, CountyVerdict, Verdict
from junheng.publish.book.areas import weakest
from junheng.publish.book.cells import Cell
from junheng.publish.line_words import counted
from junheng.publish.reading_words import readings_taken
from junheng.publish.word.grid import Column
from junheng.publish.word.paper import Paper
from junheng.publish.word.telling import NO_SCHOOL, chinese_day, said
from junheng.publish.wording import basis, county_title, listed, variant_label
from junheng.studies import Study
from junheng.years import SchoolYear


def basis_and_method(paper: Paper, study: Study, county: CountyVerdict) -> None:
    paper.heading("评估依据、范围和方法")
    paper.heading("评估依据", 2)
    documents(paper, (county,), "评估")
    paper.heading("评估范围", 2)
    _range(paper, study, county)
    paper.heading("评估方法", 2)
    method(paper, county)
    paper.heading("自评结论", 2)
    _conclusion(paper, county)


def documents(paper: Paper, counties: Sequence[CountyVerdict], doing: str) -> None:
    """The documents in force in any of the counties; `doing` is 评估 or 监测."""
    standard = counties[0].standard
    paper.text(
        f"本报告按{chinese_day(standard.on)}有效的规定{doing}，方案为“{standard.scheme.title}”。"
    )
    held = {d.document.name: d.document for c in counties for d in c.standard.demands.values()}
    paper.table(
        "依据的文件",
        [
            Column("文件", 46),
            Column("名称", 62),
            Column("施行日期", 24, "center"),
            Column("文本核对", 24, "center"),
        ],
        [
            [name, each.title, each.in_force.isoformat() if each.in_force else "未核对", each.checked]
            for name, each in held.items()
        ],
        note="“未核对”指没有见到正式文本，条号不编造；报送前请对照正式文本核对，条款要点见附录“指标定义和条款”。",
    )  # fmt: skip


def _range(paper: Paper, study: Study, county: CountyVerdict) -> None:
    year = SchoolYear(study.assessment.year)
    stages = "、".join(
        f"{stage.label}{sum(p.stage is stage for p in county.parts)}个"
        for stage in county.standard.stages
    )
    paper.text(
        f"数据为{year}学年初（{chinese_day(year.first_day)}）的学籍、教师和办学条件，"
        f"经费和工资为{year.fiscal_year}年度。"
    )
    if not county.parts:
        paper.text(NO_SCHOOL)
    else:
        paper.text(
            f"参加资源配置计算的学校{len(county.schools)}所，按学段部分别计：{stages}。"
            f"{_scope(county)}"
        )
    if county.missing:
        named = listed([each.name for each in county.missing])
        paper.text(
            f"缺报学校{len(county.missing)}所：{named}。补报以前，所在学段的校际差异系数不下结论。"
        )
    if county.left_out:
        named = listed([each.name for each in county.left_out])
        paper.text(f"不参加资源配置计算的：{named}，原因见附录二。")


def _scope(county: CountyVerdict) -> str:
    roles = ("scope", "scope_point", "scope_merge")
    return "".join(f"{county.standard.role(role).clause.gist}。" for role in roles)


def method(paper: Paper, county: CountyVerdict) -> None:
    """How it is computed, which readings and exceptions are taken."""
    standard = county.standard
    gist = {
        role: standard.role(role).clause.gist for role in ("school_count", "school_floor", "spread")
    }
    paper.text(
        f"{gist['school_count']}；{gist['school_floor']}。{gist['spread']}。",
        f"多学段学校的共用资源先分摊再评：{standard.role('split').clause.gist}。",
        f"校际差异系数采用“{variant_label(standard)}”算法："
        f"{standard.variants[standard.variant].clause.gist}。",
        "标准含本数；比较时用精确分数，不四舍五入。缺数据的不作零计，不下结论。",
    )  # fmt: skip
    taken = readings_taken(standard)
    paper.text(f"未决口径：{taken}。" if taken else "未决口径全部按默认读法。")
    uses = county.relaxations
    relaxations = "、".join(standard.switches.relaxations)
    paper.text(
        f"启用的例外：{relaxations}；逐校使用情况见附录二。" if relaxations else "没有启用例外。"
    )
    if relaxations and not uses:
        paper.text("启用的例外没有学校申请。")


def _conclusion(paper: Paper, county: CountyVerdict) -> None:
    verdict = county.verdict
    told = "缺数据，暂不能下结论" if verdict is Verdict.NO_DATA else verdict.value
    paper.text(
        f"{county_title(county)}自评结论：{told}。{basis(county)}全部指标{len(county.lines)}项：{counted(county.lines)}。"
    )
    paper.table(
        "各方面结论",
        [
            Column("方面", 20, "center"),
            Column("结论", 17, "center"),
            Column("项数", 11, "center"),
            Column(Verdict.PASS.value, 11, "center"),
            Column(Verdict.FAIL.value, 13, "center"),
            Column(Verdict.NO_DATA.value, 13, "center"),
            Column("最弱之处", 71),
        ],
        [_area_row(area) for area in county.areas],
    )


def _area_row(area: AreaVerdict) -> list[Cell]:
    verdicts = [line.verdict for line in area.lines]
    counts = [verdicts.count(each) for each in (Verdict.PASS, Verdict.FAIL, Verdict.NO_DATA)]
    return [area.title, said(area.verdict), len(verdicts), *counts, weakest(area)]
