"""Sports ground on roofs, underground and leased outside, where exception X2 counts it (standards.md §5).

Whether it counts at a school is asked of the engine: one square metre more is entered in its return and
the exception applied to it. Flag, certified area, evidence, lease and walking time are judged there, by
the day of the standard; where they do not hold, the school has no such way to act.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from junheng.indicators.merging import merged
from junheng.indicators.relaxing import LEASED, OTHER, relax
from junheng.indicators.stages import School
from junheng.plan.compliance.ways import Way
from junheng.plan.pricing import PriceList
from junheng.registry import Facts
from junheng.standards import Standard

X2 = "X2"
GROUND = "sports_ground_area_m2"
KINDS = (
    ("roof_sports_ground", "新建楼顶体育运动场地", OTHER),
    ("underground_sports_ground", "新建地下体育运动场地", OTHER),
    ("leased_sports_area", "租赁校外运动场馆", LEASED),
)
LEASE = ("leased_contract_no", "lease_start", "lease_end", "walking_minutes")
"""What a return with leased ground must say."""
TRIED = (1, 1_000)
"""Square metres that are entered: what counts must count in full."""


def dense_ways(facts: Facts, standard: Standard, prices: PriceList) -> Mapping[str, Sequence[Way]]:
    """School after merging → what X2 lets it build or lease; nothing where X2 is not switched on.

    Raises MisuseError for a price that is not listed."""
    if standard.relaxation(X2) is None:
        return {}
    schools, _ = merged(facts, standard)
    found = {}
    for school in schools:
        if school["dense_urban_core"] and school[GROUND] is not None:
            ways = tuple(_ways(school, facts, standard, prices))
            if ways:
                found[str(school["school_code"])] = ways
    return found


def _ways(school: School, facts: Facts, standard: Standard, prices: PriceList) -> Iterator[Way]:
    for item, label, column in KINDS:
        if school[column] is None or not _counts(school, column, facts, standard):
            continue
        price, leased = prices.amount(item), column == LEASED
        yield Way(
            item, label, "㎡", {column: 1}, 0 * price if leased else price,
            price if leased else 0 * price, clause="L5", beside=LEASE if leased else (),
            counted_as={GROUND: 1},
        )  # fmt: skip


def offered_then(
    facts: Facts, standard: Standard, ways: Mapping[str, Collection[str]]
) -> Iterator[tuple[School, str]]:
    """Schools whose ways of another day (school → items) are none by this standard, each with the engine's reason."""
    schools, _ = merged(facts, standard)
    columns = {item: column for item, _, column in KINDS}
    for school in schools:
        for column in (columns[item] for item in ways.get(str(school["school_code"]), ())):
            if school[column] is None or _counts(school, column, facts, standard):
                continue
            added = {**school, column: school[column] + max(TRIED)}
            _, uses = relax([added], facts, standard)
            yield from ((school, use.reason) for use in uses if use.code == X2 and not use.granted)


def _counts(school: School, column: str, facts: Facts, standard: Standard) -> bool:
    """Whether the engine counts what is added there in full."""
    trials = [school, *({**school, column: school[column] + more} for more in TRIED)]
    now, *then = (relax([each], facts, standard)[0][0][GROUND] for each in trials)
    return all(area - now == more for area, more in zip(then, TRIED, strict=True))


__all__ = ["dense_ways"]
