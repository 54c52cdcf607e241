"""The addresses of the filings in the matrix."""

from datetime import date

from desk_cast import Cast
from desk_matrix import Entry, add, having

from junheng.web.actions import cases, filings
from junheng.web.models import Attachment, Case
from junheng.web.roles import Permission, Role

SEE = having(Permission.SEE_CASES)
FILERS = frozenset({Role.SCHOOL_CLERK, Role.COUNTY_OFFICER})
"""Of a school's return: the school's clerk, and the county's officer in its place."""
YEAR, ON, DUE = 2026, date(2026, 9, 7), date(2026, 9, 30)


def opened(cast: Cast) -> Case:
    """The case of the own school, in a round that is opened once."""
    filings.open_round(cast.city, year=YEAR, on=ON, by=None, due=DUE)
    return Case.objects.select_related("subject__parent", "office").get(
        register="filings", year=YEAR, subject=cast.schools[0]
    )


def _case(cast: Cast) -> list[object]:
    return [opened(cast).pk]


def _county(cast: Cast) -> list[object]:
    opened(cast)
    return [cast.counties[0].pk]


def _submitted(cast: Cast) -> list[object]:
    """A case that waits for the county; the move asked for is its return."""
    case = opened(cast)
    if case.state != "submitted":
        cases.change_case(case, "提交", by=None, seen=case.version, state="submitted")
    return [case.pk, "return"]


def _filed(cast: Cast) -> list[object]:
    """A case with a workbook in it, whatever the workbook says."""
    case = opened(cast)
    if "file" not in case.data:
        filings.hand_in_page(
            case, {}, by=cast.people[Role.SCHOOL_CLERK, "own"], seen=case.version, on=ON
        )
    return [case.pk]


def _paper(cast: Cast) -> list[object]:
    case = opened(cast)
    found = Attachment.objects.filter(case=case, purpose="佐证材料").first()
    if found is None:
        from junheng.web.actions.filings.papers import add_paper

        texts = {
            "indicator": "QL3",
            "title": "章程",
            "issuer": "学校",
            "issued_on": "2026-01-01",
            "valid_from": "2026-01-01",
        }
        found = add_paper(
            case, [b"%PDF-1.7"], texts, name="章程.pdf", by=cast.people[Role.SCHOOL_CLERK, "own"],
            seen=case.version,
        )  # fmt: skip
    return [case.pk, found.pk]


CITY = having(Permission.SEAL)
add("filings", Entry(SEE, allowed=lambda _cast, _role, _area: True, status=200))
add("filings-open", Entry(CITY))
add("filings-seal", Entry(CITY))
add("filings-effort", Entry(SEE))
add("filings-county", Entry(SEE - {Role.SCHOOL_CLERK, Role.PRINCIPAL}, _county))
add("filings-pass", Entry(having(Permission.REVIEW), _county))
add("filings-remind", Entry(having(Permission.REMIND), _county))
add("filings-preview", Entry(SEE - {Role.SCHOOL_CLERK, Role.PRINCIPAL}, _county))
add("filing", Entry(SEE, _case))
add("filing-template", Entry(FILERS, _case))
add("filing-upload", Entry(FILERS, _case, status=405))
add("filing-form", Entry(FILERS, _case))
add("filing-list", Entry(FILERS, lambda cast: [*_case(cast), "classes"]))
add("filing-explain", Entry(FILERS, _case, status=405))
add("filing-workbook", Entry(SEE, _filed))
add("filing-marked", Entry(SEE, _filed))
add("filing-papers", Entry(SEE, _case))
add("filing-paper", Entry(SEE, _paper))
add("filing-archive", Entry(SEE, lambda cast: _paper(cast)[:1]))
add("filing-move", Entry(frozenset({Role.COUNTY_OFFICER, Role.CITY_OFFICER}), _submitted))
add("filing-card", Entry(SEE, _filed))
