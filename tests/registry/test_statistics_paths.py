"""Patterns of header paths: what fits, what is preferred, what is another figure."""

import pytest

from junheng.registry.statistics.nouns import Heading
from junheng.registry.statistics.paths import matches
from junheng.registry.statistics.words import form_numbers, segment, units_above, years_in


def heads(*paths: str) -> list[Heading]:
    return [
        Heading(n, 1, tuple(segment(part)[0] for part in path.split("/")), path)
        for n, path in enumerate(paths, 1)
    ]


def found(pattern: str, *paths: str) -> list[str]:
    return [each.shown for each in matches(pattern, heads(*paths))]


def test_the_whole_path_is_preferred_to_one_that_ends_so() -> None:
    paths = ("随班就读/在校生数/一年级", "在校生数/一年级")
    assert found("在校生数/一年级", *paths) == ["在校生数/一年级"]
    assert found("在校生数/一年级", paths[0]) == [paths[0]]


def test_a_part_of_the_figure_is_not_the_figure() -> None:
    assert found("在校生数/合计", "其中：女/在校生数/合计", "上学年/在校生数/合计") == []
    assert found("其中：女/在校生数/合计", "其中：女/在校生数/合计") != []


@pytest.mark.parametrize("written", ["合计", "总计", "计", " 合 计 ", "合计（人）"])
def test_the_words_for_a_total_are_one_word(written: str) -> None:
    assert found("在校生数/合计", f"在校生数/{written}") == [f"在校生数/{written}"]


def test_alternatives_and_a_free_place() -> None:
    assert found("按课程/体育|体育与健康", "按课程/体育与健康") == ["按课程/体育与健康"]
    assert len(found("按学历分/*", "专任教师/#按学历分/本科", "专任教师/按学历分/专科")) == 2
    assert found("图书/册", "图书") == []


def test_forms_years_and_units_are_found_in_what_people_write() -> None:
    assert form_numbers("教基 1102（续） 补充", bare=False) == ["教基1102续"]
    assert form_numbers("3112小学", bare=True) == ["3112"]
    assert form_numbers("2025年报", bare=False) == []
    assert years_in(["2025/2026学年初", "2025—2026学年", "2025学年"]) == [2025, 2025, 2025]
    assert years_in(["2025-2026"]) == [2025]
    assert units_above(["填报单位：示例县 单位：万元、平方米"]) == {"万元", "㎡"}
