"""A coefficient of variation has no unit: all values times k leave it, its verdict and its shares."""

from hypothesis import strategies as st
from oracle.view import differences, plain, told_shares

from properties.cases import GOOD, Rows, assessed, holds, several

SCALED = {**GOOD, "L4": (*GOOD["L4"], "indoor_sports_room_area_m2")}
"""Every column that an indicator adds up or takes away."""


def scaled(rows: Rows, factors: dict[str, int]) -> Rows:
    """The rows with all that an indicator reads times its factor, at every school."""
    times = {column: k for code, k in factors.items() for column in SCALED[code]}
    found = dict(rows)
    for table in ("staffing", "facilities"):
        found[table] = [
            {c: v * times[c] if c in times and v is not None else v for c, v in row.items()}
            for row in rows.get(table, [])
        ]
    return found


@holds(
    several(),
    st.dictionaries(st.sampled_from(list(SCALED)), st.integers(2, 1000), min_size=1),
    few=5,
    quick=True,
)
def test_all_values_of_an_indicator_times_k_leave_its_cv_in_every_variant(county, factors):
    rows, marks = county
    one, other = assessed(rows, marks), assessed(scaled(rows, factors), marks)
    before, after = plain(one), plain(other)
    for county_code, told in before.items():
        assert differences(told["cvs"], after[county_code]["cvs"]) == []
    for was, now in zip(one.spreads, other.spreads, strict=True):
        assert told_shares(was) == told_shares(now)
        assert [share.below for share in was.shares] == [share.below for share in now.shares]


@holds(
    several(),
    st.dictionaries(st.sampled_from(list(SCALED)), st.integers(2, 1000), min_size=1),
    few=2,
)
def test_the_values_themselves_are_k_times_as_great(county, factors):
    rows, marks = county
    one, other = assessed(rows, marks), assessed(scaled(rows, factors), marks)
    for was, now in zip(one.parts, other.parts, strict=True):
        for judged in was.indicators:
            if judged.value is not None:
                factor = factors.get(judged.indicator, 1)
                assert now.of(judged.indicator).value == judged.value * factor
