"""More of a good thing never turns 达标 into 未达标 at a school; of a county's CV that is not true."""

from copy import deepcopy
from fractions import Fraction

from hypothesis import strategies as st
from worked.building import school

from junheng.diagnosis import PartIndicator, PartVerdict, Verdict
from properties.cases import GOOD, Marks, Rows, assessed, assessed_schools, holds, more, several

STEPS = st.sampled_from((1, 1, 2, 10, 100, 1_000_000))
RELAXATIONS = st.sampled_from(((), ("X1", "X2")))


def raised(rows: Rows, data: st.DataObject) -> tuple[Rows, set[str]]:
    """The rows with more in one column of each school, and the indicators that read these columns."""
    found, touched = deepcopy(rows), set()
    for table in ("staffing", "facilities"):
        for row in found.get(table, []):
            filed = [
                (code, column)
                for code, columns in GOOD.items()
                for column in columns
                if row.get(column) is not None
            ]
            if filed:
                code, column = data.draw(st.sampled_from(filed))
                row[column] = more(row[column], data.draw(STEPS))
                touched.add(code)
    return found, touched


@holds(several(), st.data(), RELAXATIONS, few=5, quick=True)
def test_more_of_a_good_thing_harms_no_school(county, data, relaxations):
    rows, marks = county
    better, _ = raised(rows, data)
    before = parts_of(rows, marks, relaxations)
    after = parts_of(better, marks, relaxations)
    assert set(before) == set(after)
    for key, was in before.items():
        now = after[key]
        for one, other in zip(was.indicators, now.indicators, strict=True):
            no_worse(one, other)
        assert now.met >= was.met
        assert was.verdict is not Verdict.PASS or now.verdict is Verdict.PASS
        assert now.verdict is not Verdict.FAIL or was.verdict is Verdict.FAIL


def parts_of(rows: Rows, marks: Marks, relaxations: tuple[str, ...]) -> dict[tuple, PartVerdict]:
    found = assessed(rows, marks, relaxations=relaxations)
    return {(part.school_code, part.stage): part for part in found.parts}


def no_worse(was: PartIndicator, now: PartIndicator) -> None:
    """One indicator of one part before and after something was added."""
    assert (was.value is None) is (now.value is None)
    if was.value is None or now.value is None:
        return
    assert now.value >= was.value
    assert was.verdict is not Verdict.PASS or now.verdict is Verdict.PASS
    assert not was.above_floor or now.above_floor
    assert was.gap.to_limit >= now.gap.to_limit
    assert was.gap.to_floor >= now.gap.to_floor


@holds(
    st.lists(
        st.tuples(st.sampled_from(list(GOOD)), st.integers(1, 400), st.integers(-2, 2)),
        min_size=6, max_size=6,
    ),
    few=4,
)  # fmt: skip
def test_about_each_limit_a_school_passes_from_some_amount_on_for_good(drawn):
    """Schools of one stage that differ in one column only: once it passes, more of it passes too."""
    schools = []
    for group, (code, hundreds, offset) in enumerate(drawn):
        column = GOOD[code][0].replace("associate_primary", "bachelor_primary")
        limit = LIMITS[code] * hundreds // STEP[code] * STEP[code]
        for number, steps in enumerate((-1, 0, 1, 7, 100_000)):
            amount = max(Fraction(0), limit + (steps + offset) * STEP[code])
            name = f"21{group:03d}{number:05d}"
            schools.append(school(name, "primary", {"primary": 100 * hundreds}, **{column: amount}))
    parts = {part.school_code: part for part in assessed_schools(schools).parts}
    for group, (code, *_) in enumerate(drawn):
        row = [parts[f"21{group:03d}{number:05d}"] for number in range(5)]
        verdicts = [part.of(code).verdict for part in row]
        assert verdicts == sorted(verdicts, key=[Verdict.FAIL, Verdict.PASS].index)
        assert verdicts[-1] is Verdict.PASS
        rule = [part.verdict for part in row]
        assert rule == sorted(rule, key=[Verdict.FAIL, Verdict.PASS].index)


LIMITS = {  # per hundred primary pupils (standards.md §2)
    "L1": Fraction("4.2"), "L2": Fraction(1), "L3": Fraction("0.9"), "L4": Fraction(450),
    "L5": Fraction(750), "L6": Fraction(200_000), "L7": Fraction("2.3"),
}  # fmt: skip
STEP = dict.fromkeys(LIMITS, Fraction(1)) | dict.fromkeys(("L4", "L5", "L6"), Fraction(1, 100))


def test_of_a_county_it_is_not_true_a_rich_school_made_richer_can_break_the_cv():
    poor, rich = (
        school(f"214190000{n}", "primary", {"primary": 100}, sports_ground_area_m2=area)
        for n, area in ((1, "800"), (2, "2000"))
    )
    richer = rich | {"sports_ground_area_m2": "4000"}
    before, after = assessed_schools([poor, rich]), assessed_schools([poor, richer])
    found = [
        next(s.verdict for s in each.spreads if s.indicator == "L5" and s.stage == "primary")
        for each in (before, after)
    ]
    assert found == [Verdict.PASS, Verdict.FAIL]
    assert {part.verdict for part in after.parts} == {Verdict.PASS}
