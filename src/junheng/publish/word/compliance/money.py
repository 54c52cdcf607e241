"""三: money by year, what each clause costs, and what less money achieves."""

from collections.abc import Sequence
from fractions import Fraction

from junheng.publish.book.cells import Cell, Number
from junheng.publish.class_sizes import wan
from junheng.publish.compliance_figures import clause_money, money_by_year, sources
from junheng.publish.compliance_proof import UNCHECKED
from junheng.publish.compliances import what_if_text, worth_text
from junheng.publish.digits import at_places
from junheng.publish.word.compliance.charts import frontier_chart
from junheng.publish.word.grid import Column
from junheng.publish.word.paper import Paper
from junheng.studies import ComplianceStudy, FrontierPoint

POINTS = (
    Column("经费（万元）", 23, "right"),
    Column("用去（万元）", 23, "right"),
    Column("达不到", 20, "center", "要求（项）"),
    Column("已证明至少", 24, "center", "要求（项）"),
    Column("达标", 20, "center", "学校（所）"),
    Column("参加计算", 22, "center", "学校（所）"),
    Column("达标的项目", 24, "center"),
)
PRICED = "每一项措施只计入它首先服务的条款；一项措施往往同时有利于几条，各条的数不能单独省下。"

WORTH = (
    "去掉一组要求，另求一个方案，两个方案费用之差；“至少”“至多”由两个方案的费用下界得出。"
    "没有列出的，去掉也不省钱，或者求解提前结束、没有求出。各组不能相加。"
)


def money(paper: Paper, study: ComplianceStudy) -> None:
    paper.heading("经费")
    paper.heading("分年度经费", 2)
    _years(paper, study)
    paper.heading("每条要求花多少钱", 2)
    if study.worth:
        _worth(paper, study)
    _clauses(paper, study)
    if study.frontier or study.what_if:
        paper.heading("经费与达标", 2)
        _frontier(paper, study)


def tenthousands(yuan: Fraction) -> Number:
    """万元, two places."""
    return Number(at_places(yuan / 10_000, 2), 2)


def _years(paper: Paper, study: ComplianceStudy) -> None:
    answer, rows = study.answer, money_by_year(study)
    prices = answer.prices
    paper.text(
        f"费用合计{wan(answer.cost)}，按“{prices.title}”计价，来源：{prices.source}。"
        + (f"价格状态为“{prices.status}”，不得用于预算。" if UNCHECKED in prices.status else "")
    )
    told: list[list[Cell]] = [
        [f"{each.year}学年", *map(tenthousands, (each.once, each.yearly, each.total))]
        for each in rows
    ]
    once = sum((each.once for each in rows), Fraction(0))
    yearly = sum((each.yearly for each in rows), Fraction(0))
    told.append(["合计", *map(tenthousands, (once, yearly, once + yearly))])
    paper.table(
        "分年度经费（万元）",
        [
            Column("学年", 34, "center"),
            Column("一次性", 34, "right"),
            Column("每年的", 34, "right"),
            Column("合计", 34, "right"),
        ],
        told if rows else [],
        empty="不需要经费",
    )
    budget = answer.plan.settings["budget_yuan"]
    if budget is not None:
        paper.text(f"经费上限{wan(Fraction(budget))}，方案在上限以内。")
    if answer.paid:
        _sources(paper, study)
    elif rows:
        paper.blank("经费来源（中央、省、市、县各级财政及其他）和分年度安排")


def _sources(paper: Paper, study: ComplianceStudy) -> None:
    paper.table(
        "分年度、分来源的经费（万元）",
        [
            Column("学年", 24, "center", joined=True),
            Column("来源", 60),
            Column("给出的经费", 36, "right"),
            Column("方案用去", 36, "right"),
        ],
        [
            [f"{each.year}学年", each.name, tenthousands(each.held), tenthousands(each.paid)]
            for each in sources(study)
        ],
        note="先用只能用于几项的经费；一年没有用完的不转到下一年。",
    )


def _worth(paper: Paper, study: ComplianceStudy) -> None:
    costly = sorted((each for each in study.worth if each.saved), key=lambda each: -each.saved)
    paper.table(
        "不作这项要求，能省多少",
        [
            Column("要求", 66),
            Column("省（万元）", 30, "right"),
            Column("至少（万元）", 30, "right"),
            Column("至多（万元）", 30, "right"),
        ],
        [
            [
                worth_text(each),
                *map(tenthousands, (each.saved, Fraction(each.at_least), Fraction(each.at_most))),
            ]
            for each in costly
        ],
        empty="去掉任何一组要求都不省钱",
        note=WORTH,
    )


def _clauses(paper: Paper, study: ComplianceStudy) -> None:
    labels = {line.code: line.label for line in study.certificate.lines}
    paper.table(
        "措施首先服务的条款和费用",
        [
            Column("代码", 16, "center"),
            Column("要求", 70),
            Column("学校（所）", 20, "center"),
            Column("措施（项）", 20, "center"),
            Column("费用（万元）", 30, "right"),
        ],
        [
            [each.clause, labels[each.clause], each.schools, each.actions, tenthousands(each.cost)]
            for each in clause_money(study)
        ],
        empty="不需要任何措施",
        note=PRICED,
    )


def _frontier(paper: Paper, study: ComplianceStudy) -> None:
    if study.frontier:
        paper.text(
            "把经费从零到方案的费用分成若干档，每一档都另求一个方案，使达不到的要求最少，再由同一引擎评估："
        )
        paper.table("各档经费能做到什么", POINTS, _points(study.frontier), note=_pieces(study))
        first, last = study.frontier[0], study.frontier[-1]
        paper.chart(
            "经费与达标",
            frontier_chart(study.frontier),
            f"经费从{wan(first.budget)}到{wan(last.budget)}，达不到的要求从{len(first.left)}项到{len(last.left)}项，"
            f"达标学校从{first.schools_passing}所到{last.schools_passing}所",
        )
    if study.what_if:
        paper.lead("只有这么多钱时：")
        paper.text(*(what_if_text(point) for point in study.what_if))


def _points(points: Sequence[FrontierPoint]) -> list[list[Cell]]:
    return [
        [
            tenthousands(each.budget), tenthousands(each.cost), len(each.left), each.fewest,
            each.schools_passing, each.schools, f"{each.lines_passing}/{each.lines}",
        ]
        for each in points
    ]  # fmt: skip


def _pieces(study: ComplianceStudy) -> str:
    """What the columns mean; where a difference of coefficients keeps a bound from being reached."""
    told = "“已证明至少”：这么多钱之内，没有方案能使达不到的要求比它更少。"
    if any(each.fewest < len(each.left) for each in study.frontier):
        told += "两数不同的，没有证明到一致：先放下校际差异系数求其余要求，再逐个精确判定。"
    return told + "“达标的项目”：方案所管的项目（七项指标、GV3、GV9、GV12）达标数与总数。"
