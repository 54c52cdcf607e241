"""Money in the compliance plan's book: by year, by requirement, and what less of it achieves."""

from collections.abc import Iterator
from fractions import Fraction

from junheng.publish.book.cells import Cell, Number
from junheng.publish.book.listing import Heading, Listing
from junheng.publish.compliance_figures import clause_money, money_by_year, sources
from junheng.publish.compliances import done_text, left_text, worth_text
from junheng.publish.digits import at_places
from junheng.studies import ComplianceStudy, FrontierPoint


def yuan_cell(amount: Fraction) -> Number:
    """Yuan, kept to the fen, printed whole."""
    return Number(at_places(amount, 2), 0)


def years(study: ComplianceStudy) -> Listing:
    return Listing(
        name="经费",
        title="分年度经费",
        notes=[f"“一次性”在措施的学年付；“每年的”从那一学年起逐年付，算到{study.answer.last}学年末。经费来源由县里填写。"],
        headings=[
            Heading("学年", 10, "center"), Heading("一次性（元）", 18), Heading("每年的（元）", 18),
            Heading("合计（元）", 18), Heading("经费来源", 40),
        ],
        rows=[
            [str(each.year), *map(yuan_cell, (each.once, each.yearly, each.total)), None]
            for each in money_by_year(study)
        ],
        sticky=1,
        empty="不需要经费",
    )  # fmt: skip


def given(study: ComplianceStudy) -> Listing:
    """The budgets that were given, by year and source, and what each pays."""
    return Listing(
        name="经费来源",
        title="分年度、分来源的经费",
        notes=["先用只能用于几项的经费；一年没有用完的不转到下一年。"],
        headings=[
            Heading("学年", 10, "center"), Heading("来源", 50), Heading("给出的经费（元）", 20), Heading("方案用去（元）", 20),
        ],
        rows=[[str(x.year), x.name, yuan_cell(x.held), yuan_cell(x.paid)] for x in sources(study)],
        sticky=2,
    )  # fmt: skip


def clauses(study: ComplianceStudy) -> Listing:
    labels = {line.code: line.label for line in study.certificate.lines}
    return Listing(
        name="条款费用",
        title="措施首先服务的条款和费用",
        notes=["每一项措施只计入它首先服务的条款；一项措施往往同时有利于几条，各条的数不能单独省下。"],
        headings=[
            Heading("代码", 8, "center"), Heading("要求", 40), Heading("学校（所）", 10, "center"),
            Heading("措施（项）", 10, "center"), Heading("费用（元）", 18),
        ],
        rows=[
            [each.clause, labels[each.clause], each.schools, each.actions, yuan_cell(each.cost)]
            for each in clause_money(study)
        ],
        sticky=2,
        empty="不需要任何措施",
    )  # fmt: skip


def worth(study: ComplianceStudy) -> Listing:
    """What the plan would cost less without each group of requirements."""
    return Listing(
        name="省多少",
        title="不作这项要求，能省多少",
        notes=["去掉一组要求，另求一个方案：两个方案费用之差。“至少”“至多”由两个方案的费用下界得出。各组不能相加。"],
        headings=[Heading("要求", 36), Heading("省（元）", 18), Heading("至少（元）", 18), Heading("至多（元）", 18)],
        rows=[
            [worth_text(each), *map(yuan_cell, (each.saved, Fraction(each.at_least), Fraction(each.at_most)))]
            for each in sorted(study.worth, key=lambda saving: -saving.saved)
        ],
        sticky=1,
    )  # fmt: skip


def frontier(study: ComplianceStudy) -> Listing:
    return Listing(
        name="经费与达标",
        title="经费与达标：各档经费能做到什么",
        notes=[
            "每一档另求一个方案，使达不到的要求最少，再由同一引擎评估。“已证明至少”：这么多钱之内，没有方案比它更少。",
            "“只有这么多钱”是用户问的金额。达标的项目：七项指标、GV3、GV9、GV12，各区县分别计。",
        ],
        headings=[
            Heading("哪一档", 16, "center"), Heading("经费（元）", 16), Heading("用去（元）", 16),
            Heading("达不到（项）", 10, "center"), Heading("已证明至少（项）", 12, "center"),
            Heading("达标学校（所）", 11, "center"), Heading("参加计算（所）", 11, "center"),
            Heading("达标项目（项）", 11, "center"), Heading("全部项目（项）", 11, "center"),
            Heading("做什么", 60), Heading("还达不到", 30),
        ],
        rows=list(_points(study)),
        sticky=2,
        empty="没有求：命令加 --frontier 或 --what-if",
    )  # fmt: skip


def _points(study: ComplianceStudy) -> Iterator[list[Cell]]:
    last = len(study.frontier) - 1
    for number, each in enumerate(study.frontier):
        yield _point("没有经费" if number == 0 else f"{number}/{last}", each)
    for each in study.what_if:
        yield _point("只有这么多钱", each)


def _point(word: str, each: FrontierPoint) -> list[Cell]:
    return [
        word, yuan_cell(each.budget), yuan_cell(each.cost), len(each.left), each.fewest,
        each.schools_passing, each.schools, each.lines_passing, each.lines, done_text(each), left_text(each),
    ]  # fmt: skip
