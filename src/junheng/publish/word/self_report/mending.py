"""九至十一: what was done well, what is wrong school by school, how it is to be put right and checked."""

from collections import defaultdict
from collections.abc import Sequence

from junheng.diagnosis import CountyVerdict, Line, Verdict
from junheng.publish.book.cells import Cell
from junheng.publish.digits import amount_text
from junheng.publish.line_words import line_told
from junheng.publish.shortfalls import Shortfall, shortfalls, some
from junheng.publish.totals import lacks
from junheng.publish.word.grid import Column
from junheng.publish.word.paper import Paper
from junheng.publish.word.telling import said
from junheng.publish.wording import listed
from junheng.studies import Study

SHORT_FINGERPRINT = 16


def practice(paper: Paper, county: CountyVerdict) -> None:
    paper.heading("主要做法和成效")
    passing = [line for line in county.lines if line.verdict is Verdict.PASS]
    for area in county.areas:
        here = [line for line in area.lines if line in passing]
        if here:
            named = "、".join(f"{line.label}（{line.code}）" for line in here)
            paper.text(f"{area.title}已达标{len(here)}项：{named}。")
    if not passing:
        paper.text("没有已判定达标的指标。")
    paper.blank("主要做法、投入和变化；引用的数字请注明出处")


def problems(paper: Paper, county: CountyVerdict) -> None:
    paper.heading("存在问题")
    failing = [line for line in county.lines if line.verdict is Verdict.FAIL]
    if not failing:
        paper.text("没有未达标的指标。")
    else:
        paper.heading("未达标的指标", 2)
        paper.lead(f"未达标的指标{len(failing)}项：")
        for number, line in enumerate(failing, start=1):
            paper.text(
                f"{number}. {line.label}（{line.code}）：{line_told(line)}。{_total(county, line)}"
            )
    paper.heading("涉及的学校", 2)
    rows = _by_school(
        [s for s in shortfalls(county) if s.verdict is Verdict.FAIL and s.school_code]
    )
    if rows:
        paper.text(f"有未达标事项的学校{len(rows)}所，逐校列出事项和差距。")
    paper.table(
        "各校未达标事项和差距",
        [
            Column("序号", 10, "center"),
            Column("学校", 42),
            Column("项数", 11, "center"),
            Column("未达标事项和差距", 93),
        ],
        rows,
        empty="没有学校有未达标事项",
    )


def _total(county: CountyVerdict, line: Line) -> str:
    """What the whole county lacks of a line that counts things."""
    lack = next((each for each in lacks(county) if each.indicator == line.code), None)
    if lack is None or not lack.to_limit:
        return ""
    return f"低于标准的学校都补到标准，合计还差{amount_text(lack.to_limit, lack.unit)}。"


def _by_school(items: Sequence[Shortfall]) -> list[list[Cell]]:
    found: dict[tuple[str, str], list[Shortfall]] = defaultdict(list)
    for item in items:
        found[item.school_code, item.school_name].append(item)
    return [
        [number, name, len({each.code for each in held}), "；".join(map(_short, held))]
        for number, ((_, name), held) in enumerate(sorted(found.items()), start=1)
    ]


def _short(item: Shortfall) -> str:
    return f"{item.code} {item.what} {item.found}（{item.limit}，{item.gap}）"


def mending(paper: Paper, study: Study, county: CountyVerdict) -> None:
    paper.heading("整改措施和复核")
    paper.heading("整改任务", 2)
    paper.text(
        "下表每项未达标的指标一行，由县政府确定整改措施、责任单位、完成时限和所需经费；逐校任务见《整改清单》。"
    )
    paper.table(
        "整改任务",
        [
            Column("代码", 12, "center"),
            Column("指标", 28),
            Column("差距", 40),
            Column("整改措施", 28),
            Column("责任单位", 17),
            Column("完成时限", 15),
            Column("所需经费", 16),
        ],
        [
            [line.code, line.label, line_told(line), None, None, None, None]
            for line in county.lines
            if line.verdict is Verdict.FAIL
        ],
        empty="没有未达标的指标",
    )
    paper.heading("补报材料", 2)
    open_ = [line for line in county.lines if line.verdict is Verdict.NO_DATA]
    paper.table(
        "须补报的材料",
        [
            Column("代码", 12, "center"),
            Column("结论", 16, "center"),
            Column("要报什么", 82),
            Column("责任单位", 24),
            Column("完成时限", 22),
        ],
        [[line.code, said(line.verdict), _wanted(line), None, None] for line in open_],
        empty="没有缺数据的指标",
    )
    if county.missing:
        named = listed([each.name for each in county.missing])
        paper.text(f"缺报学校{len(county.missing)}所须先报送填报表：{named}。")
    paper.heading("整改后的复核", 2)
    receipt = study.receipt
    paper.text(
        "整改或补报完成后，重新填报、校验、封存，按同一方案再评估一次，逐项对照本报告。",
        f"本报告的数据封存编号为{receipt.seal}，事实指纹前{SHORT_FINGERPRINT}位为"
        f"{receipt.facts[:SHORT_FINGERPRINT]}；凭此可以重算并核对报告中的每个数字。",
    )


def _wanted(line: Line) -> str:
    return f"{line.label}：{some(line.wanting) if line.wanting else line_told(line)}"
