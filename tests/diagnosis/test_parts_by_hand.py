"""A stage part judged from its seven values, given as shares of their limits."""

from collections import defaultdict
from fractions import Fraction

import pytest
from diagnosis.by_hand import PRIMARY, standard

from junheng.diagnosis import PartVerdict, Verdict
from junheng.diagnosis.parts import Measured, judge_part

SEVEN = tuple(f"L{n}" for n in range(1, 8))


def judged(*shares: str | None, rest: str | None = "2", slope: int = 1) -> PartVerdict:
    """The part whose values are these shares of their limits, in order of the seven; `rest` the others."""
    given = [*shares, *[rest] * (7 - len(shares))]
    ratios, slopes = {}, {}
    for code, share in zip(SEVEN, given, strict=True):
        value = None if share is None else Fraction(share) * standard().limit(code, PRIMARY)
        ratios[code] = None if value is None else value.as_integer_ratio()
        slopes[code] = None if value is None else Fraction(slope)
    return judge_part(Measured(defaultdict(int, stage="primary"), ratios, slopes), standard())


@pytest.mark.parametrize(
    ("shares", "verdict"),
    [
        ((), "达标"), (("1",), "达标"), (("0.85",), "达标"), (("0.8499",), "未达标"),
        (("0.99", "0.99"), "未达标"), (("0.99", "2", None), "缺数据"), ((None,), "缺数据"),
        (("0.5", None), "未达标"), (("0.99", "0.99", None), "未达标"),
    ],
)  # fmt: skip
def test_six_of_seven_and_the_other_at_its_floor(shares, verdict):
    assert judged(*shares).verdict == verdict


@pytest.mark.parametrize(
    ("share", "near"),
    [("0.9499", False), ("0.95", False), ("0.9501", True), ("1", True), ("1.0499", True),
     ("1.05", False), ("1.0501", False), ("0", False)],
)  # fmt: skip
def test_a_value_within_five_per_cent_of_its_limit_is_near(share, near):
    assert judged(share).of("L1").near is near
    assert judged("2", "2", "2", share).of("L4").near is near


@pytest.mark.parametrize(
    ("shares", "near"),
    [
        ((), False), (("1", "1"), True), (("1.05", "1.05"), False), (("1.0499", "1.0499"), True),
        (("1.0499", "1.05"), False), (("0.85",), True), (("0.9",), False), (("0.8999",), True),
        (("0.9", "1.0499"), True), (("0.95", "0.94"), True), (("0.9499", "0.9499"), False),
        (("0.9499", "0.95", "0.95"), True), (("0.8",), True), (("0.7999",), False),
        (("0.8", "0.5"), False), ((None,), False), (("0.5", None), False), (("0.95", "0.95", None), True),
        (("0.94", "0.94", None), False),
    ],
)  # fmt: skip
def test_a_part_is_near_where_the_margin_turns_its_verdict(shares, near):
    assert judged(*shares).near is near


def test_a_value_that_was_not_filed_has_no_verdict_no_gap_and_no_side_of_the_floor():
    found = judged(None).of("L1")
    assert (found.verdict, found.value, found.above_floor, found.near, found.gap) == (
        Verdict.NO_DATA, None, None, False, None,
    )  # fmt: skip
    assert (found.numerator, found.denominator) == (None, None)
    assert (found.limit, found.floor) == (Fraction("4.2"), Fraction("3.57"))
    assert judged(None).met == 6


def test_a_value_on_its_limit_is_met_and_counted():
    assert (judged("1").met, judged("1").of("L1").verdict) == (7, Verdict.PASS)
    assert judged("0.9999").met == 6


def test_the_gap_is_the_least_whole_number_of_steps():
    short = judged("0.5", slope=1).of("L1")
    # 4.2 less 2.1, and 3.57 less 2.1, at one a teacher.
    assert (short.gap.to_limit, short.gap.to_floor, short.gap.unit) == (3, 2, "人")
    assert judged("0.5", slope=2).of("L1").gap.to_limit == 2
    area = judged("2", "2", "2", "0.999", slope=3).of("L4")
    assert (area.gap.to_limit, area.gap.to_floor) == (Fraction("0.01"), 0)
    assert judged("2", "2", "2", "0.5", slope=3).of("L4").gap.to_limit == Fraction("0.75")
    met = judged("1").of("L1")
    assert (met.gap.to_limit, met.gap.to_floor, met.above_floor) == (0, 0, True)


def test_each_way_leaves_another_of_the_failing_at_its_floor():
    assert judged().ways == ()
    assert [(way.stays, way.additions) for way in judged("0.5").ways] == [
        ("L1", (("L1", 2, "人"),)),
    ]  # fmt: skip
    two = judged("0.5", "0.9")
    assert [way.stays for way in two.ways] == ["L1", "L2"]
    assert two.ways[0].additions == (("L1", 2, "人"), ("L2", 1, "人"))
    assert two.ways[1].additions == (("L1", 3, "人"),)
