"""What cannot be exceeded: land and rooms of schools, people, money (a TOML file of the user's)."""

import hashlib
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import msgspec

from junheng.errors import DeclarationError, MisuseError, UnreadableFileError
from junheng.plan.compliance.asking import Asked
from junheng.plan.compliance.problem import Cap, Problem
from junheng.standards.misread import read as read_toml
from junheng.standards.nouns import Number

MEND = "请对照手册“达标方案”一页的写法修改。"
LAND = {
    "teaching_area_m2": ("new_teaching_area",),
    "converted_area_m2": ("converted_teaching_area",),
    "sports_ground_m2": ("new_sports_ground",),
    "gymnasium_m2": ("gymnasium_area",),
    "music_and_art_rooms": ("music_room", "art_room"),
    "multimedia_classrooms": ("multimedia_classroom",),
}
"""Key of a school's limits → items that it limits, together."""
PEOPLE = {
    "hires": ("teacher_hiring",),
    "key_teachers": ("key_teacher_training",),
    "upgrades": ("qualification_upgrade",),
    "moves": ("teacher_move",),
}


class SchoolLimits(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Most of each kind at one school; what is not written is not limited."""

    code: str
    teaching_area_m2: int | None = None
    converted_area_m2: int | None = None
    sports_ground_m2: int | None = None
    gymnasium_m2: int | None = None
    music_and_art_rooms: int | None = None
    multimedia_classrooms: int | None = None


class CountyLimits(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Most of each kind in one county."""

    code: str
    hires: int | None = None
    key_teachers: int | None = None
    upgrades: int | None = None
    moves: int | None = None
    budget_yuan: Number | None = None


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    budget_yuan: Number | None = None
    school: tuple[SchoolLimits, ...] = ()
    county: tuple[CountyLimits, ...] = ()


@dataclass(frozen=True)
class Limits:
    """The limits of one file; without a file nothing is limited."""

    file: str = ""
    sha256: str = ""
    schools: tuple[SchoolLimits, ...] = ()
    counties: tuple[CountyLimits, ...] = ()
    budget: Fraction | None = None
    """Yuan, all counties together."""


def load_limits(path: str | Path | None, *, budget: Fraction | None = None) -> Limits:
    """Limits from a file; `budget` takes the place of the one it may hold.

    Raises UnreadableFileError, DeclarationError."""
    if path is None:
        return Limits(budget=budget)
    try:
        text = Path(path).read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableFileError(str(path), "不是UTF-8文字", "请另存为UTF-8编码。") from error
    found = parse_limits(text, file=str(path))
    return found if budget is None else replace(found, budget=budget)


def parse_limits(text: str, *, file: str) -> Limits:
    """The same from text. Raises DeclarationError."""
    read = read_toml(text, _File, file=file, mend=MEND)
    for kind, held in (("school", read.school), ("county", read.county)):
        codes = [each.code for each in held]
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            raise DeclarationError(file, kind, f"{'、'.join(twice)} 写了两段", MEND)
    whole = None if read.budget_yuan is None else Fraction(read.budget_yuan)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Limits(file, digest, read.school, read.county, whole)


def limited(asked: Asked, limits: Limits, *, known: set[str]) -> Problem:
    """The problem within the limits. Raises MisuseError for schools and counties that are not there."""
    counties = {site.county for site, _ in asked.ways}
    strange = [s.code for s in limits.schools if s.code not in known]
    if strange:
        raise MisuseError(f"限制表“{limits.file}”里的学校 {'、'.join(strange)} 不在封存里。")
    caps = [
        cap
        for each in limits.schools
        for key, items in LAND.items()
        if getattr(each, key) is not None
        for cap in [_cap(asked, f"{each.code} {key}", items, getattr(each, key), school=each.code)]
    ]
    for county in limits.counties:
        if county.code not in counties:
            continue
        for key, items in PEOPLE.items():
            if getattr(county, key) is not None:
                caps.append(_cap(asked, f"{county.code} {key}", items, getattr(county, key), county=county.code))  # fmt: skip
        if county.budget_yuan is not None:
            caps.append(_money(asked, f"{county.code}经费", Fraction(county.budget_yuan), county.code))  # fmt: skip
    if limits.budget is not None:
        caps.append(_money(asked, "经费", limits.budget, ""))
    return replace(asked.problem, caps=tuple(caps))


def _cap(
    asked: Asked, name: str, items: tuple[str, ...], most: int, *, school: str = "", county: str = ""
) -> Cap:  # fmt: skip
    weights = {
        lever: Fraction(1)
        for lever, (site, way) in enumerate(asked.ways)
        if way.item in items and way.sign >= 0
        and (site.code == school if school else site.county == county)
    }  # fmt: skip
    return Cap(name, weights, Fraction(most))


def _money(asked: Asked, name: str, most: Fraction, county: str) -> Cap:
    weights = {
        lever: asked.problem.levers[lever].cost
        for lever, (site, _) in enumerate(asked.ways)
        if county in ("", site.county) and asked.problem.levers[lever].cost
    }
    return Cap(name, weights, most)
