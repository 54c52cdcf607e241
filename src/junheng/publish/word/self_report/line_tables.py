"""五至八: the lines GV, QL, SR and VT: demand, value, verdict, evidence; official results; statements."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from junheng.diagnosis import AreaVerdict, CountyVerdict, Line, Verdict
from junheng.publish.book.cells import Cell, Tone, Word, share_cell
from junheng.publish.line_words import counted, line_told
from junheng.publish.shortfalls import some
from junheng.publish.word.grid import Column
from junheng.publish.word.paper import Paper
from junheng.publish.word.telling import demanded, said
from junheng.studies import Study

LEVELS = {1: "Ⅰ级", 2: "Ⅱ级", 3: "Ⅲ级", 4: "Ⅳ级", 5: "Ⅴ级"}
MONITORED = (
    Column("学科", 20, "center"),
    Column("学业水平", 22, "center"),
    Column("校际差异", 22, "center"),
    Column("发布单位", 34),
    Column("发布日期", 24, "center"),
)
"""Columns of an official result of national monitoring."""
PAPERS = "“通过的佐证”为本县（含各校）该项审核通过的材料份数。"
LINES = (
    Column("代码", 12, "center"),
    Column("指标", 30),
    Column("标准", 38),
    Column("数值与说明", 47),
    Column("结论", 14, "center"),
    Column("通过的佐证", 15, "center"),
)


def guarantee(paper: Paper, study: Study, county: CountyVerdict) -> None:
    paper.heading("政府保障程度")
    _area(paper, study, county, "guarantee")


def quality(paper: Paper, study: Study, county: CountyVerdict) -> None:
    paper.heading("教育质量")
    _area(paper, study, county, "quality")
    rows = [
        monitored(row)
        for row in filed_by(study, "official_results", county.code)
        if row["indicator"] == "QL9"
    ]
    paper.heading("国家义务教育质量监测", 2)
    paper.table(
        "国家义务教育质量监测结果（由监测机构发布，不自行计算）",
        [Column("学科", 54, "center"), *MONITORED[1:]],
        rows,
        empty="没有报送",
    )


def social(paper: Paper, study: Study, county: CountyVerdict) -> None:
    paper.heading("社会认可度")
    _area(paper, study, county, "social", papers=False)
    rows = [
        [row["item"], row["sampled"], row["satisfied"], rate(row)]
        for row in filed_by(study, "official_results", county.code)
        if row["indicator"] == "SR1"
    ]
    paper.table(
        "社会认可度调查结果（按对象）",
        [
            Column("对象", 45, "center"),
            Column("样本（人）", 37, "center"),
            Column("满意（人）", 37, "center"),
            Column("满意率", 37, "center"),
        ],
        sorted(rows, key=lambda row: row[0] == "合计"),
        empty="没有报送",
    )


def monitored(row: dict[str, Any]) -> list[Cell]:
    """One official result of national monitoring, as published."""
    day, difference = row["published_on"], row["difference"]
    return [
        row["item"],
        LEVELS.get(row["level"], "") if row["level"] is not None else None,
        None if difference is None else f"{difference.normalize():f}",
        row["issuer"],
        None if day is None else day.isoformat(),
    ]


def rate(row: dict[str, Any]) -> Cell:
    """The share of the satisfied, as filed or from the sample."""
    if row["rate_percent"] is not None:
        return share_cell(Fraction(row["rate_percent"]) / 100)
    if row["sampled"] and row["satisfied"] is not None:
        return share_cell(Fraction(row["satisfied"], row["sampled"]))
    return None


def veto(paper: Paper, study: Study, county: CountyVerdict) -> None:
    paper.heading("一票否决事项")
    signed = {row["item"]: row for row in filed_by(study, "statements", county.code)}
    area = _found(county, "veto")
    if area is None:
        paper.text("评估方案没有一票否决事项。")
        return
    paper.text(f"一票否决事项{len(area.lines)}项：{counted(area.lines)}。有一项发生即不予认定。")
    paper.table(
        "一票否决事项声明",
        [
            Column("代码", 14, "center"),
            Column("事项", 46),
            Column("结论", 18, "center"),
            Column("未结案件", 18, "center"),
            Column("声明签署单位", 34),
            Column("签署日期", 26, "center"),
        ],
        [_statement(line, signed.get(line.code)) for line in area.lines],
    )
    _wanting(paper, area)


def _statement(line: Line, row: dict[str, Any] | None) -> list[Cell]:
    if row is None:
        return [line.code, line.label, said(line.verdict), None, "没有声明", None]
    on = row["signed_on"]
    return [
        line.code, line.label, said(line.verdict), row["open_cases"], row["signed_by"],
        None if on is None else on.isoformat(),
    ]  # fmt: skip


# --- one area ----------------------------------------------------------------------------------


def _area(
    paper: Paper, study: Study, county: CountyVerdict, code: str, *, papers: bool = True
) -> None:
    """Heading, counts, the table of lines, sentences on what is not met, what must be filed."""
    area = _found(county, code)
    if area is None:
        paper.text("评估方案没有这一方面的指标。")
        return
    if papers:
        paper.heading("逐项结果", 2)
    paper.text(f"{area.title}{len(area.lines)}项：{counted(area.lines)}。")
    held = _passed_papers(study, county)
    paper.table(
        f"{area.title}逐项结果",
        LINES,
        [
            [line.code, line.label, demanded(line), line_told(line), said(line.verdict), _papers(held, line)]
            for line in area.lines
        ],
        note=PAPERS if papers else "",
    )  # fmt: skip
    failing = [line for line in area.lines if line.verdict is Verdict.FAIL]
    if failing:
        if papers:
            paper.heading("未达标事项", 2)
        paper.text(*(told for line in failing for told in _reasons(line)))
    _wanting(paper, area)


def _reasons(line: Line) -> Iterator[str]:
    told = [r for c in line.clauses if c.verdict is Verdict.FAIL for r in c.reasons]
    yield f"{line.label}（{line.code}）：{'；'.join(told)}。"


def _wanting(paper: Paper, area: AreaVerdict) -> None:
    wanting = [line for line in area.lines if line.verdict is Verdict.NO_DATA and line.wanting]
    if wanting:
        paper.lead("缺数据的事项，须先补报：")
        paper.text(*(f"{line.label}（{line.code}）：{some(line.wanting)}。" for line in wanting))


def _found(county: CountyVerdict, code: str) -> AreaVerdict | None:
    return next((area for area in county.areas if area.code == code), None)


def filed_by(study: Study, table: str, county: str) -> list[dict[str, Any]]:
    """The rows of a table that a county filed."""
    rows = study.snapshot.facts[table].iter_rows(named=True)
    return [row for row in rows if row["county_code"] == county]


def _papers(held: dict[str, int], line: Line) -> Cell:
    return held.get(line.code, 0) or Word("—", Tone.PLAIN)


def _passed_papers(study: Study, county: CountyVerdict) -> dict[str, int]:
    """Line → pieces of evidence of the county and its schools that passed review."""
    schools = study.snapshot.facts["schools"].iter_rows(named=True)
    here = {row["school_code"] for row in schools if row["location_unit"] == county.code}
    found: dict[str, int] = {}
    scopes = {county.code, *here}
    for row in study.snapshot.facts["evidence"].iter_rows(named=True):
        if row["scope"] in scopes and row["review"] == "pass":
            found[row["indicator"]] = found.get(row["indicator"], 0) + 1
    return found
