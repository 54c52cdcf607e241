"""What is written beside a cell, and in which order the findings are listed."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from junheng.registry.filing import Finding, Level
from junheng.registry.marking.grid import Cell, cell_of

MARKER = "【校验】"
"""First line of what marking adds to a note; all from here on is taken off next time."""
LONGEST = 1_500
"""Characters of one note; the rest is on the list."""
LEVELS = list(Level)
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def by_cell(findings: Sequence[Finding]) -> dict[Cell, list[Finding]]:
    """Findings of one sheet that name a cell."""
    found: dict[Cell, list[Finding]] = defaultdict(list)
    for each in findings:
        cell = cell_of(each.origin.cell)
        if cell is not None:
            found[cell].append(each)
    return found


def gravest_first(findings: Sequence[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda f: LEVELS.index(f.level))


def note(findings: Sequence[Finding]) -> str:
    """The text added to a cell's note."""
    numbered = len(findings) > 1
    parts = [
        f"{f'{n}. ' if numbered else ''}{f.level}（{f.check}）：{f.found}。\n"
        f"规则：{f.allowed}。\n改法：{f.mend}。"
        for n, f in enumerate(findings, 1)
    ]
    text = plain("\n".join([MARKER, *parts]))
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}……其余见“校验结果”表。"


def in_order(findings: Sequence[Finding], sheets: Mapping[str, int]) -> list[Finding]:
    """By group, then as one walks through the workbook."""

    def place(finding: Finding) -> tuple[int, int, Cell, str]:
        origin = finding.origin
        sheet = sheets.get(origin.sheet, -1)
        return (
            LEVELS.index(finding.level), sheet, cell_of(origin.cell) or (0, 0), finding.check,
        )  # fmt: skip

    return sorted(findings, key=place)


def plain(text: str) -> str:
    """Text without the characters that XML cannot hold."""
    return NOT_IN_XML.sub(" ", text)
