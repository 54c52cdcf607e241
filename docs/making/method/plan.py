"""The compliance plan, worked through on three parts: the question, the answers in turn, the proof."""

from collections.abc import Iterator
from fractions import Fraction
from functools import cache

from junheng.indicators import cv
from junheng.plan.compliance.checking import unmet
from junheng.plan.compliance.problem import Lever, Need, PartRule, Problem, Spread
from junheng.plan.compliance.relaxation import relax
from junheng.plan.compliance.searching import Answer, Effort, search
from making.grids import grid
from making.method.written import number

PUPILS = (300, 450, 600)
GROUNDS = (1_500, 4_050, 6_600)
"""Sports area of each part, m²."""
LIMIT, FLOOR, CV_LIMIT = Fraction(15, 2), Fraction(85, 100), Fraction(3, 25)
"""Invented for the page: a tight limit of the coefficient, so that it binds."""
PRICES = (900, 500, 500)
MOST = (None, 300, None)
NAMES = ("甲", "乙", "丙")


@cache
def problem() -> Problem:
    """Three parts, one indicator, one lever each; each part must be at the limit."""
    levers = tuple(
        Lever(f"{name}建场地", Fraction(price), most)
        for name, price, most in zip(NAMES, PRICES, MOST, strict=True)
    )
    needs = tuple(
        Need(name, Fraction(area, pupils), {i: Fraction(1, pupils)}, LIMIT, LIMIT * FLOOR)
        for i, (name, area, pupils) in enumerate(zip(NAMES, GROUNDS, PUPILS, strict=True))
    )
    rules = tuple(PartRule(name, (i,), 1) for i, name in enumerate(NAMES))
    spread = Spread("差异系数", (0, 1, 2), PUPILS, "weighted", CV_LIMIT)
    return Problem(levers, needs, rules, (spread,))


@cache
def answer() -> Answer:
    found = search(problem(), effort=Effort(gap=0.0))
    assert found is not None
    assert not found.unmet
    return found


def given() -> Iterator[str]:
    rows = [
        (name, str(pupils), f"{area:,}", number(Fraction(area, pupils)), f"{price} 元/㎡", "不限" if most is None else f"{most} ㎡")
        for name, pupils, area, price, most in zip(NAMES, PUPILS, GROUNDS, PRICES, MOST, strict=True)
    ]  # fmt: skip
    yield f"标准 {number(LIMIT)} ㎡，差异系数限值 {number(CV_LIMIT)}，加权法。"
    yield ""
    yield from grid(("学校", "学生", "场地（㎡）", "生均", "价格", "最多再建"), rows)


def standing() -> Iterator[str]:
    """Nothing done, every part at the limit and no more, the plan: coefficient, cost, what is unmet."""
    asked = problem()
    plain = tuple(
        max(0, -int(-(LIMIT * pupils - area) // 1))
        for pupils, area in zip(PUPILS, GROUNDS, strict=True)
    )
    rows = []
    for label, amounts in (
        ("不动", (0, 0, 0)),
        ("逐校补到标准", plain),
        ("方案", answer().amounts),
    ):
        sample = asked.sample(asked.spreads[0], amounts)
        shown = cv(sample, "weighted")
        assert shown is not None
        left = unmet(asked, amounts)
        rows.append(
            (
                label,
                "，".join(f"{n}{a:,}" for n, a in zip(NAMES, amounts, strict=True)),
                "，".join(number(x) for x in sample.values),
                f"{shown:.6f}",
                f"{int(asked.cost(amounts)):,} 元",
                f"{len(left)} 项",
            )
        )
    yield from grid(("", "新建（㎡）", "生均", "差异系数", "费用", "没有达到"), rows)


def proof() -> Iterator[str]:
    """The bound of the relaxation, the bound of the search, and the cost."""
    relaxed, found = relax(problem()), answer()
    yield from grid(
        ("", "元"),
        [
            ("锥松弛的下界", f"{relaxed.bound:,.2f}"),
            ("整数规划的下界", f"{found.bound:,.2f}"),
            ("方案的费用", f"{int(found.cost):,}"),
            ("差距", f"{found.gap:.4%}"),
        ],
    )
