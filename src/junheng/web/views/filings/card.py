"""学校成绩单 of a return just handed in: its numbers against the limits, its band, what it lacks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.http import HttpResponseBase

from junheng.diagnosis import CountyVerdict, PartIndicator, PartVerdict, Verdict
from junheng.errors import RefusedError
from junheng.publish.book.cells import exact_cell
from junheng.publish.digits import amount_text, value_text
from junheng.publish.line_words import figure_limit, figure_value
from junheng.publish.totals import lacks
from junheng.publish.word.bands import Values, band
from junheng.publish.wording import percent, short_label, verdict_word, way_sentence
from junheng.web.access import DeskRequest, needs
from junheng.web.actions import filings
from junheng.web.actions.filings.known import HANDED_IN
from junheng.web.cells import Cell, Column
from junheng.web.roles import Permission
from junheng.web.tables import Table, answer
from junheng.web.tones import tone
from junheng.web.views.filings.case import trail_of
from junheng.web.views.filings.fetching import case_of, standing_of, today
from junheng.web.views.filings.previewing import alone, preview
from junheng.years import SchoolYear

SEVEN = (
    Column("指标", sticky=True, wide=True),
    Column("学段"),
    Column("本校", number=True),
    Column("标准", number=True, note="不低于"),
    Column("结论"),
    Column("县内位置"),
    Column("还差（全校）", number=True),
)
OTHERS = (
    Column("要求", sticky=True, wide=True),
    Column("数值", number=True),
    Column("标准", number=True),
    Column("结论"),
    Column("还差或须补报", wide=True),
)
MOST_WAYS = 2


@dataclass(frozen=True)
class PartLine:
    """One stage of the school in one sentence, with its ways to the standard."""

    title: str
    word: str
    sentence: str
    ways: tuple[str, ...]


@needs(Permission.SEE_CASES)
def card(request: DeskRequest, pk: int) -> HttpResponseBase:
    case = case_of(request, pk)
    owner = filings.owner_of(case)
    if not owner.school:
        raise RefusedError("成绩单是学校的。区县的结论请看“预览结论”。")
    on = today()
    if not case.data.get("file"):
        raise RefusedError("还没有交数据，没有成绩单。请先上传工作簿或在页面上填写。")
    assert case.subject.parent is not None
    seen = preview(case.subject.parent, case.year, on=on)
    counted = case.state in HANDED_IN and seen.county is not None
    county = seen.county if counted else alone(case, on=on)
    if county is None:
        raise RefusedError(
            "交来的工作簿里没有可以评估的本校数据，出不了成绩单。请先按填报页面列出的问题改正。"
        )
    values = seen.values
    parts = [part for part in county.parts if part.school_code == owner.school]
    seven = Table("七项指标", SEVEN, [r for p in parts for r in _seven(p, values)], key="seven")
    others = Table("其他逐校要求", OTHERS, list(_others(county, owner.school)), key="others")
    context = {
        "case": case, "owner": owner, "school_year": SchoolYear(case.year), "on": on,
        "standing": standing_of(case), "parts": [_line(county, part) for part in parts],
        "lacking": _lacking(county, parts), "outside": _outside(county, owner.school),
        "others": others, "floor": percent(county.standard.floor_share), "counted": counted,
        "handed_in": seen.handed_in, "schools": seen.schools,
        "trail": trail_of(request, case, ("成绩单", "")),
    }  # fmt: skip
    return answer(request, "desk/filings/card.html", seven, context)


def _seven(part: PartVerdict, values: Values) -> Iterator[list[Cell]]:
    for each in part.indicators:
        word = verdict_word(each.verdict, near=each.near)
        yield [
            Cell(f"{each.indicator} {short_label(each.indicator)}"),
            Cell(part.stage.label),
            Cell(value_text(each)),
            Cell(str(exact_cell(each.limit).value)),
            Cell(word, tone=tone(word)),
            Cell(band(each.value, values.get((part.stage, each.indicator), []))),
            Cell(_gap(each)),
        ]


def _gap(each: PartIndicator) -> str:
    if each.verdict is not Verdict.FAIL or each.gap is None:
        return ""
    return amount_text(each.gap.to_limit, each.gap.unit)


def _others(county: CountyVerdict, code: str) -> Iterator[list[Cell]]:
    for line in county.lines:
        if line.code in county.standard.indicators:
            continue
        for judged in line.clauses:
            for point in judged.schools:
                if point.school_code != code:
                    continue
                for figure in point.figures:
                    stage = f"{figure.stage.label} " if figure.stage is not None else ""
                    yield _row(
                        f"{line.code} {stage}{figure.label}", figure_value(figure),
                        figure_limit(figure), figure.verdict, figure.gap or "",
                    )  # fmt: skip
                if not point.figures:
                    papers = "、".join(judged.demand.clause.evidence)
                    lacking = point.verdict is Verdict.NO_DATA and papers
                    told = f"{point.reason}；补报：{papers}" if lacking else point.reason
                    yield _row(f"{line.code} {line.label}", "", "", point.verdict, told)


def _row(what: str, value: str, limit: str, verdict: Verdict, told: str) -> list[Cell]:
    return [
        Cell(what),
        Cell(value),
        Cell(limit),
        Cell(verdict.value, tone=tone(verdict.value)),
        Cell(told),
    ]


def _line(county: CountyVerdict, part: PartVerdict) -> PartLine:
    word = verdict_word(part.verdict, near=part.near)
    sentence = f"{part.stage.label}学生 {part.pupils} 人，七项指标达标 {part.met} 项"
    ways: tuple[str, ...] = ()
    if part.verdict is Verdict.FAIL:
        shortest = sorted(part.ways, key=lambda way: len(way.additions))[:MOST_WAYS]
        ways = tuple(way_sentence(way, county.standard.floor_share) for way in shortest)
    return PartLine(part.title, word, sentence, ways)


def _lacking(county: CountyVerdict, parts: Sequence[PartVerdict]) -> list[tuple[str, str]]:
    """(thing, amount): teachers, m², yuan and rooms that the whole school lacks to every limit."""
    here = replace(county, parts=tuple(parts))
    return [
        (short_label(each.indicator), amount_text(each.to_limit, each.unit))
        for each in lacks(here)
        if each.to_limit
    ]


def _outside(county: CountyVerdict, code: str) -> list[str]:
    """Why the school, or what belongs to it, is not counted by itself."""
    found = [f"并入{p.school_name}计算" for p in county.parts if code in p.merged.split("、")]
    found += [f"不参加资源配置计算：{x.reason}" for x in county.left_out if x.code == code]
    return list(dict.fromkeys(found))
