"""Who enters: the pupils of grades 1 and 7 in the years to come, by school.

Given as a CSV file (学校代码、学年、年级、人数) in UTF-8 or GB18030, else this year's entrants are repeated, and said so.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from junheng.errors import MisuseError, UnreadableFileError
from junheng.plan.class_size.present import GRADES, STAGE_OF, SchoolNow
from junheng.schema import Stage

COLUMNS = ("学校代码", "学年", "年级", "人数")
MEND = f"请写成四列：{'、'.join(COLUMNS)}；学年写开始的那一年（2026），年级只写1或7。"
LONGEST = 10
"""Digits of a year, a grade or a count, one more than any has."""
SHOWN = 80
"""Characters of a wrong heading that are repeated."""
Key = tuple[str, int, int]
"""School, year, grade."""


@dataclass(frozen=True)
class Entrants:
    """Entrants by school, year and grade, and from where they are known."""

    given: Mapping[Key, int]
    source: str
    """Name of the file; empty = none given."""

    def of(self, school: SchoolNow, year: int, grade: int) -> tuple[int, bool]:
        """Entrants, and whether they were given."""
        found = self.given.get((school.code, year, grade))
        return (school.pupils(grade), False) if found is None else (found, True)


def read_entrants(path: str | Path | None) -> Entrants:
    """Entrants of a CSV file; without one nothing is given.

    Raises UnreadableFileError naming every line that cannot be taken, in one pass."""
    if path is None:
        return Entrants({}, "")
    text = _text(Path(path))
    try:
        lines = list(csv.reader(text.splitlines()))
    except csv.Error as error:
        raise UnreadableFileError(str(path), "有极长的一格，或不成对的引号", MEND) from error
    heading = [cell.strip() for cell in lines[0]] if lines else []
    if tuple(heading) != COLUMNS:
        shown = "、".join(heading)[:SHOWN]
        raise UnreadableFileError(str(path), f"第1行是“{shown}”", MEND)
    given: dict[Key, int] = {}
    wrong = []
    for number, cells in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        found = _row([cell.strip() for cell in cells], given)
        if isinstance(found, str):
            wrong.append(f"第{number}行{found}")
        else:
            given[found[0]] = found[1]
    if wrong:
        raise UnreadableFileError(str(path), "；".join(wrong), MEND)
    return Entrants(given, Path(path).name)


def _text(path: Path) -> str:
    """UTF-8, with or without BOM, or GB18030, as Excel saves a CSV in Chinese.

    A heading in the wrong one of the two is no heading, so nothing is misread without a word."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(str(path), "打不开", "请核对路径和权限。") from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFileError(
        str(path), "既不是UTF-8也不是GB18030文字", "请用Excel另存为“CSV UTF-8（逗号分隔）”。"
    )


def _row(cells: list[str], given: Mapping[Key, int]) -> tuple[Key, int] | str:
    if len(cells) != len(COLUMNS):
        return f"有{len(cells)}列"
    school, *counts = cells
    if not all(each.isascii() and each.isdigit() and len(each) < LONGEST for each in counts):
        shown = "、".join(each[:40] for each in counts)
        return f"的学年、年级、人数不是整数：“{shown}”"
    year, grade, pupils = (int(each) for each in counts)
    if grade not in ENTRANCE_GRADES:
        return f"的年级是{grade}"
    if (school, year, grade) in given:
        return f"重复：{school} {year}学年{grade}年级"
    return (school, year, grade), pupils


ENTRANCE_GRADES = (GRADES[Stage.PRIMARY][0], GRADES[Stage.JUNIOR][0])


def refuse_strangers(
    entrants: Entrants, schools: Sequence[SchoolNow], years: Sequence[int]
) -> None:
    """Raises MisuseError for entrants of a school, stage or year that is not planned."""
    stages = {school.code: school.stages for school in schools}
    wrong = [
        f"{code} {year}学年{grade}年级"
        for code, year, grade in entrants.given
        if code not in stages or STAGE_OF[grade] not in stages[code] or year not in years
    ]
    if wrong:
        raise MisuseError(
            f"“{entrants.source}”里有{len(wrong)}行用不上：{'、'.join(wrong[:5])}。"
            f"只能写参加计算的学校、它有的学段，以及{'、'.join(map(str, years))}学年。"
        )
