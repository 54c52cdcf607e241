"""The addresses of looking into results in the matrix."""

from assessed import assessed
from desk_cast import Cast
from desk_matrix import Entry, add, having

from junheng.web.roles import Permission, Role

SEE = having(Permission.SEE_RESULTS)
SCHOOL = frozenset({Role.SCHOOL_CLERK, Role.PRINCIPAL})
COUNTY_AND_UP = SEE - SCHOOL
CITY = COUNTY_AND_UP - {Role.COUNTY_OFFICER, Role.COUNTY_LEADER}
LINE, COLUMN = "L5", "sports_ground_area_m2"


def _run(cast: Cast) -> list[object]:
    return [assessed(cast).pk]


def _county(cast: Cast) -> list[object]:
    return [assessed(cast).pk, cast.counties[0].code]


def _line(cast: Cast) -> list[object]:
    return [*_county(cast), LINE]


def _school(cast: Cast) -> list[object]:
    return [assessed(cast).pk, cast.schools[0].code]


def _to_any_below(cast: Cast, role: Role, area: str) -> bool:
    """Another county of the same city reads its own row of the page; another city nothing."""
    return area == "own" or role in {Role.COUNTY_OFFICER, Role.COUNTY_LEADER}


def _once(cast: Cast) -> list[object]:
    """The address names nothing; but there must be a result to be led to."""
    assessed(cast)
    return []


def _same_city(cast: Cast, role: Role, area: str) -> bool:
    """An official result of the city speaks to all its counties and schools."""
    return area == "own" or role in SCHOOL | {Role.COUNTY_OFFICER, Role.COUNTY_LEADER}


add("drill", Entry(SEE, _once, status=302, allowed=_same_city))
add("drill-city", Entry(CITY, _run))
add("drill-leader", Entry(COUNTY_AND_UP, _run, allowed=_to_any_below))
for _name in ("drill-county", "drill-matrix", "drill-shortfalls"):
    add(_name, Entry(COUNTY_AND_UP, _county))
add("drill-line", Entry(COUNTY_AND_UP, _line))
add("drill-school", Entry(SEE, _school))
add("drill-filed", Entry(SEE, _school))
add("drill-cell", Entry(SEE, lambda cast: [*_school(cast), COLUMN]))
add("drill-cells", Entry(SEE, lambda cast: [*_school(cast), LINE]))
