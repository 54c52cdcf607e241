"""Pupils, classes and what new classes need, from the folder that `plan class-size … -o` wrote.

Only what it says of schools, years and actions is read; it must have been made from the same facts.
"""

import hashlib
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Literal, cast, get_args

import msgspec

from junheng.errors import RefusedError, UnreadableFileError
from junheng.plan.compliance.ahead.nouns import (
    Count,
    Forecast,
    Growth,
    Item,
    Told,
    Unmended,
    sealed,
)
from junheng.registry import Facts
from junheng.schema import Stage

FILE = "class_size.json"
MEND = "请给出 plan class-size … -o 写出的文件夹。"
NEEDS: frozenset[str] = frozenset(get_args(Item))
"""Items of the class-size plan that are things its new classes need; the others move pupils."""


class _Grade(msgspec.Struct):
    grade: int
    stage: Stage
    pupils: int
    classes: tuple[int, ...]


class _Year(msgspec.Struct):
    year: int
    legal: bool
    grades: tuple[_Grade, ...]


class _School(msgspec.Struct):
    code: str
    reason: str
    years: tuple[_Year, ...]


class _County(msgspec.Struct):
    schools: tuple[_School, ...]


class _Action(msgspec.Struct):
    school: str
    item: str
    amount: int
    year: int
    stage: Stage | None


class _Receipt(msgspec.Struct):
    facts: str


class _File(msgspec.Struct):
    format: Literal["junheng class-size plan 1"]
    years: tuple[int, ...]
    counties: tuple[_County, ...]
    actions: tuple[_Action, ...]
    receipt: _Receipt


def read_class_size(folder: str | Path, facts: Facts) -> Forecast:
    """What the class-size plan in the folder says of every school and year.

    Raises UnreadableFileError where there is none, or a value cannot be; RefusedError where it was made
    from other facts."""
    path = Path(folder) / FILE if Path(folder).is_dir() else Path(folder)
    try:
        content = path.read_bytes()
        found = msgspec.json.decode(content, type=_File)
    except OSError as error:
        raise UnreadableFileError(str(path), "打不开", MEND) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableFileError(str(path), f"不是班额方案（{error}）", MEND) from error
    if found.receipt.facts != facts.fingerprint:
        raise RefusedError(
            f"“{path}”是按事实 {found.receipt.facts[:12]} 做的，给出的事实是 {facts.fingerprint[:12]}，不能合在一起。"
            "请用同一次封存重新做班额方案。"
        )
    schools = [school for county in found.counties for school in county.schools]
    strange = sorted({each.code for each in schools} - {*facts["schools"]["school_code"]})
    if strange:
        raise UnreadableFileError(str(path), f"学校 {'、'.join(strange[:10])} 不在封存里", MEND)
    digest = hashlib.sha256(content).hexdigest()
    unmended = (
        Unmended(school=school.code, year=year.year, reason=school.reason)
        for school in schools for year in school.years if not year.legal
    )  # fmt: skip
    return sealed(
        [Told(kind="class_size", file=path.name, sha256=digest)],
        [count for school in schools for count in _counts(school)],
        _growth(found), unmended, found.years,
    )  # fmt: skip


def _counts(school: _School) -> Iterator[Count]:
    for year in school.years:
        for stage, grades in groupby(sorted(year.grades, key=lambda g: g.grade), lambda g: g.stage):
            held = list(grades)
            yield Count(
                school=school.code, stage=stage, year=year.year,
                pupils=sum(g.pupils for g in held), classes=sum(len(g.classes) for g in held),
                sizes=tuple((g.grade, g.classes) for g in held),
            )  # fmt: skip


def _growth(found: _File) -> Iterator[Growth]:
    """What is needed by the end of each year: what was added in it and before."""
    sums: dict[tuple[str, Item, Stage | None], dict[int, int]] = {}
    for action in found.actions:
        if action.item in NEEDS:
            item = cast(Item, action.item)
            held = sums.setdefault((action.school, item, action.stage), {})
            held[action.year] = held.get(action.year, 0) + action.amount
    for (school, item, stage), added in sums.items():
        for year in found.years:
            amount = sum(n for then, n in added.items() if then <= year)
            if amount:
                yield Growth(school=school, year=year, item=item, stage=stage, amount=amount)


__all__ = ["read_class_size"]
