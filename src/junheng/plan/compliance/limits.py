"""What cannot be exceeded: land and rooms of schools, people, money (a TOML file of the user's)."""

import hashlib
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Literal

import msgspec

from junheng.errors import DeclarationError, UnreadableFileError
from junheng.plan.compliance.asking import Asked
from junheng.plan.compliance.problem import Cap, Problem
from junheng.plan.pricing import ITEMS
from junheng.standards.misread import read as read_toml
from junheng.standards.nouns import Number

Source = Literal["中央", "省", "市", "县", "学校", "其他"]
MEND = "请对照手册“达标方案”一页的写法修改。"
LAND = {
    "teaching_area_m2": ("new_teaching_area",),
    "converted_area_m2": ("converted_teaching_area",),
    "sports_ground_m2": ("new_sports_ground",),
    "gymnasium_m2": ("gymnasium_area",),
    "roof_sports_m2": ("roof_sports_ground",),
    "underground_sports_m2": ("underground_sports_ground",),
    "leased_sports_m2": ("leased_sports_area",),
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
WORDS = {
    "teaching_area_m2": ("新建教学及辅助用房", "㎡"),
    "converted_area_m2": ("改造为教学及辅助用房", "㎡"),
    "sports_ground_m2": ("新建体育运动场地", "㎡"),
    "gymnasium_m2": ("新建体育馆", "㎡"),
    "roof_sports_m2": ("新建楼顶体育运动场地", "㎡"),
    "underground_sports_m2": ("新建地下体育运动场地", "㎡"),
    "leased_sports_m2": ("租赁校外运动场馆", "㎡"),
    "music_and_art_rooms": ("新建音乐、美术教室", "间"),
    "multimedia_classrooms": ("新建网络多媒体教室", "间"),
    "hires": ("招聘教师", "人"),
    "key_teachers": ("培养骨干教师", "人"),
    "upgrades": ("教师提升学历", "人"),
    "moves": ("调动教师", "人"),
}
"""Key → what is limited, and its unit."""
GROUND = ("sports_ground_m2", "gymnasium_m2", "teaching_area_m2")


def limit_words(where: str, key: str, most: int) -> str:
    """A limit as a sentence: 实验小学无地可扩（新建体育运动场地最多0㎡）."""
    what, unit = WORDS[key]
    told = f"{what}最多{most:,}{unit}"
    return f"{where}无地可扩（{told}）" if key in GROUND and not most else f"{where}{told}"


NUMBERS = frozenset((*LAND, *PEOPLE, "budget_yuan", "yuan"))
"""Keys whose values are amounts."""


class SchoolLimits(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Most of each kind at one school; what is not written is not limited."""

    code: str
    teaching_area_m2: int | None = None
    converted_area_m2: int | None = None
    sports_ground_m2: int | None = None
    gymnasium_m2: int | None = None
    roof_sports_m2: int | None = None
    underground_sports_m2: int | None = None
    leased_sports_m2: int | None = None
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


class Budget(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Money of one year from one source; where any is written there is no other money."""

    year: int
    """School year in which it is spent; what is left does not go over to the next."""
    source: Source
    yuan: Number
    county: str = ""
    """Only for this county; empty = for all."""
    items: tuple[str, ...] = ()
    """Only for these items of the price list; empty = for anything."""

    @property
    def name(self) -> str:
        """Source, county and items in words."""
        only = [self.county] if self.county else []
        return " ".join([self.source, *only, *(ITEMS[item].label for item in self.items)])

    def pays(self, county: str, item: str) -> bool:
        return self.county in ("", county) and (not self.items or item in self.items)


class Quota(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Most of each kind of people in one county in one year."""

    county: str
    year: int
    hires: int | None = None
    key_teachers: int | None = None
    upgrades: int | None = None
    moves: int | None = None


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    budget_yuan: Number | None = None
    school: tuple[SchoolLimits, ...] = ()
    county: tuple[CountyLimits, ...] = ()
    budget: tuple[Budget, ...] = ()
    quota: tuple[Quota, ...] = ()


@dataclass(frozen=True)
class Limits:
    """The limits of one file; without a file nothing is limited."""

    file: str = ""
    sha256: str = ""
    schools: tuple[SchoolLimits, ...] = ()
    counties: tuple[CountyLimits, ...] = ()
    budget: Fraction | None = None
    """Yuan, all counties together."""
    budgets: tuple[Budget, ...] = ()
    quotas: tuple[Quota, ...] = ()

    @property
    def by_year(self) -> bool:
        """Whether some limit speaks of a year."""
        return bool(self.budgets or self.quotas)


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
    _refuse_wrong(read, file)
    whole = None if read.budget_yuan is None else Fraction(read.budget_yuan)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Limits(Path(file).name, digest, read.school, read.county, whole, read.budget, read.quota)


def _refuse_wrong(read: _File, file: str) -> None:
    """Amounts below nought, items that are none, one quota written twice."""
    held = (
        ("school", read.school),
        ("county", read.county),
        ("budget", read.budget),
        ("quota", read.quota),
    )
    rows = [("", "budget_yuan", read.budget_yuan)]
    rows += [
        (kind, *pair)
        for kind, each in held
        for one in each
        for pair in msgspec.structs.asdict(one).items()
    ]
    for kind, key, value in rows:
        if key in NUMBERS and value is not None and Fraction(value) < 0:
            raise DeclarationError(
                file, f"{kind} {key}", f"{value} 小于0", "限制不能是负数；不限制就不写。"
            )
    strange = sorted({item for each in read.budget for item in each.items if item not in ITEMS})
    if strange:
        raise DeclarationError(
            file, "budget items", f"没有“{'、'.join(strange)}”", f"可用：{'、'.join(ITEMS)}。"
        )
    keys = [(each.county, each.year) for each in read.quota]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise DeclarationError(file, "quota", f"{twice[0][0]} {twice[0][1]}学年写了两段", MEND)


def limited(asked: Asked, limits: Limits) -> Problem:
    """The asked problem within its limits of land and people that speak of no year."""
    counties = {site.county for site, _ in asked.ways}
    names = {site.code: site.name for site, _ in asked.ways}
    caps = [
        cap
        for each in limits.schools
        for key, items in LAND.items()
        if getattr(each, key) is not None
        for cap in [
            _cap(
                asked,
                limit_words(names.get(each.code, each.code), key, getattr(each, key)),
                items,
                getattr(each, key),
                school=each.code,
            )
        ]
    ]
    for county in limits.counties:
        if county.code not in counties:
            continue
        for key, items in PEOPLE.items():
            if getattr(county, key) is not None:
                caps.append(_cap(asked, limit_words(county.code, key, getattr(county, key)), items, getattr(county, key), county=county.code))  # fmt: skip
    return replace(asked.problem, caps=(*asked.problem.caps, *caps))


def _cap(
    asked: Asked, name: str, items: tuple[str, ...], most: int, *, school: str = "", county: str = ""
) -> Cap:  # fmt: skip
    weights = {
        lever: Fraction(1)
        for lever, (site, way) in enumerate(asked.ways)
        if way.item in items and way.sign >= 0
        and (asked.mains.get(site.code, site.code) == school if school else site.county == county)
    }  # fmt: skip
    return Cap(name, weights, Fraction(most))
