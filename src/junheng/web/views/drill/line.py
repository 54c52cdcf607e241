"""One indicator or line of one county: bars of the schools, the coefficient of variation, clauses."""

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponseBase

from junheng.web.access import DeskRequest, needs
from junheng.web.cells import Cell, Column
from junheng.web.results.drawing import share_bars, value_bars
from junheng.web.results.looking import STAGES, County
from junheng.web.results.tones import amount_cell, number_of, value_cell, verdict_cell
from junheng.web.roles import Permission
from junheng.web.tables import Table, answer
from junheng.web.views.drill.finding import Looking, look


@needs(Permission.SEE_RESULTS)
def line(request: DeskRequest, pk: int, code: str, item: str) -> HttpResponseBase:
    looking = look(request, pk)
    found = looking.county(code)
    if item not in found.lines:
        raise Http404
    context = looking.context(
        [*looking.county_crumb(found), (f"{item} {found.lines[item]['label']}", "")],
        county=found,
        line=found.lines[item],
        clauses=found.lines[item]["clauses"],
    )
    if item in found.indicators:
        context |= {"indicator": found.indicators[item], "stages": _stages(found, item)}
        table = _schools(looking, found, item)
    else:
        context["figures"] = _figures(found, item)
        table = _points(looking, found, item)
    return answer(request, "desk/drill/line.html", table, context)


def _stages(found: County, item: str) -> list[dict[str, Any]]:
    """By stage: the CV in its variants, the schools that make it, the values as bars."""
    each, told = found.indicators[item], []
    names = {v["code"]: v for v in found.block["variants"]}
    for spread in found.spreads_of(item):
        stage = spread["stage"]
        parts = [part for part in found.block["parts"] if part["st"] == stage]
        values = [
            (part["t"], number, part["i"][each["n"]][1])
            for part in parts
            if (number := number_of(part["i"][each["n"]][0])) is not None
        ]
        shares = [
            (found.schools[school].name, Decimal(share), below)
            for school, share, below in spread["shares"]
            if school in found.schools
        ]
        told.append({
            **spread, "title": STAGES[stage],
            "variants": [
                (names[name]["label"], value, verdict, names[name]["used"])
                for name, (value, verdict) in spread["variants"].items() if name in names
            ],
            "bars": value_bars(values, number_of(each["limit"][stage]), each["unit"]),
            "shares": share_bars(shares),
            "missing": "、".join(found.schools[s].name for s in spread["missing"] if s in found.schools),
        })  # fmt: skip
    return told


def _schools(looking: Looking, found: County, item: str) -> Table:
    each = found.indicators[item]
    columns = [
        Column("学校", sticky=True, wide=True), Column("学段"), Column("学生", number=True),
        Column(f"{item} {each['short']}", number=True, note=each["unit"]), Column("结论"), Column("还差", number=True), Column("县内位置"),
    ]  # fmt: skip
    rows = []
    for part in found.block["parts"]:
        value = part["i"][each["n"]]
        link = looking.links.cells(part["s"], item)
        rows.append([
            Cell(part["t"], link=f"{link}#{part['st']}"), STAGES[part["st"]], part["p"], value_cell(value[0], value[1]),
            verdict_cell(value[1]), amount_cell(value[2]), value[3],
        ])  # fmt: skip
    return Table(f"{found.name}{item} {each['label']}", columns, rows)


def _figures(found: County, item: str) -> list[dict[str, str]]:
    return [
        found.figure(row) for clause in found.lines[item]["clauses"] for row in clause["figures"]
    ]


def _points(looking: Looking, found: County, item: str) -> Table:
    """What the clauses of a line say of every school."""
    columns = [
        Column("学校", sticky=True, wide=True), Column("结论"), Column("内容", wide=True), Column("现状", number=True),
        Column("要求", number=True), Column("差多少或原因", wide=True),
    ]  # fmt: skip
    rows = []
    for school, points in found.block["points"].items():
        for number, verdict, reason, figures in points:
            if found.clauses[number][0]["code"] != item or school not in found.schools:
                continue
            name = Cell(
                found.schools[school].name,
                link=looking.links.cells(school, item),
            )
            if not figures:
                rows.append(
                    [
                        name,
                        verdict_cell(verdict),
                        found.clauses[number][1]["rule"]["gist"],
                        "",
                        "",
                        found.text(reason),
                    ]
                )
            for row in figures:
                told = found.figure(row)
                rows.append([
                    name, verdict_cell(told["verdict"]), f"{told['stage']} {told['label']}".strip(), amount_cell(told["value"]),
                    told["limit"], told["gap"] or found.text(reason),
                ])  # fmt: skip
    label = found.lines[item]["label"]
    return Table(
        f"{found.name}{item} {label}", columns, rows, empty="这一项不逐校判定，见上面的依据和数。"
    )
