"""学校成绩单: one A4 page a school: its numbers against the limits, its band, what it lacks."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from junheng.diagnosis import ClauseVerdict, CountyVerdict, Line, PartVerdict, SchoolPoint, Verdict
from junheng.publish.book.cells import Cell, Word, exact_cell, tone_of
from junheng.publish.book.columns import chosen
from junheng.publish.digits import amount_text, value_text
from junheng.publish.line_words import figure_limit, figure_value
from junheng.publish.totals import lacks
from junheng.publish.word.bands import Values, band, values_of
from junheng.publish.word.frame import ONE_SHEET, Frame
from junheng.publish.word.grid import Column, table
from junheng.publish.word.markup import paragraph, run
from junheng.publish.word.telling import chinese_day, count, header_words, said
from junheng.publish.wording import percent, short_label, verdict_word, way_sentence
from junheng.registry.settlements import settlement
from junheng.studies import Study
from junheng.years import SchoolYear

TITLE = "学校成绩单"
ALL = f"{TITLE}（全部）.docx"
MOST_WAYS = 2
POINTS = 9
SEVEN = (
    Column("学段", 12, "center"),
    Column("代码", 11, "center"),
    Column("指标", 42),
    Column("数值", 24, "right"),
    Column("标准≥", 17, "right"),
    Column("结论", 20, "center"),
    Column("县内位置", 23, "center"),
    Column("还差（全校）", 25, "right"),
)
OTHERS = (
    Column("代码", 12, "center"),
    Column("逐校要求", 66),
    Column("数值", 22, "right"),
    Column("标准", 20, "right"),
    Column("结论", 16, "center"),
    Column("还差或须补报", 38),
)
Point = tuple[Line, ClauseVerdict, SchoolPoint]
UNLAWFUL_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


@dataclass(frozen=True)
class School:
    """Who a card is about."""

    code: str
    name: str
    about: str
    """Kind, ownership and settlement in words."""


def cards(study: Study, county: CountyVerdict) -> Iterator[tuple[str, bytes]]:
    """A file with all cards of the county, then one file a school."""
    on = study.assessment.on
    frame = Frame(title=f"{county.name}{TITLE}", subject=str(SchoolYear(study.assessment.year)),
                  header=header_words(county, TITLE), on=on)  # fmt: skip
    book = Cards(study, county)
    made = [(school, book.card(school)) for school in schools_of(study, county)]
    pages = [
        told.replace("<w:pageBreakBefore/>", "", 1) if not n else told
        for n, (_, told) in enumerate(made)
    ]
    told = "".join(pages) or paragraph(run("没有学校数据。"), "Small")
    yield ALL, frame.packed(told, ONE_SHEET)
    for school, page in made:
        name = UNLAWFUL_NAME.sub("", school.name)
        alone = page.replace("<w:pageBreakBefore/>", "", 1)
        yield f"{TITLE}/{school.code} {name}.docx", frame.packed(alone, ONE_SHEET)


def schools_of(study: Study, county: CountyVerdict) -> list[School]:
    """Every school of the county, those that filed nothing too, in the order of their codes."""
    rows = study.snapshot.facts["schools"].iter_rows(named=True)
    found = {
        row["school_code"]: School(row["school_code"], row["school_name"] or "", _about(row))
        for row in rows
        if row["location_unit"] == county.code
    }
    for each in county.missing:
        found.setdefault(each.code, School(each.code, each.name, ""))
    return [found[code] for code in sorted(found)]


def _about(row: dict[str, str | None]) -> str:
    told = (
        chosen("school_type", row["school_type"]),
        chosen("ownership", row["ownership"]),
        settlement(row["urban_rural_code"]),
    )
    return "　".join(word for word in told if word)


class Cards:
    """Everything of a county that the cards ask for, looked up once."""

    def __init__(self, study: Study, county: CountyVerdict) -> None:
        self.county = county
        self.year, self.on = SchoolYear(study.assessment.year), study.assessment.on
        self.values: Values = values_of(county)
        self.parts: dict[str, list[PartVerdict]] = defaultdict(list)
        self.points: dict[str, list[Point]] = defaultdict(list)
        self.outside: dict[str, list[str]] = defaultdict(list)
        self._look_up()

    def _look_up(self) -> None:
        county = self.county
        for part in county.parts:
            self.parts[part.school_code].append(part)
            for code in filter(None, part.merged.split("、")):
                self.outside[code].append(f"并入{part.school_name}计算")
        for found in _points(county):
            self.points[found[2].school_code].append(found)
        for left in county.left_out:
            self.outside[left.code].append(f"不参加资源配置计算：{left.reason}")
        for absent in county.missing:
            self.outside[absent.code].append(f"缺报：{absent.reason}")

    def card(self, school: School) -> str:
        """The page of one school."""
        county = self.county
        parts = self.parts.get(school.code, [])
        lines = [
            paragraph(run(school.name), "SheetTitle", "<w:pageBreakBefore/>"),
            _small(
                f"学校代码 {school.code}　{school.about}　{self.year}　评估日期 {chinese_day(self.on)}"
            ),
            *(_small(self._verdict(part)) for part in parts),
            *(_small(f"{told}。") for told in dict.fromkeys(self.outside.get(school.code, []))),
        ]
        if parts:
            lines += [
                _head("一、七项指标"),
                table(SEVEN, [r for p in parts for r in self._seven(p)], points=POINTS),
            ]
            lines += [_small(told) for told in self._lacking(parts)]
        points = self.points.get(school.code, [])
        if points:
            rows = [row for line, judged, point in points for row in _others(line, judged, point)]
            lines += [
                _head("二、其他逐校要求" if parts else "一、逐校要求"),
                table(OTHERS, rows, points=POINTS),
            ]
        if parts:
            floor = percent(county.standard.floor_share)
            lines.append(
                _small(
                    f"县内位置：同学段学校（学段部）按数值分四段，■越多越靠前，只供本校改进参考，不是排名。七项中允许一项低于标准，但不得低于标准的{floor}。"
                )
            )
        return "".join(lines)

    def _verdict(self, part: PartVerdict) -> str:
        word = verdict_word(part.verdict, near=part.near)
        return f"{part.title}：{part.stage.label}学生{count(part.pupils)}人，七项指标达标{part.met}项，学校标准{word}。"

    def _seven(self, part: PartVerdict) -> Iterator[list[Cell]]:
        for each in part.indicators:
            tone = tone_of(each.verdict, near=each.near)
            among = self.values.get((part.stage, each.indicator), [])
            lack = each.gap if each.verdict is Verdict.FAIL else None
            yield [
                part.stage.label, each.indicator, short_label(each.indicator),
                Word(value_text(each), tone), exact_cell(each.limit),
                Word(verdict_word(each.verdict, near=each.near), tone), band(each.value, among),
                amount_text(lack.to_limit, lack.unit) if lack else None,
            ]  # fmt: skip

    def _lacking(self, parts: list[PartVerdict]) -> Iterator[str]:
        """What the whole school lacks, and the ways in which a part reaches the school rule."""
        here = replace(self.county, parts=tuple(parts))
        told = [
            f"{short_label(lack.indicator)}{amount_text(lack.to_limit, lack.unit)}"
            for lack in lacks(here)
            if lack.to_limit
        ]
        yield (
            f"都补到标准，全校还差：{'、'.join(told)}。"
            if told
            else "七项指标都达到标准，没有缺口。"
        )
        for part in parts:
            if part.verdict is Verdict.FAIL:
                ways = sorted(part.ways, key=lambda way: len(way.additions))[:MOST_WAYS]
                floor = self.county.standard.floor_share
                for number, way in enumerate(ways, start=1):
                    yield f"{part.stage.label}达标办法{number}：{way_sentence(way, floor)}。"


def _points(county: CountyVerdict) -> Iterator[Point]:
    """What is asked of every school beside the seven indicators."""
    for line in county.lines:
        if line.code not in county.standard.indicators:
            for judged in line.clauses:
                yield from ((line, judged, point) for point in judged.schools)


def _others(line: Line, judged: ClauseVerdict, point: SchoolPoint) -> Iterator[list[Cell]]:
    for figure in point.figures:
        stage = f"{figure.stage.label} " if figure.stage is not None else ""
        yield [
            line.code, f"{stage}{figure.label}", figure_value(figure), figure_limit(figure),
            said(figure.verdict), figure.gap or None,
        ]  # fmt: skip
    if not point.figures:
        yield [line.code, line.label, None, None, said(point.verdict), _to_do(judged, point)]


def _to_do(judged: ClauseVerdict, point: SchoolPoint) -> str | None:
    if point.verdict is Verdict.NO_DATA:
        papers = "、".join(judged.demand.clause.evidence)
        return f"{point.reason}；补报：{papers}" if papers else point.reason
    return point.reason or None


def _small(text: str) -> str:
    return paragraph(run(text), "Small")


def _head(text: str) -> str:
    return paragraph(run(text), "SmallHead")
