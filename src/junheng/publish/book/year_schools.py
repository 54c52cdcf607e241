"""The school sheets of 历年册: verdicts and values by year along each school's line, lineage, jumps."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from junheng.diagnosis import PartIndicator, PartVerdict
from junheng.indicators import CATALOGUE
from junheng.publish.book.cells import Cell, Number, Tone, Word, value_cell, verdict_cell
from junheng.publish.book.listing import Heading, Listing
from junheng.publish.book.year_lists import MARKED, changed_words, notes, year_headings
from junheng.publish.digits import at_places
from junheng.publish.wording import short_label
from junheng.publish.year_words import jump_order, life_words
from junheng.schema import Stage
from junheng.studies import SchoolYears, Years
from junheng.years import SchoolYear

SCHOOL = (Heading("学校代码", 11.5, "center"), Heading("学校", 26), Heading("学段", 5, "center"))


def _school(school: SchoolYears, stage: Stage) -> list[Cell]:
    return [school.life.code, school.life.name, stage.label]


def schools(years: Years) -> Listing:
    """The verdict of every stage part by year, with pupils and how many indicators are met."""
    three = [
        Heading(text, width, "center", above=(head.text,))
        for head in year_headings(years, 0)
        for text, width in (("学生数", 8), ("达标项数", 6), ("结论", 9))
    ]
    rows: list[list[Cell]] = []
    for school in years.schools:
        for stage in school.stages:
            cells = [cell for y in years.span for cell in _part(school.parts[stage].get(y))]
            rows.append([*_school(school, stage), *cells, life_words(school.life, years)])
        if not school.stages:
            told = life_words(school.life, years) or "各年都不参加计算"
            blank: list[Cell] = [None] * (3 * len(years.span))
            rows.append([school.life.code, school.life.name, None, *blank, told])
    return Listing(
        name="学校历年结论",
        title="学校历年结论",
        notes=notes(years, "一行跟着一所学校走：改名、改变类型后代码不同的，按学校沿革接在一起。"),
        headings=[*SCHOOL, *three, Heading("沿革", 34)],
        rows=rows,
        sticky=3,
    )


def _part(part: PartVerdict | None) -> list[Cell]:
    if part is None:
        return [None, None, None]
    return [part.pupils, part.met, verdict_cell(part.verdict, near=part.near)]


def values(years: Years) -> Listing:
    """Every indicator of every stage part by year."""
    rows = [
        row
        for school in years.schools
        for stage in school.stages
        for row in _values(years, school, stage)
    ]
    return Listing(
        name="学校历年数值",
        title="学校各项指标历年数值",
        notes=notes(
            years,
            "颜色是那一年的结论；没有数的格子是没有封存、没有填报或那一年没有这所学校。",
            MARKED,
        ),
        headings=[
            *SCHOOL,
            Heading("指标", 5, "center"),
            Heading("名称", 22),
            Heading("单位", 8, "center"),
            *year_headings(years, 14),
            Heading("口径变化的学年", 16),
        ],
        rows=rows,
        sticky=4,
    )


def _values(years: Years, school: SchoolYears, stage: Stage) -> Iterator[list[Cell]]:
    parts = school.parts[stage]
    for code in dict.fromkeys(i.indicator for part in parts.values() for i in part.indicators):
        cells: list[Cell] = []
        for year in years.span:
            judged = _judged(parts.get(year), code)
            cells.append(None if judged is None else value_cell(judged))
        marked = changed_words(years, school.life.county, code, spread=False)
        unit = CATALOGUE[code].unit
        yield [*_school(school, stage), code, short_label(code), unit, *cells, marked]


def _judged(part: PartVerdict | None, code: str) -> PartIndicator | None:
    if part is None:
        return None
    return next((each for each in part.indicators if each.indicator == code), None)


def lineage(years: Years) -> Listing:
    """学校沿革."""
    return Listing(
        name="学校沿革",
        title="学校沿革",
        notes=notes(
            years, "来自各年填报的学校沿革；没有沿革记录而出现或不见的学校也列在这里，请核实。"
        ),
        headings=[
            Heading("学年", 13, "center"),
            Heading("变化", 22),
            Heading("原代码", 12, "center"),
            Heading("原校名", 28),
            Heading("新代码", 12, "center"),
            Heading("新校名", 28),
            Heading("日期", 11, "center"),
            Heading("批准文件", 22),
        ],
        rows=[
            [
                str(SchoolYear(each.year)),
                each.label,
                each.old_code,
                each.old_name,
                each.new_code,
                each.new_name,
                None if each.changed_on is None else each.changed_on.isoformat(),
                each.document,
            ]
            for each in years.lineage
        ],
        sticky=0,
    )


def jumps(years: Years) -> Listing:
    """变化大的数值, with what was written beside them."""
    return Listing(
        name="大变化与说明",
        title="较上年变化大的数值与异常说明",
        notes=notes(
            years, "变化的幅度见校验目录（平台约定）；既没有异常说明也没有沿革的排在前面。"
        ),
        headings=[
            Heading("学校代码", 11.5, "center"),
            Heading("学校", 26),
            Heading("学年", 13, "center"),
            Heading("栏目", 26),
            Heading("单位", 6, "center"),
            Heading("上年", 14),
            Heading("本年", 14),
            Heading("变化", 11),
            Heading("校验", 8, "center"),
            Heading("异常说明", 40),
            Heading("当年沿革", 14),
        ],
        rows=[
            [
                each.school_code,
                each.school_name,
                str(SchoolYear(each.year)),
                each.label,
                each.unit,
                _amount(each.was),
                _amount(each.now),
                None if not each.was else _percent(each.change / each.was),
                each.check,
                each.explanation or Word("没有", Tone.PLAIN if each.lineage else Tone.NEAR),
                each.lineage,
            ]
            for each in sorted(years.jumps, key=jump_order)
        ],
        sticky=2,
    )


def _amount(value: Decimal) -> Number:
    places = max(0, -int(value.normalize().as_tuple().exponent))
    return Number(value, places)


def _percent(share: Decimal) -> Number:
    return Number(at_places(Fraction(share) * 100, 1), 1, signed=True, suffix="%")
