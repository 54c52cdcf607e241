"""A small version of the measurement in docs/screening.md: few false alarms, bold frauds are asked about."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("screening")]
"""One measurement for all of them: it takes a quarter of a minute."""
BOLD = (
    "lists_cut_to_the_limit",
    "another_school_copied",
    "equipment_to_the_line",
    "everything_on_the_line",
    "teachers_counted_in_the_other_part",
    "numbers_made_up_everywhere",
)
"""Frauds that, done boldly, are nearly always asked about."""


@pytest.fixture(scope="module")
def rates():
    """Only the bold ones are planted: the cautious stand on the page."""
    import screening

    return screening.measure(9, 6, strengths=(3,))


def seldom(rates) -> None:
    """At most one county in eight is asked of any one kind, at most one in three at all."""
    assert rates.lawful, "the clean counties hold what resembles fraud"
    most = -(-rates.counties // 8)
    assert all(count <= most for count in rates.alarmed.values()), rates.alarmed
    assert 3 * rates.quiet >= 2 * rates.counties


def test_clean_counties_are_seldom_asked(rates):
    seldom(rates)


@pytest.mark.prove
def test_more_clean_counties_are_seldom_asked():
    import screening

    seldom(screening.measure(72, 0))


@pytest.mark.parametrize("kind", BOLD)
def test_bold_frauds_are_asked_about(rates, kind):
    hits = rates.planted[kind, 3]
    assert sum(hits) >= 0.6 * len(hits)
    assert hits


def test_the_page_holds_the_tables_of_the_script():
    page = (ROOT / "docs" / "screening.md").read_text(encoding="utf-8")
    import screening

    from junheng.diagnosis.screening import screens
    from junheng.sample.fraud import FRAUDS

    told = page.split(screening.BEGIN)[1].split(screening.END)[0]
    assert all(each.title in told for each in (*screens().values(), *FRAUDS.values()))
