"""The rule files hold the law of standards.md: typed in again here by hand, with its sources."""

from datetime import date
from fractions import Fraction

import pytest

from junheng.indicators import CATALOGUE, VARIANTS
from junheng.schema import Stage
from junheng.standards import Standard, documents, scheme, schemes
from junheng.standards.nouns import Clause, Relaxation

ON = date(2026, 3, 31)
PRIMARY, JUNIOR = Stage.PRIMARY, Stage.JUNIOR
LIMITS = {
    "L1": ("4.2", "5.3", "3.57", "4.505"),
    "L2": ("1.0", "1.0", "0.85", "0.85"),
    "L3": ("0.9", "0.9", "0.765", "0.765"),
    "L4": ("4.5", "5.8", "3.825", "4.93"),
    "L5": ("7.5", "10.2", "6.375", "8.67"),
    "L6": ("2000", "2500", "1700", "2125"),
    "L7": ("2.3", "2.4", "1.955", "2.04"),
}
"""Primary limit, junior limit, and the floors of both: the table of standards.md §2."""
ITEMS = [
    (document.name, item)
    for document in documents().values()
    for item in (*document.clause, *document.relaxation)
]
each_item = pytest.mark.parametrize(
    ("document", "item"), ITEMS, ids=[f"{name}-{item.code}" for name, item in ITEMS]
)


@pytest.fixture
def standard() -> Standard:
    return Standard.at("410199", ON)


@each_item
def test_every_clause_says_where_it_comes_from(document: str, item: Clause | Relaxation) -> None:
    assert item.article == "未核对" or item.article.startswith(("第", "平台"))
    assert item.source.strip()
    assert item.confidence in {"H", "M", "L", "B", "D"}
    assert item.gist.strip()


@pytest.mark.parametrize("name", documents())
def test_every_document_says_whether_it_was_compared_with_the_published_text(name):
    document = documents()[name]
    assert document.checked.strip()
    assert document.title.strip()
    assert document.clause or document.relaxation or document.target or document.switch


def test_nothing_that_was_not_seen_has_an_article():
    unseen = [item for d in documents().values() if d.checked == "未核对" for item in d.clause]
    assert {clause.article for clause in unseen} == {"未核对"}


@pytest.mark.parametrize("code", LIMITS)
def test_limits_and_floors_are_those_of_the_reference(standard, code):
    found = [
        standard.limit(code, PRIMARY),
        standard.limit(code, JUNIOR),
        standard.floor(code, PRIMARY),
        standard.floor(code, JUNIOR),
    ]
    assert found == [Fraction(text) for text in LIMITS[code]]


def test_the_school_rule_and_the_limits_of_the_cv_are_those_of_the_reference(standard):
    assert standard.needed == 6
    assert standard.floor_share == Fraction(85, 100)
    assert standard.spread_limit(PRIMARY) == Fraction("0.50")
    assert standard.spread_limit(JUNIOR) == Fraction("0.45")


def test_the_weights_of_the_split_are_those_of_the_reference(standard):
    assert standard.weights == {
        Stage.PRIMARY: 1,
        Stage.JUNIOR: Fraction("1.1"),
        Stage.SENIOR: Fraction("1.32"),
    }


def test_a_complete_school_is_split_at_one_to_one_and_a_fifth(standard):
    assert standard.weights[Stage.SENIOR] / standard.weights[JUNIOR] == Fraction("1.2")


@pytest.mark.parametrize(("code", "limit"), [("L4", 4.5), ("L7", 2.3)])
def test_floors_are_exact_where_binary_floats_fall_below_them(standard, code, limit):
    floor = standard.floor(code, PRIMARY)
    assert Fraction(0.85 * limit) < floor, "the trap of standards.md §2 is gone"
    assert floor == Fraction("0.85") * Fraction(str(limit))


def test_scope_is_that_of_the_reference(standard):
    assert set(standard.role("scope").clause.excluded_types) == {"special", "vocational"}
    assert standard.role("scope_point").clause.number("fewest_pupils") == 50


def test_the_default_variant_is_weighted_and_four_can_be_chosen(standard):
    assert standard.variant == "weighted"
    assert set(standard.variants) == set(VARIANTS)
    assert set(VARIANTS) == {"weighted", "unweighted_pop", "unweighted_sample", "pooled_unweighted"}


def test_exceptions_are_off_by_default(standard):
    assert set(standard.relaxations) == {"X1", "X2", "X3", "X4", "X5", "X6"}
    assert {standard.relaxation(code) for code in standard.relaxations} == {None}


def test_exceptions_have_the_numbers_of_the_reference(standard):
    x1, x2 = (standard.relaxations[code][0] for code in ("X1", "X2"))
    assert (x1.touches, x2.touches) == (("L3",), ("L5",))
    assert (x1.number("fewest_pupils"), x1.number("pupils_below")) == (50, 100)
    assert x2.number("walking_minutes") == 10


@pytest.mark.parametrize("code", schemes())
def test_every_indicator_of_a_scheme_is_in_the_catalogue(code):
    assert set(scheme(code).indicators) <= set(CATALOGUE)


def test_every_indicator_of_the_scheme_has_its_limit_for_both_stages():
    chosen = scheme("2017-quality")
    assert chosen.indicators == ("L1", "L2", "L3", "L4", "L5", "L6", "L7")
    clauses = Standard.at("410199", ON).demands
    for code in chosen.indicators:
        assert clauses[code].clause.kind == "limit"
        assert set(clauses[code].clause.at_least) == set(chosen.stages)


@each_item
def test_a_clause_names_only_indicators_that_exist(
    document: str, item: Clause | Relaxation
) -> None:
    named = item.touches if isinstance(item, Relaxation) else item.indicators
    lines = {line.code for s in schemes().values() for area in s.area for line in area.line}
    assert set(named) <= set(CATALOGUE) | lines
