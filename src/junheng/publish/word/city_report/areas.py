"""五至八: government, quality, recognition and vetoes: how many counties meet each line, and who not."""

from typing import Any

from junheng.diagnosis import Verdict
from junheng.publish.book.cells import Cell, Tone, Word
from junheng.publish.line_words import line_told
from junheng.publish.word.city import City, some_counties
from junheng.publish.word.grid import Column
from junheng.publish.word.paper import Paper
from junheng.publish.word.self_report.line_tables import MONITORED, filed_by, monitored, rate
from junheng.publish.word.telling import demanded

SHOWN = (Verdict.PASS, Verdict.FAIL, Verdict.NO_DATA)
LINES = (
    Column("代码", 12, "center"),
    Column("指标", 32),
    Column("标准", 42),
    *(Column(verdict.value, 12, "center", "区县（个）") for verdict in SHOWN),
    Column("未达标的区县", 34),
)
BEYOND = "不适用的区县不计入三列。各区县每项结论见附录二。"


def guarantee(paper: Paper, city: City) -> None:
    paper.heading("政府保障程度")
    _area(paper, city, "guarantee")


def quality(paper: Paper, city: City) -> None:
    paper.heading("教育质量")
    _area(paper, city, "quality")
    paper.heading("国家义务教育质量监测", 2)
    paper.table(
        "国家义务教育质量监测结果（由监测机构发布，不自行计算）",
        [Column("区县", 34), *MONITORED],
        [[name, *monitored(row)] for name, row in _results(city, "QL9")],
        empty="没有区县报送",
    )


def social(paper: Paper, city: City) -> None:
    paper.heading("社会认可度")
    _area(paper, city, "social", whole=False)
    paper.table(
        "社会认可度调查结果（按对象）",
        [
            Column("区县", 44),
            Column("对象", 37, "center"),
            *(Column(text, 25, "center") for text in ("样本（人）", "满意（人）", "满意率")),
        ],
        [
            [name, row["item"], row["sampled"], row["satisfied"], rate(row)]
            for name, row in _results(city, "SR1")
        ],
        empty="没有区县报送",
    )


def veto(paper: Paper, city: City) -> None:
    paper.heading("一票否决事项")
    paper.text("有一项发生即不予认定。各项由区县声明，情况如下。")
    _area(paper, city, "veto", whole=False)


def _area(paper: Paper, city: City, code: str, *, whole: bool = True) -> None:
    found = next((each for each in city.areas() if each[0] == code), None)
    if found is None:
        paper.text("评估方案没有这一方面的指标。")
        return
    _, title, lines = found
    if whole:
        paper.heading("逐项结果", 2)
    failing = [each for each in lines if city.named(each[0], Verdict.FAIL)]
    if failing:
        worst = sorted(failing, key=lambda each: -len(city.named(each[0], Verdict.FAIL)))
        told = "、".join(
            f"{label}（{line}，{len(city.named(line, Verdict.FAIL))}个区县）"
            for line, label in worst
        )
        paper.text(f"{title}{len(lines)}项中，有区县未达标的{len(failing)}项：{told}。")
    else:
        paper.text(f"{title}{len(lines)}项，没有区县被判定未达标。")
    paper.table(f"{title}逐项结果", LINES, [_line(city, *each) for each in lines], note=BEYOND)
    if whole and failing:
        paper.heading("未达标事项", 2)
        paper.table(
            f"{title}未达标事项",
            [
                Column("代码", 13, "center"),
                Column("指标", 36),
                Column("区县", 34),
                Column("在哪里、差多少", 73),
            ],
            [row for each in failing for row in _reasons(city, *each)],
        )


def _line(city: City, code: str, label: str) -> list[Cell]:
    held = city.line(code)
    demands = list(dict.fromkeys(demanded(line) for line in held.values()))
    names = city.named(code, Verdict.FAIL)
    cell: Cell = Word(some_counties(names), Tone.BAD) if names else "没有"
    return [code, label, "；".join(demands), *(len(city.named(code, v)) for v in SHOWN), cell]


def _reasons(city: City, code: str, label: str) -> list[list[Cell]]:
    """One row a county that does not meet a line, with how far."""
    held = city.line(code)
    return [
        [code, label, county.name, line_told(held[county.code])]
        for county in city.counties
        if county.code in held and held[county.code].verdict is Verdict.FAIL
    ]


def _results(city: City, indicator: str) -> list[tuple[str, dict[str, Any]]]:
    return [
        (county.name, row)
        for county in city.counties
        for row in filed_by(city.study, "official_results", county.code)
        if row["indicator"] == indicator
    ]
