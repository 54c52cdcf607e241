"""Workbooks of the national statistics as standards.md §10 describes them, written for the tests.

Nobody here has seen a real export. The layouts are written from the description alone and know
nothing of `mappings/*.toml`: a list of header paths, each with the figure of the invented county
that stands under it.
"""

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

School = Mapping[str, Any]
Cell = str | int | Decimal | None
Column = tuple[tuple[str, ...], Callable[[School], Cell]]
"""A header path and the cell of a school under it."""

OFFICE_TYPES = {
    "primary": "211", "teaching_point": "218", "junior": "311", "nine_year": "312",
    "complete": "341", "senior": "342", "twelve_year": "345", "special": "511", "vocational": "361",
}  # fmt: skip
BINS = {
    "le_25": "25人及以下", "26_30": "26-30人", "31_35": "31-35人", "36_40": "36-40人", "41_45": "41-45人",
    "46_50": "46-50人", "51_55": "51-55人", "56_60": "56-60人", "61_65": "61-65人", "ge_66": "66人及以上",
}  # fmt: skip
GRADES = ("一年级", "二年级", "三年级", "四年级", "五年级", "六年级")
PRIMARY = ("primary", "teaching_point", "nine_year", "twelve_year")
JUNIOR = ("junior", "nine_year", "twelve_year", "complete")
SENIOR = ("complete", "twelve_year", "senior")
UPPER = ("junior", "nine_year", *SENIOR)
LOWER = (*PRIMARY, "junior", "complete")


def of(name: str) -> Callable[[School], Cell]:
    return lambda school: school.get(name)


def either(name: str, other: str) -> Callable[[School], Cell]:
    """Pupils of the stage, or of the classes of it that are attached to another school."""
    return lambda school: school.get(other) if school.get(name) is None else school[name]


def wan(name: str) -> Callable[[School], Cell]:
    """Yuan as 万元."""
    return lambda school: None if school.get(name) is None else school[name] / 10_000


def _sum(*names: str) -> Callable[[School], Cell]:
    return lambda school: sum(school.get(name) or 0 for name in names)


IDENTITY: list[Column] = [
    (("学校（机构）标识码",), of("school_code")),
    (("学校（机构）名称",), of("school_name")),
    (("办学类型",), lambda s: OFFICE_TYPES[s["school_type"]]),
    (("统计三级",), lambda s: f"{s['location_unit']}示例县"),
]


@dataclass(frozen=True)
class Layout:
    """One form: its number, its title, who stands in it, its columns."""

    form: str
    title: str
    types: tuple[str, ...]
    columns: Sequence[Column]


def _classes(stage: str) -> list[Column]:
    return [
        (("班数", "合计"), of(f"class_count_{stage}")),
        *((("班额", word), of(f"classes_{code}_{stage}")) for code, word in BINS.items()),
    ]


def _teachers(stage: str, *over: str) -> list[Column]:
    top = (*over, "专任教师")
    by = (*top, "#按授课课程分")
    degrees = {"doctorate": "博士研究生", "master": "硕士研究生", "bachelor": "本科"}
    if stage == "primary":
        degrees["associate"] = "专科"
    return [
        ((*top, "合计"), of(f"full_time_teachers_{stage}")),
        *(((*top, "#按学历分", word), of(f"teachers_{k}_{stage}")) for k, word in degrees.items()),
        ((*by, "体育"), of(f"teachers_pe_{stage}")),
        (
            (*by, "艺术", "计"),
            _sum(*(f"teachers_{k}_{stage}" for k in ("music", "fine_arts", "arts"))),
        ),
        ((*by, "艺术", "音乐"), of(f"teachers_music_{stage}")),
        ((*by, "艺术", "美术"), of(f"teachers_fine_arts_{stage}")),
        ((*by, "艺术", "综合"), of(f"teachers_arts_{stage}")),
        ((*top, "中级及以上专业技术职务"), of(f"teachers_intermediate_plus_{stage}")),
    ]


