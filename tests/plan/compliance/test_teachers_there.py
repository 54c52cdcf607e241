"""Who leaves a school or is trained at it was there: no return could have more key teachers than teachers."""

from datetime import date
from random import Random

import pytest

from junheng.plan.compliance import Question, pose
from junheng.plan.compliance.checking import Unmet, broken
from junheng.plan.compliance.searching import Answer, Effort, search
from junheng.registry import Facts
from junheng.sample import make_county

pytestmark = pytest.mark.slow

YEAR, ON = 2025, date(2026, 3, 31)
STAGES = ("primary", "junior")
SUBJECTS = ("pe", "music", "fine_arts", "arts")


@pytest.fixture(scope="module")
def question() -> Question:
    rows = make_county(seed=5, schools=12, year=YEAR)
    alone = next(r["school_code"] for r in rows["schools"] if r["school_type"] == "primary")
    row = next(r for r in rows["staffing"] if r["school_code"] == alone)
    row["key_teachers_county_plus_primary"] = 0  # everybody can be trained, everybody can leave
    for subject in SUBJECTS:
        row[f"teachers_{subject}_primary"] = 0
    return pose(Facts.from_rows(rows, year=YEAR), on=ON, by=2028)


def levers(question: Question, item: str, sign: int, stage: str = "primary") -> dict[str, int]:
    """School → its lever of this kind."""
    return {
        site.code: i for i, (site, way) in enumerate(question.asked.ways)
        if way.item == item and way.sign == sign and way.stage == stage and way.kind in ("", "plain")
    }  # fmt: skip


def staff_after(question: Question, amounts: tuple[int, ...]) -> list[dict[str, int]]:
    plan = question.plan(Answer(amounts, question.problem.cost(amounts), 0.0, Unmet(), 0))
    return list(plan.apply(question.facts).facts["staffing"].iter_rows(named=True))


def impossible(rows: list[dict[str, int]]) -> list[str]:
    """Stages of schools that count more key or subject teachers than teachers."""
    return [
        f"{row['school_code']} {stage}"
        for row in rows
        for stage in STAGES
        for everyone in [row[f"full_time_teachers_{stage}"] or 0]
        if (row[f"key_teachers_county_plus_{stage}"] or 0) > everyone
        or sum(row[f"teachers_{each}_{stage}"] or 0 for each in SUBJECTS) > everyone
    ]


def test_nobody_is_trained_as_key_and_leaves_as_none(question: Question) -> None:
    trained, out, into = (
        levers(question, "key_teacher_training", 0), levers(question, "teacher_move", -1),
        levers(question, "teacher_move", 1),
    )  # fmt: skip
    school = max(out, key=lambda code: question.problem.levers[out[code]].most or 0)
    other = next(code for code in into if code != school)
    most = question.problem.levers[out[school]].most or 0
    amounts = [0] * len(question.problem.levers)
    amounts[trained[school]] = question.problem.levers[trained[school]].most or 0
    amounts[out[school]] = amounts[into[other]] = most
    assert most > 0
    assert impossible(staff_after(question, tuple(amounts)))
    (told,) = broken(question.problem, amounts)
    assert "培养骨干和调出的教师最多" in told
    amounts[trained[school]] -= most
    assert not broken(question.problem, amounts)
    assert not impossible(staff_after(question, tuple(amounts)))


def overlapping(seed: int) -> Question:
    """A county where key teachers teach PE, and others music: few are neither."""
    rows, random = make_county(seed=5, schools=12, year=YEAR), Random(seed)
    for row in rows["staffing"]:
        for stage in STAGES:
            everyone = row.get(f"full_time_teachers_{stage}") or 0
            if everyone < 4:
                continue
            row[f"key_teachers_county_plus_{stage}"] = random.randint(0, everyone)
            left = everyone
            for subject in SUBJECTS:
                row[f"teachers_{subject}_{stage}"] = taken = random.randint(0, left)
                left -= taken
    return pose(Facts.from_rows(rows, year=YEAR), on=ON, by=2028)


@pytest.mark.parametrize("seed", range(6))
def test_whoever_leaves_leaves_enough_for_all_that_is_counted(seed: int) -> None:
    """As many of every kind leave as may: all go to one school that has everything."""
    question = overlapping(seed)
    problem, ways = question.problem, question.asked.ways
    amounts = [0] * len(problem.levers)
    gone = 0
    for i, (_, way) in enumerate(ways):
        if way.sign < 0:
            into = next(j for j, (_, w) in enumerate(ways) if w.pool == way.pool and w.sign > 0)
            number = problem.levers[i].most or 0
            for held in (i, into):
                amounts[held] += number
            while broken(problem, amounts):  # PE teachers who are key: they are counted in both
                for held in (i, into):
                    amounts[held] -= 1
            gone += amounts[i]
    assert gone > 20
    merged = {site.code for site, _ in ways}
    rows = [r for r in staff_after(question, tuple(amounts)) if r["school_code"] in merged]
    assert not impossible(rows)


def test_a_plan_that_trains_and_moves_keeps_the_returns_possible(question: Question) -> None:
    answer = search(question.problem, effort=Effort())
    assert answer is not None
    before = impossible(list(question.facts["staffing"].iter_rows(named=True)))
    assert impossible(staff_after(question, answer.amounts)) == before
