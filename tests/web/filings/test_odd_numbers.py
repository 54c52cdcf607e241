"""Numbers that a form of the filings carries: odd ones neither break a page nor pass a check."""

import pytest
from filings.county_desk import Desk, text_of
from return_cases import YEAR

from junheng.web.actions.cases import change_case
from junheng.web.models import Case, Event

pytestmark = pytest.mark.slow

ODD = ["²", "9" * 5_000, "x"]


def submitted(desk: Desk) -> Case:
    case = desk.case()
    change_case(
        case, "提交", by=None, seen=case.version, state="submitted",
        data={**case.data, "clean": True},
    )  # fmt: skip
    return case


@pytest.mark.parametrize("seen", ODD)
def test_passing_with_an_odd_version_passes_nothing(desk: Desk, seen: str) -> None:
    case = submitted(desk)
    answer = desk.client("王").post(
        f"/filings/county/{desk.county.pk}/pass/?year={YEAR}",
        {"case": case.pk, f"seen-{case.pk}": seen, "once": "f"}, follow=True,
    )  # fmt: skip
    assert "刚刚被别人改动过" in text_of(answer)
    assert desk.case().state == "submitted"


def test_passing_without_the_number_of_a_form_records_no_number(desk: Desk) -> None:
    case = submitted(desk)
    desk.client("王").post(
        f"/filings/county/{desk.county.pk}/pass/?year={YEAR}",
        {"case": case.pk, f"seen-{case.pk}": case.version},
    )
    assert not Event.objects.filter(once__startswith="None").exists()


@pytest.mark.parametrize("odd", ODD)
def test_odd_numbers_of_a_form_do_no_harm(desk: Desk, odd: str) -> None:
    case = desk.case()
    told = {"seen": odd, "began": odd, "once": odd}
    answer = desk.client("张").post(f"/filings/{case.pk}/form/", told, follow=True)
    assert answer.status_code in (200, 409)
