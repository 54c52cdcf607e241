"""九至十一: what is done well, what is wrong county by county, how it is to be put right and checked."""

from junheng.diagnosis import CountyVerdict, Line, Verdict
from junheng.publish.book.cells import Cell
from junheng.publish.line_words import counted, line_told
from junheng.publish.priorities import first_look
from junheng.publish.shortfalls import shortfalls
from junheng.publish.word.city import City
from junheng.publish.word.grid import Column
from junheng.publish.word.paper import Paper
from junheng.publish.word.self_report.mending import SHORT_FINGERPRINT
from junheng.publish.word.telling import NO_SCHOOL
from junheng.publish.wording import basis, listed

MOST_LINES = 8


def practice(paper: Paper, city: City) -> None:
    paper.heading("主要做法和成效")
    passing = [county.name for county in city.counties if county.verdict is Verdict.PASS]
    if passing:
        paper.text(f"全部指标达标的区县{len(passing)}个：{'、'.join(passing)}。")
    for _, title, lines in city.areas():
        here = [
            f"{label}（{code}）"
            for code, label in lines
            if len(city.named(code, Verdict.PASS)) == len(city.counties)
        ]
        if here:
            paper.text(f"{title}各区县都达标的{len(here)}项：{'、'.join(here)}。")
    paper.blank("全市主要做法、投入和变化；引用的数字请注明出处")


def problems(paper: Paper, city: City) -> None:
    paper.heading("存在问题")
    for county in city.counties:
        paper.heading(county.name, 2)
        _county(paper, county)


def _county(paper: Paper, county: CountyVerdict) -> None:
    """What the county comes to, its weakest point, what it should look at first."""
    verdict = county.verdict
    told = "缺数据，暂不能下结论" if verdict is Verdict.NO_DATA else verdict.value
    paper.text(
        f"结论：{told}。{basis(county)}全部指标{len(county.lines)}项：{counted(county.lines)}。"
    )
    if not county.parts:
        paper.text(NO_SCHOOL)
    failing = [line for line in county.lines if line.verdict is Verdict.FAIL]
    if failing:
        paper.text(f"未达标的指标：{_named(failing)}。")
    for area in county.areas:
        weak = next((line for line in area.lines if line.verdict is Verdict.FAIL), None)
        if weak is not None:
            paper.text(f"{area.title}最弱的是{weak.label}（{weak.code}）：{line_told(weak)}。")
    if county.parts:
        paper.text(*first_look(county))


def _named(lines: list[Line]) -> str:
    return listed([f"{x.label}（{x.code}）" for x in lines], most=MOST_LINES, counter="项")


def mending(paper: Paper, city: City) -> None:
    paper.heading("整改措施和复核")
    paper.heading("整改任务", 2)
    paper.text(
        "各区县逐项、逐校的任务见各自的《整改清单》；下表由市里确定督办措施、责任单位、完成时限和所需经费。"
    )
    paper.table(
        "各区县整改任务",
        [
            Column("区县", 28),
            Column("未达标指标", 14, "center"),
            Column("未达标事项", 14, "center"),
            Column("涉及学校", 14, "center"),
            *(Column(text, width) for text, width in (("督办措施", 30), ("责任单位", 20), ("完成时限", 17), ("所需经费", 19))),
        ],
        [[*_tasks(county), None, None, None, None] for county in city.counties],
        note="一所学校的一项数值低于标准为一个事项；学校的七项指标只计学校标准没有通过的。",
    )  # fmt: skip
    paper.heading("补报材料", 2)
    open_ = [(c.name, [x for x in c.lines if x.verdict is Verdict.NO_DATA]) for c in city.counties]
    paper.table(
        "须先补报才能判定的指标",
        [
            Column("区县", 34),
            Column("项数", 12, "center"),
            Column("指标", 76),
            Column("完成时限", 34),
        ],
        [[name, len(lines), _codes(city, lines), None] for name, lines in open_ if lines],
        empty="没有缺数据的指标",
    )
    paper.heading("整改后的复核", 2)
    receipt = city.study.receipt
    paper.text(
        "整改或补报完成后，重新填报、校验、封存，按同一方案再评估一次，逐项对照本报告。",
        f"本报告的数据封存编号为{receipt.seal}，事实指纹前{SHORT_FINGERPRINT}位为"
        f"{receipt.facts[:SHORT_FINGERPRINT]}；凭此可以重算并核对报告中的每个数字。",
    )


def _codes(city: City, lines: list[Line]) -> str:
    """Lines with their names where they are few, else by area with their codes."""
    if len(lines) <= MOST_LINES:
        return "、".join(f"{x.code} {x.label}" for x in lines)
    held = {line.code for line in lines}
    areas = ((title, [c for c, _ in found if c in held]) for _, title, found in city.areas())
    return "；".join(f"{title}{len(c)}项：{'、'.join(c)}" for title, c in areas if c)


def _tasks(county: CountyVerdict) -> list[Cell]:
    failing = [each for each in shortfalls(county) if each.verdict is Verdict.FAIL]
    schools = {each.school_code for each in failing} - {""}
    lines = sum(line.verdict is Verdict.FAIL for line in county.lines)
    return [county.name, lines, len(failing), len(schools)]
