"""The first page of a result: where to begin for this person, and the city with its counties."""

from functools import lru_cache
from pathlib import Path

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString

from junheng.web.access import DeskRequest, needs
from junheng.web.cells import Cell, Column, Value
from junheng.web.results import reading
from junheng.web.results.drawing import city_map
from junheng.web.results.tones import verdict_cell
from junheng.web.roles import OfficeKind, Permission
from junheng.web.tables import Table, answer
from junheng.web.views.drill.finding import Looking, latest_for, look
from junheng.web.views.drill.links import Links


@needs(Permission.SEE_RESULTS)
def drill(request: DeskRequest) -> HttpResponse:
    """The newest official result, at the place of the person's office."""
    run = latest_for(request)
    if run is None:
        return render(request, "desk/drill/none.html", {}, status=404)
    area = request.user.area
    if area.level is OfficeKind.SCHOOL:
        return redirect("drill-school", pk=run.pk, code=area.code)
    if area.level is OfficeKind.COUNTY:
        return redirect("drill-county", pk=run.pk, code=area.code)
    return redirect("drill-city", pk=run.pk)


@needs(Permission.SEE_RESULTS)
def city(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Conclusion, map, counties; areas and lines by county."""
    looking = look(request, pk)
    if not looking.whole:
        raise Http404
    if looking.result.single:
        return redirect("drill-county", pk=pk, code=next(iter(looking.result.counties)))
    context = looking.context(
        [],
        lines=_lines(looking),
        map=_map(pk, looking.run.path),
        leader=reverse("drill-leader", args=[pk]),
    )
    return answer(request, "desk/drill/city.html", _counties(looking), context)


@lru_cache(maxsize=32)
def _map(pk: int, folder: Path) -> SafeString:
    """Drawn once for each result: it never changes, and a city has fifteen hundred schools."""
    return city_map(reading.city(folder), Links(pk).county)


def _counties(looking: Looking) -> Table:
    told = looking.result.city
    columns = [
        Column("区县", sticky=True), Column("结论"), *(Column(a["title"], above="各方面") for a in told["areas"]),
        Column("学校", number=True), Column("未达标学校", number=True), Column("差异系数超限", number=True),
        Column("缺报", number=True), Column("依据", wide=True),
    ]  # fmt: skip
    rows: list[list[Value]] = []
    for each in told["counties"]:
        verdicts = [school[6] for school in each["schools"]]
        over = sum(spread[1] in ("未达标", "临界未达标") for spread in each["spreads"].values())
        rows.append([
            Cell(each["name"], link=looking.links.county(each["code"])),
            verdict_cell(each["verdict"]), *(verdict_cell(area[0]) for area in each["areas"]),
            sum(map(bool, verdicts)), verdicts.count("未达标"), over, each["missing"], each["basis"],
        ])  # fmt: skip
    return Table("各区县的结论", columns, rows)


def _lines(looking: Looking) -> Table:
    """Lines × counties: the weakest of each line where it stands."""
    told = looking.result.city
    counties = told["counties"]
    columns = [Column("指标", sticky=True, wide=True), *(Column(c["name"]) for c in counties)]
    rows: list[list[Value]] = []
    for n, line in enumerate(counties[0]["lines"]):
        cells = [
            verdict_cell(c["lines"][n][2], looking.links.line(c["code"], line[0])) for c in counties
        ]
        rows.append([f"{line[0]} {line[1]}", *cells])
    return Table("指标与区县", columns, rows, key="lines")
