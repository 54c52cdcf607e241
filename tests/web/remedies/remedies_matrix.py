"""The addresses of the remedies in the matrix."""

from datetime import date

from desk_cast import Cast
from desk_matrix import Entry, add, having

from junheng.web.actions import cases
from junheng.web.actions.attachments import attach, keep
from junheng.web.models import Case
from junheng.web.roles import Permission, Role

SEE = having(Permission.SEE_CASES)
ALSO = having(Permission.SEE_CASES, Permission.REPORT_REMEDIES)
ASSIGN = frozenset({Role.COUNTY_OFFICER, Role.CITY_OFFICER, Role.INSPECTOR})


def remedy(cast: Cast) -> Case:
    """A remedy of the own school, found and not assigned yet."""
    return cases.open_case(
        register="remedies", subject=cast.schools[0], office=cast.counties[0], year=2026, key="L5 小学",
        state="found", by=None, due=date(2026, 9, 30), data={"values": {"line_code": "L5"}},
    )  # fmt: skip


def _remedy(cast: Cast) -> list[object]:
    return [remedy(cast).pk]


def _assign(cast: Cast) -> list[object]:
    return [remedy(cast).pk, "assign"]


def _paper(cast: Cast) -> list[object]:
    case = remedy(cast)
    found = case.attachments.first()
    if found is None:
        sha256, size, kind = keep([b"%PDF-1.7"], name="a.pdf", allowed=("PDF",))
        found = attach(
            case, purpose="整改材料", name="a.pdf", sha256=sha256, size=size, kind=kind,
            by=cast.people[Role.COUNTY_OFFICER, "own"],
        )  # fmt: skip
    return [case.pk, found.pk]


add("remedies", Entry(ALSO))
add("remedies-new", Entry(having(Permission.ASSIGN_REMEDIES)))
add("remedies-public", Entry(SEE))
add("remedy", Entry(SEE, _remedy))
add("remedy-move", Entry(ASSIGN, _assign))
add("remedy-paper", Entry(SEE, _paper))
