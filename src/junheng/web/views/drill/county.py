"""One county: its conclusion, areas, lines, coefficients of variation, what to look at first."""

from functools import lru_cache
from pathlib import Path

from django.http import HttpResponseBase
from django.utils.safestring import SafeString

from junheng.web.access import DeskRequest, needs
from junheng.web.cells import Cell, Column, Value
from junheng.web.results.drawing import county_map
from junheng.web.results.looking import STAGES, County, Result
from junheng.web.results.tones import amount_cell, value_cell, verdict_cell
from junheng.web.roles import Permission
from junheng.web.tables import Table, answer
from junheng.web.views.drill.finding import Looking, look
from junheng.web.views.drill.links import Links


@needs(Permission.SEE_RESULTS)
def county(request: DeskRequest, pk: int, code: str) -> HttpResponseBase:
    looking = look(request, pk)
    found = looking.county(code)
    areas = [
        {"title": area["title"], "verdict": told[0], "reasons": told[1]}
        for area, told in zip(looking.result.city["areas"], found.told["areas"], strict=True)
    ]
    context = looking.context(
        [(found.name, "")],
        county=found,
        areas=areas,
        spreads=_spreads(looking, found),
        gaps=_gaps(looking, found),
        map=_map(pk, looking.run.path, code),
    )
    return answer(request, "desk/drill/county.html", _lines(looking, found), context)


@lru_cache(maxsize=128)
def _map(pk: int, folder: Path, code: str) -> SafeString:
    """Drawn once for each county of a result."""
    county = Result(folder).county(code)
    return county_map(county, Links(pk).school)


@needs(Permission.SEE_RESULTS)
def shortfalls(request: DeskRequest, pk: int, code: str) -> HttpResponseBase:
    """整改清单: everything that fails or lacks data, item by item."""
    looking = look(request, pk)
    found = looking.county(code)
    columns = [
        Column("方面"), Column("指标"), Column("学校或区县", sticky=True, wide=True), Column("结论"), Column("内容", wide=True),
        Column("现状"), Column("要求"), Column("差多少", wide=True),
    ]  # fmt: skip
    rows: list[list[Value]] = []
    for area, line, label, school, verdict, what, value, limit, gap, name in found.block[
        "shortfalls"
    ]:
        who = found.schools[school].name if school in found.schools else name or school
        link = (
            looking.links.cells(school, line)
            if school in found.schools and line in found.lines
            else ""
        )
        rows.append([
            found.text(area), f"{line} {found.text(label)}", Cell(who, link=link), verdict_cell(verdict), found.text(what),
            found.text(value), found.text(limit), found.text(gap),
        ])  # fmt: skip
    context = looking.context([*looking.county_crumb(found), ("整改清单", "")], county=found)
    return answer(
        request,
        "desk/drill/shortfalls.html",
        Table(f"{found.name}整改清单", columns, rows),
        context,
    )


def _lines(looking: Looking, found: County) -> Table:
    columns = [
        Column("指标", sticky=True), Column("内容", wide=True), Column("方面"), Column("结论"), Column("情况", wide=True),
        Column("合计还差", number=True),
    ]  # fmt: skip
    titles = [area["title"] for area in looking.result.city["areas"]]
    rows = [
        [
            Cell(code, link=looking.links.line(found.code, code)), label,
            titles[found.told["areaOf"][code]], verdict_cell(verdict), told, amount_cell(lack),
        ]
        for code, label, verdict, told, lack in found.told["lines"]
    ]  # fmt: skip
    return Table(f"{found.name}各项指标", columns, rows)


def _spreads(looking: Looking, found: County) -> Table:
    columns = [
        Column("指标", sticky=True, wide=True), Column("学段"), Column("差异系数", number=True), Column("限值", number=True),
        Column("结论"), Column("学校", number=True), Column("怎样才会改变", wide=True),
    ]  # fmt: skip
    rows = [
        [
            Cell(f"{each['code']} {found.indicators[each['code']]['short']}",
                 link=looking.links.line(found.code, each["code"])),
            STAGES[each["stage"]], value_cell(each["cv"], each["verdict"]), value_cell(each["limit"], ""),
            verdict_cell(each["verdict"]), each["parts"], each["flip"],
        ]
        for each in found.block["spreads"]
    ]  # fmt: skip
    return Table(f"{found.name}校际差异系数", columns, rows, key="cv")


def _gaps(looking: Looking, found: County) -> Table:
    columns = [
        Column("指标", sticky=True, wide=True), Column("未达标学校", number=True), Column("到标准还差", number=True),
        Column(f"到{found.block['floor']}底线还差", number=True), Column("差得最多的学校", wide=True),
    ]  # fmt: skip
    rows: list[list[Value]] = []
    for each in found.block["gaps"]:
        most = "、".join(
            f"{found.schools[code].name}{amount}{each['unit']}"
            for code, amount in each["each"][:3]
            if code in found.schools
        )
        rows.append([
            Cell(f"{each['code']} {found.indicators[each['code']]['short']}",
                 link=looking.links.line(found.code, each["code"])),
            each["schools"], amount_cell(each["total"]), amount_cell(each["floor"]), most,
        ])  # fmt: skip
    return Table(f"{found.name}差多少", columns, rows, key="gap")
