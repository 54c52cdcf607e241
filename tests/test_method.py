"""docs/method says what the engine says: every marked block is computed again and compared."""

import re
import sys
from pathlib import Path

import pytest

from junheng.indicators import CATALOGUE
from junheng.standards import scheme

ROOT = Path(__file__).parents[1]
METHOD = ROOT / "docs" / "method"
sys.path.insert(0, str(ROOT / "docs"))

import generate  # noqa: E402
from making.method.filling import bare, calls, filled, outside  # noqa: E402
from making.method.floats import counting as floats  # noqa: E402

LONG = ("lines.md", "floats.md", "readings.md")
"""Dozens of whole counties are judged for them, or thousands of cases counted."""
PAGES = sorted(page.name for page in METHOD.glob("*.md"))
each_page = pytest.mark.parametrize(
    "name", [pytest.param(n, marks=pytest.mark.slow) if n in LONG else n for n in PAGES]
)


def page(name: str) -> str:
    return (METHOD / name).read_text(encoding="utf-8")


@each_page
def test_every_block_of_a_page_is_what_the_engine_says(name: str) -> None:
    assert page(name) == generate.explained(METHOD / name), "run: python docs/generate.py"


def test_a_wrong_number_in_a_block_is_put_right() -> None:
    text = page("split.md")
    wrong = text.replace("23,226/397", "23,227/397")
    assert wrong != text
    assert filled(wrong) == text


def test_a_block_that_nobody_makes_is_an_error() -> None:
    with pytest.raises(LookupError):
        filled("<!--= split.nothing --><!--/-->")


@pytest.mark.parametrize("name", PAGES)
def test_no_number_that_could_be_computed_is_written_by_hand(name: str) -> None:
    """Outside the blocks stand only small whole numbers; limits, shares and results are filled in."""
    text = re.sub(
        r"```.*?```|`[^`]*`|\]\([^)]*\)|〔\d+〕|20\d\d年|SHA-256",
        "",
        outside(page(name)),
        flags=re.DOTALL,
    )
    assert re.findall(r"\d+\.\d+|\d{3,}", text) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_reader_of_the_site_sees_no_mark(name: str) -> None:
    assert "<!--" not in bare(page(name))


def test_every_indicator_by_part_has_its_formula_and_a_worked_example() -> None:
    said = calls(page("indicators.md"))
    for code in scheme("2017-quality").indicators:
        assert {f"seven.facts {code}", f"seven.example {code}"} <= set(said)


@pytest.mark.slow
def test_every_indicator_of_schools_and_counties_that_is_compared_has_a_worked_example() -> None:
    shown = set(re.findall(r"\{#([A-Z0-9-]+)\}", page("lines.md")))
    compared = {code for code in CATALOGUE if code.startswith(("GV", "QL", "SR"))}
    tilt = {"GV14-TILT"}
    assert compared - shown <= tilt | set(), compared - shown


def test_what_is_counted_of_the_repository_is_not_committed() -> None:
    for mark in re.finditer(r"<!--~ [^>]+ -->(.*?)<!--/-->", page("proof.md"), re.DOTALL):
        assert mark[1].strip() == "（生成手册时统计）"


@pytest.mark.slow
def test_the_counts_of_the_site_are_of_this_repository() -> None:
    text = filled(page("proof.md"), building=True)
    assert re.search(r"\| 楼层与规矩 \| `test_house.py` \| [1-9]", text)
    assert re.search(r"\| 命令 \| .+ \| [1-9]\d* \|", text)


# --- floats --------------------------------------------------------------------------------------


def test_the_cases_lie_exactly_on_the_line() -> None:
    for code, stage, a, b, whole in list(floats.nine_year(6)):
        weights = floats.STANDARD.weights
        weighted = a * weights[floats.Stage.PRIMARY] + b * weights[floats.Stage.JUNIOR]
        value = whole * weights[stage] / weighted * CATALOGUE[code].ratio.per
        assert value == floats.STANDARD.limit(code, stage)


def test_the_engine_decides_every_case_that_floats_decide_wrongly() -> None:
    assert floats.engine_wrong(8) == 0
    wrong = {(c.kind, c.writing): c.wrong for c in floats.counts(8)}
    assert sum(wrong.values()) > 0


def test_sums_in_another_order_are_other_sums() -> None:
    for found in (floats.by_threads(30), floats.by_row_order(30)):
        assert found.counties == 30
        assert 0 < found.verdicts <= found.numbers <= 30


def test_stretches_of_a_sum_leave_nothing_out() -> None:
    values = [1.0, 2.0, 4.0, 8.0, 16.0]
    assert {floats.partial(values, threads) for threads in (1, 2, 3, 8)} == {31.0}