LAYOUTS: tuple[Layout, ...] = (
    Layout("教基1001", "学校（机构）基本情况", (*OFFICE_TYPES,), [
        (("是否计校数",), lambda s: "是" if s["counts_as_school"] else "否"),
        (("主校标识码",), of("parent_school_code")),
        (("城乡分类",), of("urban_rural_code")),
        (("办学性质",), lambda s: {"public": "公办", "private": "民办"}[s["ownership"]]),
        (("建校年份",), of("founding_year")),
    ]),
    Layout("教基1102续", "学校（机构）补充情况（续）", LOWER, [
        (("县级及以上骨干教师", "小学"), of("key_teachers_county_plus_primary")),
        (("县级及以上骨干教师", "初中"), of("key_teachers_county_plus_junior")),
    ]),
    Layout("教基2106", "小学班数、班额情况", PRIMARY, _classes("primary")),
    Layout("教基2107", "初中班数、班额情况", JUNIOR, _classes("junior")),
    Layout("教基3112", "小学学生情况", PRIMARY, [
        (("毕业生数",), lambda _: 7),
        (("在校生数", "合计"), either("enrolment_primary", "attached_primary_enrolment")),
        *((("在校生数", word), of(f"enrolment_grade_{n}")) for n, word in enumerate(GRADES, 1)),
    ]),
    Layout("教基3115", "初中学生情况", JUNIOR, [
        (("毕业生数",), of("graduates_junior")),
        (("在校生数", "合计"), either("enrolment_junior", "attached_junior_enrolment")),
        *((("在校生数", word), of(f"enrolment_grade_{n}")) for n, word in enumerate(GRADES[:3], 7)),
    ]),
    Layout("教基3118", "普通高中学生情况", SENIOR, [
        (("在校生数", "合计"), of("enrolment_senior")),
        *((("在校生数", word), of(f"enrolment_grade_{n}")) for n, word in enumerate(GRADES[:3], 10)),
    ]),
    Layout("教基3120", "特殊教育学生情况", ("special",), [
        (("在校生数", "小学阶段"), of("enrolment_primary")),
        (("在校生数", "初中阶段"), of("enrolment_junior")),
    ]),
    Layout("教基4149", "中学教职工情况", UPPER, [
        (("教职工数", "合计"), lambda _: 99),
        (("专任教师", "高中"), of("full_time_teachers_senior")),
    ]),
    Layout("教基4153", "义务教育学校教职工情况", LOWER, [
        (("教职工数", "合计"), lambda _: 99),
        (("专任教师", "小学"), of("full_time_teachers_primary")),
        (("专任教师", "初中"), of("full_time_teachers_junior")),
    ]),
    Layout("教基4155", "小学专任教师情况", PRIMARY, _teachers("primary")),
    Layout("教基4156", "中学专任教师情况", UPPER, [
        *_teachers("junior", "初中"),
        (("高中", "专任教师", "合计"), of("full_time_teachers_senior")),
    ]),
    Layout("教基5170", "学校校舍、占地面积情况", (*OFFICE_TYPES,), [
        (("占地面积（平方米）", "合计"), of("campus_area_m2")),
        (("占地面积（平方米）", "其中：绿化用地面积"), of("green_area_m2")),
        (("校舍建筑面积（平方米）", "合计"), of("building_area_m2")),
        (("校舍建筑面积（平方米）", "教学及辅助用房", "计"), of("teaching_auxiliary_area_m2")),
        (("校舍建筑面积（平方米）", "教学及辅助用房", "室内体育用房"), of("indoor_sports_room_area_m2")),
        (("校舍建筑面积（平方米）", "教学及辅助用房", "体育馆"), of("gymnasium_area_m2")),
    ]),
    Layout("教基5176", "学校办学条件情况", (*OFFICE_TYPES,), [
        (("运动场地面积（平方米）",), of("sports_ground_area_m2")),
        (("图书（册）",), of("books")),
        (("计算机数（台）", "合计"), of("computers")),
        (("教室（间）", "普通教室"), of("regular_classrooms")),
        (("教室（间）", "网络多媒体教室"), of("multimedia_classrooms")),
        (("固定资产总值（万元）", "合计"), lambda _: Decimal("12345.67")),
        (("固定资产总值（万元）", "教学仪器设备资产值"), wan("equipment_value_yuan")),
    ]),
)  # fmt: skip


ATTACHED = {
    "教基2106": "219", "教基3112": "219", "教基4155": "219", "教基2107": "319", "教基3115": "319", "教基4156": "319",
}  # fmt: skip
"""Forms of one stage, and the 办学类型 of attached classes in them."""


def listed(layout: Layout, school: School) -> bool:
    """Whether the form has a row for the school."""
    return school["school_type"] in layout.types or attached(layout, school)


def attached(layout: Layout, school: School) -> bool:
    """Whether its row is one of attached classes."""
    name = {"219": "attached_primary_enrolment", "319": "attached_junior_enrolment"}
    either_stage = ATTACHED.get(layout.form, "219319" if layout.form in BOTH_STAGES else "")
    outside = school["school_type"] not in layout.types
    return outside and any(code in either_stage and school.get(n) for code, n in name.items())


BOTH_STAGES = ("教基1102续", "教基4153")


