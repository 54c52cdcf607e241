"""Trading off by hand: what is fixed is kept, what is forbidden is not done, and less choice never costs less."""

from fractions import Fraction
from pathlib import Path

import pytest
from plan.compliance.sealing import sealed

import junheng
from junheng.errors import MisuseError
from junheng.notebook.planning import ComplianceBoard

pytestmark = pytest.mark.slow

GROUND, HALL = "new_sports_ground", "gymnasium_area"


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> ComplianceBoard:
    folder: Path = tmp_path_factory.mktemp("trading")
    return junheng.assess(sealed(folder), on="2026-03-31").comply(by=2028)


@pytest.fixture(scope="module")
def school(board: ComplianceBoard) -> str:
    rows = board.table.filter(board.table["item"] == GROUND)
    return str(rows.sort("amount", descending=True)["school_code"][0])


def amount(board: ComplianceBoard, school: str, item: str) -> int:
    held = board.table.filter(
        (board.table["school_code"] == school) & (board.table["item"] == item)
    )
    return int(held["amount"].sum())


def test_what_is_forbidden_is_done_in_another_way(board: ComplianceBoard, school: str) -> None:
    other = board.forbid(school, GROUND).solve()
    assert amount(other, school, GROUND) == 0 < amount(board, school, GROUND)
    assert amount(other, school, HALL) > 0
    assert other.study.answer.cost > board.study.answer.cost
    assert other.study.certificate.holds


def test_what_is_fixed_is_done_exactly_and_paid(board: ComplianceBoard, school: str) -> None:
    other = board.fix(school, HALL, 500).solve()
    answer = other.study.answer
    assert amount(other, school, HALL) == 500
    assert answer.cost >= board.study.answer.cost
    assert answer.cost == answer.plan.cost_by(2028)
    assert answer.bound <= float(answer.cost)
    assert other.study.certificate.holds


def test_another_price_changes_the_plan(board: ComplianceBoard, school: str) -> None:
    cheap = board.reprice(HALL, 1).solve()
    assert amount(cheap, school, HALL) > 0
    assert cheap.study.answer.cost < board.study.answer.cost
    assert "新建体育馆改为1元" in cheap.study.answer.prices.title
    assert cheap.study.certificate.holds


def test_nothing_changed_costs_no_more_than_before(board: ComplianceBoard) -> None:
    assert board.solve().study.answer.cost <= board.study.answer.cost
    assert board.changes == ()


def test_changes_are_kept_from_one_solve_to_the_next(board: ComplianceBoard, school: str) -> None:
    other = board.forbid(school, GROUND).solve().reprice(HALL, 3000).solve()
    assert amount(other, school, GROUND) == 0


def test_a_change_that_does_not_fit_is_said(board: ComplianceBoard, school: str) -> None:
    with pytest.raises(MisuseError, match="没有学校 0000000000"):
        board.forbid("0000000000", GROUND)
    with pytest.raises(MisuseError, match=r"没有措施 pool.*new_sports_ground（新建体育运动场地）"):
        board.forbid(school, "pool")
    with pytest.raises(MisuseError, match="有几种 teacher_hiring"):
        board.fix(school, "teacher_hiring", 1)
    with pytest.raises(MisuseError, match="不能只固定一所学校"):
        board.fix(school, "teacher_move", 1)
    with pytest.raises(MisuseError, match="不能小于 0"):
        board.fix(school, HALL, -1)
    with pytest.raises(MisuseError, match="没有“pool”这一项"):
        board.reprice("pool", 1)


def test_changes_that_contradict_each_other_are_said(board: ComplianceBoard, school: str) -> None:
    with pytest.raises(MisuseError, match="既固定为 5 又固定为 0"):
        board.fix(school, HALL, 5).forbid(school, HALL).solve()


def test_what_is_fixed_beyond_the_limits_is_said(board: ComplianceBoard, school: str) -> None:
    tight = junheng.assess(board.study.snapshot, on="2026-03-31").comply(
        by=2028, budget=Fraction(100_000)
    )
    with pytest.raises(MisuseError, match=r"超过了限制：经费最多10.0万元"):
        tight.fix(school, HALL, 500).solve()
