"""The quick look at a cell says what the long one says, whatever stands in it."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from junheng.registry.catalogue import tables
from junheng.registry.reading.cells import Codes, Outcomes, understand
from junheng.registry.reading.plain import LONGEST_WORD, cleaned, is_even, narrowed
from junheng.registry.reading.sandbox.references import OddReferenceError, resolved
from junheng.registry.reading.sandbox.wire import DATE, PLAIN, Cell, Sheet
from junheng.registry.reading.words import words
from junheng.schema import Column, Kind

BY_KIND: dict[Kind, Column] = {
    column.kind: column for table in tables().values() for column in table.column
}
DIGITS = st.text("0123456789.-+eE ", max_size=18)
SIGNS = st.text("一二无空—-/,.，。！？《》()（）ＡｂＺ１２Ab9 \u3000\u200b\t·“”_#￥", max_size=12)
CODES = st.sampled_from(
    (
        "2141990001",
        "410199",
        " 2141990001",
        "21４1990001",
        "c03",
        "C03.2n",
        "ab" * 32,
        "AB" * 32,
        "aB" * 32,
    )
)


@pytest.mark.parametrize("kind", BY_KIND)
@settings(max_examples=150, deadline=None)
@given(
    text=st.one_of(DIGITS, SIGNS, CODES),
    type_=st.sampled_from("nnnsssbed-"),
    look=st.sampled_from((PLAIN, PLAIN, DATE, 103)),
    formula=st.booleans(),
)
@example(text="902.70000000000005", type_="n", look=PLAIN, formula=False)
@example(text="0.00", type_="n", look=PLAIN, formula=False)
@example(text="不适用", type_="s", look=PLAIN, formula=True)
def test_the_quick_look_says_what_the_long_one_says(
    kind: Kind, text: str, type_: str, look: int, formula: bool
) -> None:
    column = BY_KIND[kind]
    cell = Cell(0, type_, text, look if type_ == "n" else PLAIN, formula)
    sheet = Sheet("表", False, True, [Cell(0, "s", ""), cell], b"", b"", [], b"", b"")
    outcomes = Outcomes(column, sheet, Codes().of(column))
    expected = understand(cell, column)
    assert outcomes[1] == expected
    assert type(outcomes[1].value) is type(expected.value)
    assert (1 in outcomes.noted) is (expected.problem is not None or formula)


@given(st.one_of(SIGNS, st.text(max_size=12)))
def test_an_even_text_is_kept_as_it_stands(text: str) -> None:
    if is_even(text):
        assert cleaned(text) == text
        assert narrowed(text)


def test_no_word_that_stands_for_nothing_is_as_long_as_an_even_text() -> None:
    said = words()
    longest = max(map(len, (*said.not_applicable, *said.asked, *said.totals)))
    assert longest <= LONGEST_WORD


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("&#20013;&#x6587;&amp;甲&lt;", "中文&甲<"),
        ("甲&quot;&apos;&gt;乙", "甲\"'>乙"),
        ("&amp;#20013;", "&#20013;"),
        ("没有", "没有"),
    ],
)
def test_references_are_resolved(written: str, meant: str) -> None:
    assert resolved(written) == meant


@pytest.mark.parametrize(
    "odd",
    ["&", "a & b", "&bad;", "&#0;", "&#xD800;", "&#;", "&#x;", "&#00000020013;", "&amp", "&#12"],
)
def test_a_reference_that_only_a_parser_can_judge_is_left_to_it(odd: str) -> None:
    with pytest.raises(OddReferenceError):
        resolved(odd)