@dataclass(frozen=True)
class Style:
    """How the workbooks of a set are laid out."""

    headings: str = "merged"
    """merged; repeated: unmerged, in every cell; once: unmerged, over the first column only."""
    moved: int = 0
    """Seed for another order of the columns; 0 keeps the order."""
    extra: bool = False
    """Columns nobody knows."""
    title: str = "{form} {title}（2025/2026学年初）"
    """Text of the title; without {form} the sheet is known by its words or headings."""
    sheet: str = "{form}"
    file: str = "{form}.xlsx"
    ordinals: bool = True
    sums: bool = True
    text: bool = False
    """Numbers as text."""


def wide(rows: Mapping[str, Sequence[School]]) -> list[School]:
    """One record a school out of the rows of a made county."""
    found: dict[str, dict[str, Any]] = {}
    for table in ("schools", "seats", "staffing", "facilities", "finance", "quality"):
        for row in rows[table]:
            found.setdefault(row["school_code"], {}).update(row)
    return list(found.values())


def write_set(
    folder: Path,
    schools: Sequence[School],
    style: Style = Style(),
    *,
    without: Iterable[str] = (),
    **change: Any,
) -> list[Path]:
    """Write the forms, one file each unless the style names one file for several."""
    style = replace(style, **change)
    folder.mkdir(parents=True, exist_ok=True)
    books: dict[str, Workbook] = {}
    for layout in LAYOUTS:
        if layout.form in without:
            continue
        name = style.file.format(form=layout.form, title=layout.title)
        book = books.setdefault(name, Workbook(str(folder / name)))
        write_sheet(book, layout, [s for s in schools if listed(layout, s)], style)
    for book in books.values():
        book.close()
    return [folder / name for name in books]


def write_sheet(book: Workbook, layout: Layout, schools: Sequence[School], style: Style) -> Any:
    """One form on one sheet of an open workbook; returns the sheet."""
    sheet = book.add_worksheet(style.sheet.format(form=layout.form, title=layout.title))
    columns = _columns(layout, style)
    sheet.write_string(0, 0, style.title.format(form=layout.form, title=layout.title))
    row = _write_headings(sheet, 1, [path for path, _ in columns], style.headings)
    if style.ordinals:
        sheet.write_row(row, 0, ["甲乙丙丁"[n] if n < 4 else n - 3 for n in range(len(columns))])
        row += 1
    if style.sums:
        sums = ["合计" if path == IDENTITY[0][0] else 999_999 for path, _ in columns]
        sheet.write_row(row, 0, sums)
        row += 1
    for school in schools:
        for at, (path, cell) in enumerate(columns):
            value = cell(school)
            if path == ("办学类型",) and attached(layout, school):
                value = ATTACHED.get(layout.form, value)
            if value is not None:
                _put(sheet, row, at, value, text=style.text)
        row += 1
    return sheet


def _columns(layout: Layout, style: Style) -> list[Column]:
    columns = [*IDENTITY, *layout.columns]
    if style.extra:
        columns[4:4] = [(("备注", "其他"), lambda _: "无关")]
        columns.append((("新增指标", "甲项"), lambda _: 5))
    return _moved(columns, style.moved) if style.moved else columns


def _put(sheet: Any, row: int, at: int, value: Cell, *, text: bool) -> None:
    if isinstance(value, str) or text:
        sheet.write_string(row, at, str(value))
    else:
        sheet.write_number(row, at, value)


def _moved(columns: Sequence[Column], seed: int) -> list[Column]:
    """Groups under one top heading stay together, as they do on paper."""
    groups: dict[str, list[Column]] = {}
    for column in columns:
        groups.setdefault(column[0][0], []).append(column)
    order = list(groups.values())
    random.Random(seed).shuffle(order)
    return [column for group in order for column in group]


def _write_headings(sheet: Any, first: int, paths: Sequence[tuple[str, ...]], how: str) -> int:
    """The heading block; returns the row under it."""
    depth = max(map(len, paths))
    for level in range(depth):
        at = 0
        while at < len(paths):
            path = paths[at]
            if level >= len(path):
                at += 1
                continue
            last = at
            leaf = level == len(path) - 1
            while (
                not leaf
                and last + 1 < len(paths)
                and paths[last + 1][: level + 1] == path[: level + 1]
            ):
                last += 1
            bottom = first + (depth - 1 if leaf else level)
            _heading(sheet, (first + level, at, bottom, last), path[level], how)
            at = last + 1
    return first + depth


def _heading(sheet: Any, box: tuple[int, int, int, int], text: str, how: str) -> None:
    top, left, bottom, right = box
    if how == "merged" and (top, left) != (bottom, right):
        sheet.merge_range(top, left, bottom, right, text)
    elif how == "repeated":
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                sheet.write_string(row, column, text)
    else:
        sheet.write_string(top, left, text)
