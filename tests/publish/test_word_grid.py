"""Cells that stand for several rows of a Word table."""

import re

from junheng.publish.word.grid import Column, table

COLUMNS = [Column("目标", 30, joined=True), Column("期限", 20, joined=True), Column("单位", 30)]


def merges(rows: list[list[str]]) -> list[list[tuple[str, str]]]:
    """What each cell of the body says of merging, and its text."""
    found = []
    for row in re.findall(r"<w:tr>.*?</w:tr>", table(COLUMNS, rows))[1:]:
        cells = re.findall(r"<w:tc>.*?</w:tc>", row)
        found.append(
            [
                ("".join(re.findall(r'vMerge w:val="(\w+)"', c)), "".join(re.findall(r"<w:t(?: [^>]*)?>(.*?)</w:t>", c)))
                for c in cells
            ]
        )  # fmt: skip
    return found


def test_equal_cells_below_one_another_are_one_cell() -> None:
    rows = [["甲", "今年", "东"], ["甲", "今年", "西"], ["甲", "明年", "西"], ["乙", "明年", "西"]]
    assert merges(rows) == [
        [("restart", "甲"), ("restart", "今年"), ("", "东")],
        [("continue", ""), ("continue", ""), ("", "西")],
        [("continue", ""), ("", "明年"), ("", "西")],
        [("", "乙"), ("", "明年"), ("", "西")],
    ]


def test_a_single_row_and_no_row_merge_nothing() -> None:
    assert merges([["甲", "今年", "东"]]) == [[("", "甲"), ("", "今年"), ("", "东")]]
    assert merges([]) == []
