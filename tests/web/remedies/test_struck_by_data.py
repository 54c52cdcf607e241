"""A remedy is struck off by data only where the newer data say that the line is met."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from filings.county_desk import LAST, PRIMARY, Desk, text_of
from remedies.test_remedies import act, of_school
from return_cases import CODE, YEAR

from junheng.diagnosis import Verdict, assess_facts
from junheng.publish.shortfalls import standings
from junheng.registry import Facts
from junheng.web.actions.remedies import opening
from junheng.web.models import Case
from junheng.web.sealed import Sealed

pytestmark = pytest.mark.slow

ON = date(2026, 11, 20)


def altered(change: Callable[[str, pl.DataFrame], pl.DataFrame]) -> Facts:
    """Last year's facts with something changed, as a later year."""
    return replace(LAST, frames={n: change(n, f) for n, f in LAST.frames.items()})


def without_school(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The school is in the register and filed nothing."""
    if name == "register" or "school_code" not in frame.columns:
        return frame
    return frame.filter(pl.col("school_code") != PRIMARY)


def with_value(value: Any) -> Callable[[str, pl.DataFrame], pl.DataFrame]:
    """Another sports area of the school; None leaves it blank."""

    def change(_: str, frame: pl.DataFrame) -> pl.DataFrame:
        named = [c for c in frame.columns if "sports" in c]
        if "school_code" not in frame.columns:
            return frame
        own = pl.col("school_code") == PRIMARY
        return frame.with_columns(
            pl.when(own).then(pl.lit(value, frame.schema[c])).otherwise(pl.col(c)).alias(c)
            for c in named
        )

    return change


@pytest.fixture
def case(desk: Desk) -> Case:
    """The line of the first primary school about its sports areas."""
    of_school(desk)
    return Case.objects.select_related("subject__parent", "office").get(
        register="remedies", subject__code=PRIMARY, key__contains="生均体育运动场馆面积"
    )


def newer(monkeypatch: pytest.MonkeyPatch, facts: Facts) -> None:
    """A seal of this year stands in the store, with these facts."""

    class Opened:
        def __init__(self) -> None:
            self.facts = facts

        @classmethod
        def open(cls, path: Path) -> "Opened":
            assert path.name == "newer"
            return cls()

    seal = Sealed("newer", YEAR, ON.isoformat(), "示例市", "another", 0)
    monkeypatch.setattr(opening, "latest_by_year", lambda: [seal])
    monkeypatch.setattr(opening, "Snapshot", Opened)
    opening._assessed.cache_clear()


@pytest.mark.parametrize(
    ("change", "met"),
    [
        (with_value(99_999), True),
        (with_value(1), False),
        (with_value(None), None),
        (without_school, None),
    ],
    ids=["met", "failing", "no data", "filed nothing"],
)
def test_only_a_line_that_is_met_is_struck_off_by_data(
    case: Case, monkeypatch: pytest.MonkeyPatch,
    change: Callable[[str, pl.DataFrame], pl.DataFrame], met: bool | None,
) -> None:  # fmt: skip
    newer(monkeypatch, altered(change))
    assert opening.passes_now(case, on=ON) is met
    opening._assessed.cache_clear()


def test_a_line_that_is_not_in_the_assessment_is_not_met(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer(monkeypatch, altered(with_value(99_999)))
    case.key = "L5 从前的一项"
    assert opening.passes_now(case, on=ON) is None
    opening._assessed.cache_clear()


def test_a_line_that_does_not_apply_any_more_is_not_met(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer(monkeypatch, LAST)
    [county] = [c for c in assess_facts(LAST, on=ON).counties if c.code == CODE]
    items = {(PRIMARY, *case.key.split(" ", 1)): Verdict.NOT_APPLICABLE}
    assert items.keys() <= standings(county).keys()
    monkeypatch.setattr(opening, "standings", lambda _: items)
    assert opening.passes_now(case, on=ON) is None


def test_who_filed_nothing_is_told_that_the_data_say_nothing(
    desk: Desk, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer(monkeypatch, altered(without_school))
    Case.objects.filter(pk=case.pk).update(state="reported")
    page = act(desk.client("王"), case, "strike", recheck_note="看了数据")
    assert "这一项缺数据" in text_of(page)
    assert Case.objects.get(pk=case.pk).state == "reported"
    opening._assessed.cache_clear()
