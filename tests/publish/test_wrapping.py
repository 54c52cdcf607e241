"""Lines of Chinese text: nothing is lost, nothing is too wide, punctuation holds."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from junheng.publish.terminal.prose import Prose
from junheng.publish.wrapping import NOT_FIRST, wrapped

TEXTS = st.text("均衡小学，。（）“”L5 0123.%㎡人间 abc", max_size=60)


@given(TEXTS, st.integers(6, 40), st.integers(0, 4))
def test_nothing_is_lost_or_added_but_blanks(text: str, width: int, hang: int) -> None:
    lines = wrapped(text, width, cell_len, hang=hang)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(TEXTS, st.integers(6, 40))
def test_no_line_is_wider_than_allowed(text: str, width: int) -> None:
    assert all(cell_len(line) <= width for line in wrapped(text, width, cell_len))


def test_punctuation_never_begins_a_line_and_numbers_stay_whole_with_their_unit() -> None:
    text = (
        "未达标最集中的是网络多媒体教室，全县合计还差1,234.5㎡，另有12所学校、3个学段部缺数据。" * 3
    )
    for width in range(20, 50):
        lines = wrapped(text, width, cell_len)
        assert not any(line[0] in NOT_FIRST for line in lines)
        assert sum(line.count("1,234.5㎡") for line in lines) == 3
        assert sum(line.count("12所") for line in lines) == 3


def test_from_the_second_line_on_text_hangs_under_its_mark() -> None:
    lines = Prose("· 一二三四五六七八九十", hang=2).lines(12)
    assert lines == ["· 一二三四五", "  六七八九十"]


def test_a_word_too_long_for_any_line_is_cut_and_not_lost() -> None:
    assert wrapped("a" * 25, 10, cell_len) == ["a" * 10, "a" * 10, "a" * 5]
