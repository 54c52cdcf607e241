"""Schools × indicators of one county, with filters that stand in the address."""

from django.http import HttpResponseBase, QueryDict

from junheng.web.access import DeskRequest, needs
from junheng.web.cells import Cell, Column
from junheng.web.results.looking import STAGES, County, School
from junheng.web.results.tones import value_cell, verdict_cell
from junheng.web.roles import Permission
from junheng.web.tables import Table, answer
from junheng.web.views.drill.finding import look
from junheng.web.views.drill.links import Links

FILTERS = {
    "stage": ("学段", ("小学", "初中")),
    "own": ("办学性质", ("公办", "民办")),
    "place": ("城乡", ("城区", "镇区", "乡村")),
    "verdict": ("结论", ("未达标", "临界未达标", "缺数据", "临界达标", "达标")),
}
"""Name in the address → (words, choices)."""


@needs(Permission.SEE_RESULTS)
def matrix(request: DeskRequest, pk: int, code: str) -> HttpResponseBase:
    looking = look(request, pk)
    found = looking.county(code)
    filters = [
        (name, words, [(each, each == request.GET.get(name)) for each in choices])
        for name, (words, choices) in FILTERS.items()
    ]
    context = looking.context(
        [*looking.county_crumb(found), ("学校矩阵", "")],
        county=found,
        filters=filters,
        q=request.GET.get("q", ""),
    )
    return answer(request, "desk/drill/matrix.html", _table(found, pk, request.GET), context)


def _table(found: County, pk: int, query: QueryDict) -> Table:
    columns = [
        Column("学校", sticky=True, wide=True), Column("结论"),
        Column("达到", number=True, note=found.block["schoolRules"][0]["numbers"]), Column("学段"), Column("类型"),
        Column("性质"), Column("城乡"), Column("学生", number=True),
    ]  # fmt: skip
    columns += [
        Column(f"{code} {each['short']}", number=True, above="资源配置七项（值；颜色为结论）",
               note="　".join(f"{STAGES[s][0]}≥{v}" for s, v in each["limit"].items()))
        for code, each in found.indicators.items()
    ]  # fmt: skip
    rows, links = [], Links(pk)
    for part in found.block["parts"]:
        school = found.schools[part["s"]]
        if _fits(part, school, query):
            rows.append([
                Cell(part["t"], link=links.school(school.code)), verdict_cell(part["v"]), part["n"],
                STAGES[part["st"]], school.kind, school.owner, school.place, part["p"],
                *(
                    value_cell(value[0], value[1], f"{links.cells(school.code, code)}#{part['st']}")
                    for code, value in zip(found.indicators, part["i"], strict=True)
                ),
            ])  # fmt: skip
    return Table(
        f"{found.name}学校矩阵",
        columns,
        rows,
        caption=f"{len(rows)} 个学段部；九年一贯制、完全中学按学段拆开。",
    )


def _fits(part: dict[str, object], school: School, query: QueryDict) -> bool:
    held = {
        "stage": STAGES[str(part["st"])],
        "own": school.owner,
        "place": school.place,
        "verdict": part["v"],
    }
    words = query.get("q", "").strip()
    return all(query.get(name, "") in ("", value) for name, value in held.items()) and (
        words in school.name or school.code.startswith(words)
    )
