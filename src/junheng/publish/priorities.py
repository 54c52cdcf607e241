"""What a county should look at first: at most three sentences, the heaviest first."""

from collections.abc import Iterator
from fractions import Fraction

from junheng.diagnosis import CountyVerdict, PartVerdict, SpreadVerdict, Verdict, Way
from junheng.publish.digits import amount_text, at_places, exact_text, spread_text
from junheng.publish.totals import lacks
from junheng.publish.wording import (
    NEAR,
    listed,
    short_label,
    spread_title,
    with_code,
)

SENTENCES = 3
LEADING = Fraction(1, 2)
"""The schools named for a CV are those that together make up this much of its variance."""


def first_look(county: CountyVerdict) -> tuple[str, ...]:
    """At most three sentences, in the order in which they want attention."""
    found = [*_absent(county), *_commonest(county), *_widest(county), *_easiest(county)]
    return tuple(found[:SENTENCES]) or tuple(_closest(county))


def _absent(county: CountyVerdict) -> Iterator[str]:
    if county.missing:
        names = listed([each.name for each in county.missing])
        yield f"先催报：{names}缺报，补齐以前所在学段的差异系数不下结论。"
        return
    blank = [part.title for part in county.parts if part.verdict is Verdict.NO_DATA]
    if blank:
        yield f"先补数据：{listed(blank, counter='个学段部')}有指标缺数据，不能判定。"


def _commonest(county: CountyVerdict) -> Iterator[str]:
    worst = max(lacks(county), key=lambda lack: sum(lack.failing.values()), default=None)
    if worst is None or not sum(worst.failing.values()):
        return
    stages = "、".join(f"{stage.label}{n}个" for stage, n in worst.failing.items() if n)
    yield (
        f"未达标最集中的是{with_code(worst.indicator)}：{stages}学段部未达标，"
        f"都补到标准，全县合计还差{amount_text(worst.to_limit, worst.unit)}。"
    )


def _widest(county: CountyVerdict) -> Iterator[str]:
    failing = [s for s in county.spreads if s.verdict is Verdict.FAIL and s.cv is not None]
    if not failing:
        return
    worst = max(failing, key=lambda s: (s.cv or 0.0) / float(s.limit))
    yield (
        f"差异系数超限最多的是{spread_title(worst)}：{spread_text(worst)}，"
        f"限值{exact_text(worst.limit, least=2)}；{_leaders(worst)}。"
    )


def _leaders(spread: SpreadVerdict) -> str:
    running, named = Fraction(0), []
    for share in spread.shares:
        running += Fraction(share.numerator, spread.total)
        named.append(f"{share.school_name}（{'偏低' if share.below else '偏高'}）")
        if running >= LEADING:
            break
    return f"差距的{at_places(running * 100, 0)}%来自{listed(named)}"


def _easiest(county: CountyVerdict) -> Iterator[str]:
    single = [
        (part, ways[0])
        for part in county.parts
        if part.verdict is Verdict.FAIL
        and (ways := [w for w in part.ways if len(w.additions) == 1])
    ]
    if single:
        named = listed([_single(part, way) for part, way in single], most=3, counter="个")
        yield f"只补一项就能达标的有{len(single)}个学段部：{named}。"


def _single(part: PartVerdict, way: Way) -> str:
    code, amount, unit = way.additions[0]
    return f"{part.title}（{short_label(code)}{amount_text(amount, unit)}）"


def _closest(county: CountyVerdict) -> Iterator[str]:
    """Where nothing fails and nothing is missing: what is nearest to its line."""
    near = [part.title for part in county.parts if part.near]
    if near:
        yield f"学校全部达标，其中{listed(near, counter='个学段部')}属于{NEAR}，学生增加或教师减少就可能不达标。"
    known = [s for s in county.spreads if s.cv is not None]
    if known:
        top = max(known, key=lambda s: (s.cv or 0.0) / float(s.limit))
        yield (
            f"差异系数全部在限值以内，最接近限值的是{spread_title(top)}：{spread_text(top)}，"
            f"限值{exact_text(top.limit, least=2)}。"
        )
