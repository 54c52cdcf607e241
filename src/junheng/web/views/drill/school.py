"""A school's card; one of its indicators with the filed values; one filed value with its cell."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render

from junheng.web.access import DeskRequest, needs
from junheng.web.cells import Cell, Column
from junheng.web.results.looking import STAGES, County, Filed
from junheng.web.results.tones import amount_cell, value_cell, verdict_cell
from junheng.web.roles import Permission
from junheng.web.tables import Table, answer
from junheng.web.views.drill.finding import Looking, look


@needs(Permission.SEE_RESULTS)
def school(request: DeskRequest, pk: int, code: str) -> HttpResponseBase:
    """The card: who it is, its verdict, the seven by part, what it lacks, the other lines."""
    looking = look(request, pk)
    county, found = looking.school(code)
    parts = county.parts_of(code)
    context = looking.context(
        [*looking.county_crumb(county), (found.name, "")],
        school=found,
        county=county,
        parts=parts,
        lacking=county.block["lacking"].get(code, ""),
        outside=county.block["outside"].get(code, []),
        ways=[(part["t"], part["w"]) for part in parts if part["w"]],
        others=_others(looking, county, code),
        granted=[told for school, told in county.block["relaxations"] if school == code],
    )
    return answer(request, "desk/drill/school.html", _seven(looking, county, code), context)


@needs(Permission.SEE_RESULTS)
def indicator(request: DeskRequest, pk: int, code: str, item: str) -> HttpResponseBase:
    """One indicator or line of the school: formula, numbers, every filed value with its cell."""
    looking = look(request, pk)
    county, found = looking.school(code)
    if item not in county.lines:
        raise Http404
    label = county.lines[item]["label"]
    context = looking.context(
        [*looking.county_crumb(county), looking.school_crumb(found), (f"{item} {label}", "")],
        school=found, county=county, item=item, label=label,
    )  # fmt: skip
    if item in county.indicators:
        context |= {
            "parts": _parts(county, code, item),
            "rules": [county.indicators[item]["rule"], *county.block["schoolRules"]],
        }
    else:
        context |= {
            "points": _points(county, code, item),
            "rules": [c["rule"] for c in county.lines[item]["clauses"]],
        }
    return answer(request, "desk/drill/cells.html", _filed(looking, county, code, item), context)


@needs(Permission.SEE_RESULTS)
def everything(request: DeskRequest, pk: int, code: str) -> HttpResponseBase:
    """All that the school filed, with file, sheet and cell."""
    looking = look(request, pk)
    county, found = looking.school(code)
    context = looking.context(
        [*looking.county_crumb(county), looking.school_crumb(found), ("填报的数和出处", "")],
        school=found,
    )
    values = county.filed(code)
    return answer(
        request,
        "desk/drill/everything.html",
        _table(looking, [(code, "")], county, list(values), found.name),
        context,
    )


@needs(Permission.SEE_RESULTS)
def cell(request: DeskRequest, pk: int, code: str, column: str) -> HttpResponse:
    """One filed value: file, sheet, cell, the text found there, what reads it."""
    looking = look(request, pk)
    county, found = looking.school(code)
    filed = county.filed(code).get(column)
    if filed is None:
        raise Http404
    used = [
        (item, county.lines[item]["label"], looking.links.cells(code, item))
        for item in looking.result.city["usedBy"].get(column, []) if item in county.lines
    ]  # fmt: skip
    context = looking.context(
        [*looking.county_crumb(county), looking.school_crumb(found), (filed.label, "")],
        school=found, filed=filed, used=used,
    )  # fmt: skip
    return render(request, "desk/drill/cell.html", context)


def _seven(looking: Looking, county: County, code: str) -> Table:
    columns = [
        Column("指标", sticky=True, wide=True), Column("学段"), Column("本校", number=True), Column("标准", number=True), Column("结论"),
        Column("还差", number=True), Column("县内位置"), Column("怎样算出"),
    ]  # fmt: skip
    rows = []
    for part in county.parts_of(code):
        for item, each in county.indicators.items():
            value, verdict, lack, band, numbers, _ = part["i"][each["n"]]
            link = f"{looking.links.cells(code, item)}#{part['st']}"
            rows.append([
                Cell(f"{item} {each['label']}", link=link), STAGES[part["st"]], value_cell(value, verdict),
                f"≥{each['limit'][part['st']]}", verdict_cell(verdict), amount_cell(lack), band, numbers,
            ])  # fmt: skip
    name = county.schools[code].name
    return Table(f"{name}成绩单", columns, rows, empty="这所学校不单独参加七项指标的计算。")


def _others(looking: Looking, county: County, code: str) -> Table:
    columns = [
        Column("指标", sticky=True),
        Column("内容", wide=True),
        Column("结论"),
        Column("情况", wide=True),
    ]
    rows = []
    for point in county.block["points"].get(code, []):
        line, clause = county.clauses[point[0]]
        told = "；".join(
            f"{f['stage']}{f['label']} {f['value']}（{f['limit']}{'，' + f['gap'] if f['gap'] else ''}）"
            for f in map(county.figure, point[3])
        ) or county.text(point[2])  # fmt: skip
        link = looking.links.cells(code, line["code"])
        rows.append(
            [Cell(line["code"], link=link), clause["rule"]["gist"], verdict_cell(point[1]), told]
        )
    return Table(f"{county.schools[code].name}逐校判定的其他指标", columns, rows, key="other")


def _parts(county: County, code: str, item: str) -> list[dict[str, Any]]:
    each, found = county.indicators[item], []
    for part in county.parts_of(code):
        value, verdict, lack, band, numbers, above = part["i"][each["n"]]
        found.append({
            "stage": part["st"], "title": part["t"], "value": value, "verdict": verdict, "lack": lack, "band": band,
            "numbers": numbers, "above": above, "limit": each["limit"][part["st"]], "floor": each["floor"][part["st"]],
            "unit": each["unit"], "formula": each["formula"],
        })  # fmt: skip
    return found


def _points(county: County, code: str, item: str) -> list[dict[str, Any]]:
    return [
        {"verdict": p[1], "reason": county.text(p[2]), "figures": [county.figure(row) for row in p[3]],
         "rule": county.clauses[p[0]][1]["rule"]}
        for p in county.block["points"].get(code, []) if county.clauses[p[0]][0]["code"] == item
    ]  # fmt: skip


def _filed(looking: Looking, county: County, code: str, item: str) -> Table:
    """The values that the indicator read, of the school and of what was merged into it."""
    if item in county.indicators:
        each, names = county.indicators[item], dict[str, None]()
        codes = {code: ""}
        for part in county.parts_of(code):
            reads = each["readsShared"] if part["c"] else each["reads"]
            names |= dict.fromkeys(reads[part["st"]])
            codes |= {m: f"{county.schools[m].name}：" for m in part["m"] if m in county.schools}
        wanted = list(names)
    else:
        used = looking.result.city["usedBy"]
        wanted = [name for name in county.filed(code) if item in used.get(name, [])]
        codes = {code: ""}
    return _table(
        looking, list(codes.items()), county, wanted, f"{county.schools[code].name}{item}"
    )


def _table(
    looking: Looking, schools: list[tuple[str, str]], county: County, names: list[str], title: str
) -> Table:
    columns = [
        Column("项目", sticky=True, wide=True), Column("填报的值", number=True), Column("单位"), Column("文件", wide=True), Column("工作表"),
        Column("单元格"), Column("原文与说明", wide=True),
    ]  # fmt: skip
    held = {code: county.filed(code) for code, _ in schools}
    rows = [
        _row(looking, code, whose, held[code][name])
        for name in names for code, whose in schools if name in held[code]
    ]  # fmt: skip
    return Table(f"{title}：用到的数和出处", columns, rows, key="cells", empty="没有填报。")


def _row(looking: Looking, code: str, whose: str, filed: Filed) -> list[Any]:
    told = [
        f"原文“{filed.raw}”" if filed.raw else "",
        f"异常说明：{filed.explanation}" if filed.explanation else "",
    ]
    link = looking.links.cell(code, filed.name)
    return [
        Cell(f"{whose}{filed.label}", link=link), amount_cell(filed.value),
        filed.unit if filed.value[:1].isdigit() else "", filed.file or "没有出处记录", filed.sheet, filed.cell,
        "；".join(filter(None, told)),
    ]  # fmt: skip
