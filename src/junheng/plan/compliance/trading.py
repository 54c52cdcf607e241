"""Trading off by hand: actions that are fixed, forbidden or priced anew, and the question asked again.

What is fixed is done before anything is asked: it adds to the values, takes from the limits and is
paid; the search finds the rest. The numbers of the question are not worked out again.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import msgspec

from junheng.errors import MisuseError
from junheng.plan.compliance.problem import Problem
from junheng.plan.compliance.question import Question
from junheng.plan.pricing import ITEMS, PriceList


@dataclass(frozen=True)
class Fixed:
    """So much of one action at one school, neither more nor less; 0 = it is forbidden."""

    school: str
    item: str
    amount: int
    what: str = ""
    """Which, where a school has several of the item: a piece of its words, e.g. 小学."""
    year: int = 0
    """For which of the years that ask something; 0 = the first. What is forbidden is so in all of them
    unless one is named."""


def places_of(question: Question, change: Fixed) -> list[int]:
    """The levers that a change speaks of. Raises MisuseError where there is none, or where several
    are and one amount cannot be all of theirs."""
    ways = question.asked.ways
    at_school = [i for i, (site, _) in enumerate(ways) if site.code == change.school]
    if not at_school:
        raise MisuseError(f"方案里没有学校 {change.school}。请核对学校代码。")
    found = [
        i for i in at_school if ways[i][1].item == change.item and change.what in ways[i][1].label
    ]
    told = (f"{ways[i][1].item}（{ways[i][1].label}）" for i in at_school)
    able = "；".join(dict.fromkeys(told))
    if not found:
        raise MisuseError(
            f"学校 {change.school} 没有措施 {change.item} {change.what}。可用：{able}。"
        )
    found = _of_year(question, change, found)
    if change.amount:
        if any(ways[i][1].pool for i in found):
            raise MisuseError(
                "调动教师要有调出也有调入，不能只固定一所学校；可以禁止，或者固定别的措施。"
            )
        if len(found) > 1:
            named = "、".join(ways[i][1].label for i in found)
            raise MisuseError(
                f"学校 {change.school} 有几种 {change.item}：{named}。请用 what 写明是哪一种。"
            )
        most = question.problem.levers[found[0]].most
        if change.amount < 0 or (most is not None and change.amount > most):
            allowed = "不能小于 0" if most is None else f"应当在 0 到 {most} 之间"
            raise MisuseError(f"{ways[found[0]][1].label}的数量是 {change.amount}，{allowed}。")
    return found


def _of_year(question: Question, change: Fixed, found: Sequence[int]) -> list[int]:
    """Of these levers those of the year that is meant. Raises MisuseError for a year that asks nothing."""
    years = question.asked.years
    if change.year and change.year not in years:
        shown = "、".join(map(str, years))
        raise MisuseError(f"{change.year}学年没有新的要求，不能固定在这一年。可用：{shown}。")
    if not change.year and not change.amount:
        return list(found)
    when = question.asked.when
    year = change.year or min(when[i] for i in found)
    return [i for i in found if when[i] == year]


def fixed_amounts(question: Question, changes: Sequence[Fixed]) -> dict[int, int]:
    """Lever → its amount. Raises MisuseError where two changes contradict each other."""
    found: dict[int, int] = {}
    for change in changes:
        for place in places_of(question, change):
            if found.get(place, change.amount) != change.amount:
                label = question.asked.ways[place][1].label
                raise MisuseError(
                    f"学校 {change.school} 的“{label}”既固定为 {found[place]} 又固定为 {change.amount}。"
                )
            found[place] = change.amount
    return found


def after(problem: Problem, fixed: dict[int, int]) -> Problem:
    """What is left to ask when these amounts are done and nothing of them may be added."""

    def done(weights: Mapping[int, Fraction]) -> Fraction:
        return sum((weights[i] * n for i, n in fixed.items() if n and i in weights), Fraction(0))

    return replace(
        problem,
        levers=tuple(replace(v, most=0) if i in fixed else v for i, v in enumerate(problem.levers)),
        needs=tuple(replace(n, base=n.base + done(n.slopes)) for n in problem.needs),
        demands=tuple(replace(d, base=d.base + done(d.slopes)) for d in problem.demands),
        caps=tuple(replace(c, most=c.most - done(c.weights)) for c in problem.caps),
    )


def repriced(prices: PriceList, item: str, yuan: Fraction) -> PriceList:
    """The list with every price of an item set to so many yuan. Raises MisuseError for no item."""
    if item not in ITEMS:
        raise MisuseError(f"没有“{item}”这一项。可用：{'、'.join(ITEMS)}。")
    if yuan < 0:
        raise MisuseError(f"{ITEMS[item].label}的价格是 {yuan}，不能小于 0。")
    text = str(yuan) if yuan.denominator == 1 else f"{float(yuan):.2f}"
    changed = tuple(
        msgspec.structs.replace(each, amount=text) if each.item == item else each
        for each in prices.prices
    )
    told = f"{prices.title}；{ITEMS[item].label}改为{text}元"
    return replace(prices, prices=changed, title=told, sha256=f"{prices.sha256}+{item}={text}")


def as_priced(prices: PriceList, sha256: str) -> PriceList:
    """The list with the changes that `repriced` wrote into this hash, where it is this list that was
    changed; else the list as it is."""
    base, *changes = sha256.split("+")
    told = [re.fullmatch(r"(\w+)=([0-9]+(?:\.[0-9]+)?)", change) for change in changes]
    if base != prices.sha256 or not all(told):
        return prices
    for each in told:
        assert each is not None, "all are changes"
        prices = repriced(prices, each[1], Fraction(each[2]))
    return prices
