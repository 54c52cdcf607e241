"""Price lists: what an action costs, from whom we know it, since when (`plan/prices/*.toml`).

A list is a TOML file. Each price carries its unit, source, date and confidence; a price that is not
there is named when a planner needs it, never taken for zero.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Literal

import msgspec

from junheng.errors import DeclarationError, MisuseError, UnreadableFileError
from junheng.standards.misread import read as read_toml
from junheng.standards.nouns import Confidence, Number

Subject = Literal["", "pe", "music", "fine_arts", "arts"]
Qualification = Literal["", "associate", "bachelor", "master", "doctorate"]
DEMONSTRATION = "demonstration.toml"


@dataclass(frozen=True)
class Item:
    """A thing that planners may ask the price of."""

    label: str
    unit: str
    """What the price is per."""


ITEMS: dict[str, Item] = {
    "class_opening": Item("新开一个班（课桌椅、班级设备）", "元/班"),
    "room_conversion": Item("把其他用房改为普通教室", "元/间"),
    "entrant_diverted": Item("起始年级控制招生，一名新生分流到邻校", "元/人"),
    "pupil_moved": Item("一名在校生转到邻校", "元/人"),
    "pupil_kilometre": Item("分流、转出学生的交通补助（直线距离）", "元/公里·人·年"),
    "teacher_year": Item("一名专任教师一年的人员经费", "元/人·年"),
    "classroom_building": Item("新建一间普通教室", "元/间"),
    "new_teaching_area": Item("新建教学及辅助用房", "元/㎡"),
    "converted_teaching_area": Item("其他用房改为教学及辅助用房", "元/㎡"),
    "new_sports_ground": Item("新建体育运动场地", "元/㎡"),
    "roof_sports_ground": Item("楼顶体育运动场地（例外X2）", "元/㎡"),
    "underground_sports_ground": Item("地下体育运动场地（例外X2）", "元/㎡"),
    "leased_sports_area": Item("租赁校外运动场馆（例外X2）", "元/㎡·年"),
    "gymnasium_area": Item("新建体育馆", "元/㎡"),
    "equipment": Item("购置教学仪器设备", "元/元"),
    "multimedia_classroom": Item("建设网络多媒体教室", "元/间"),
    "music_room": Item("新建音乐专用教室", "元/间"),
    "art_room": Item("新建美术专用教室", "元/间"),
    "teacher_hiring": Item("招聘一名专任教师", "元/人"),
    "qualification_upgrade": Item("一名教师提升学历", "元/人"),
    "key_teacher_training": Item("培养并认定一名县级骨干教师", "元/人"),
    "teacher_certification": Item("一名教师取得教师资格证", "元/人"),
    "teacher_training_360h": Item("一名教师补足360学时培训", "元/人"),
    "teacher_move": Item("一名教师校际交流", "元/人·年"),
}
"""The words of every price list. The class-size plan reads the first seven, the compliance plan the
others too; teachers may be priced by subject and qualification."""


class Price(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The price of one item."""

    item: str
    unit: str
    amount: Number
    """Decimal text, in the unit."""
    source: str
    date: date
    confidence: Confidence
    subject: Subject = ""
    qualification: Qualification = ""
    note: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        return (self.item, self.subject, self.qualification)


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    title: str
    status: str
    source: str
    date: date
    price: tuple[Price, ...]


@dataclass(frozen=True)
class PriceList:
    """The prices of one file."""

    file: str
    title: str
    status: str
    """Who checked it: printed on every output."""
    source: str
    date: date
    prices: tuple[Price, ...]
    sha256: str
    """Of the file's text."""

    @cached_property
    def _by_key(self) -> Mapping[tuple[str, str, str], Price]:
        return {price.key: price for price in self.prices}

    def amount(self, item: str, *, subject: str = "", qualification: str = "") -> Fraction:
        """Yuan per unit of the item, by subject and qualification where the list tells them apart.

        Raises MisuseError where the list has no such price."""
        for key in ((item, subject, qualification), (item, subject, ""), (item, "", "")):
            if key in self._by_key:
                return Fraction(self._by_key[key].amount)
        raise MisuseError(
            f"价格表“{self.file}”里没有 {item}（{ITEMS[item].label}）。"
            f'请增加一段 [[price]]，item = "{item}"，unit = "{ITEMS[item].unit}"。'
        )


def load_prices(path: str | Path | None = None) -> PriceList:
    """A price list from its file; without one the demonstration list, which nobody checked.

    Raises UnreadableFileError for a file that cannot be read, DeclarationError naming file and key
    for one that breaks the form."""
    if path is None:
        text = (files("junheng.plan") / "prices" / DEMONSTRATION).read_text(encoding="utf-8")
        return parse_prices(text, file=DEMONSTRATION)
    try:
        text = Path(path).read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableFileError(str(path), "不是UTF-8文字", "请另存为UTF-8编码。") from error
    return parse_prices(text, file=str(path))


def parse_prices(text: str, *, file: str) -> PriceList:
    """The same from text. Raises DeclarationError."""
    read = read_toml(text, _File, file=file, mend=MEND)
    _refuse_wrong(read, file)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return PriceList(file, read.title, read.status, read.source, read.date, read.price, digest)


MEND = "请对照 plan/prices/demonstration.toml 的写法修改。"


def _refuse_wrong(read: _File, file: str) -> None:
    seen: set[tuple[str, str, str]] = set()
    for number, price in enumerate(read.price, start=1):
        where = f"第{number}段 [[price]]"
        if price.item not in ITEMS:
            raise DeclarationError(
                file, f"{where} item", f"没有“{price.item}”这一项", f"可用：{'、'.join(ITEMS)}。"
            )
        if price.unit != ITEMS[price.item].unit:
            found = f"{price.item} 的单位是“{price.unit}”，应当是“{ITEMS[price.item].unit}”"
            raise DeclarationError(file, f"{where} unit", found, "请换算后改写。")
        if price.key in seen:
            raise DeclarationError(file, f"{where} item", f"{price.item} 重复出现", MEND)
        if not price.source.strip():
            raise DeclarationError(file, f"{where} source", "没有写来源", "请写明价格出自哪里。")
        seen.add(price.key)
