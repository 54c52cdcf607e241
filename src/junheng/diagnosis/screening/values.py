"""Values that should not agree, or should not be round: copied returns, last year's figures, digits."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from typing import Any

from junheng.diagnosis.screening.kinds import Outcome, asked, looks_for
from junheng.diagnosis.screening.nouns import Question, Screen
from junheng.diagnosis.screening.tails import at_least
from junheng.diagnosis.screening.view import GRADES, Row, Turn
from junheng.registry import school_columns

MEASURES = ("teaching_auxiliary_area_m2", "sports_ground_area_m2", "campus_area_m2", "green_area_m2",
            "building_area_m2", "equipment_value_yuan", "public_funds_budget_prev_yuan",
            "public_funds_final_prev_yuan", "training_funds_budget_prev_yuan")  # fmt: skip
"""Columns in which two schools hardly agree by chance."""
FUNDS = MEASURES[-3:]
PERSONS = ("migrant_children_enrolled", "boarders", "graduates_junior", "cohort_grade7_enrolment",
           "full_time_teachers_primary", "full_time_teachers_junior")  # fmt: skip
ROUND = 5


@looks_for("copied")
def copied(screen: Screen, turn: Turn) -> Outcome:
    """Two schools of the county agree in several columns."""
    schools = list(turn.now.of_county(turn.county))
    signs = {code: _signs(screen, row) for code, row in schools}
    shared: dict[tuple[str, Any], list[str]] = {}
    for code, found in signs.items():
        for sign in found.items():
            shared.setdefault(sign, []).append(code)
    pairs = {pair for codes in shared.values() for pair in combinations(sorted(codes), 2)}
    for one, other in sorted(pairs):
        same = [label for label, value in signs[one].items() if signs[other].get(label) == value]
        if len(same) >= screen.number("columns"):
            told = f"{len(same)}栏数值完全相同：{'、'.join(same)}"
            yield Question(
                "copied", turn.county, turn.now.year, asked(turn, one, other), None, "", told
            )


def _signs(screen: Screen, row: Row) -> dict[str, Any]:
    """Label → value of everything by which a return can be told from another."""
    found = {school_columns()[name].label: row[name] for name in MEASURES if row[name]}
    for stage, grades in GRADES.items():
        pupils = tuple(row[f"enrolment_grade_{grade}"] for grade in grades)
        if None not in pupils and min(pupils) >= screen.number("least_pupils"):
            found[f"{stage.label}分年级人数"] = pupils
        teachers = row[f"full_time_teachers_{stage}"]
        if teachers and teachers >= screen.number("least_teachers"):
            found[f"{stage.label}专任教师总人数"] = teachers
    return found


@looks_for("repeated")
def repeated(screen: Screen, turn: Turn) -> Outcome:
    """Grade by grade and yuan by yuan what was filed last year."""
    for code, row in turn.now.of_county(turn.county):
        last = turn.last_row(code)
        if last is None:
            continue
        pairs = list(_grade_pairs(screen, turn, row, last))
        funds = [(last[name], row[name]) for name in FUNDS if row[name]]
        grades, sums = (sum(was == now for was, now in each) for each in (pairs, funds))
        if grades >= max(
            screen.number("grades"), screen.number("grade_share") * len(pairs)
        ) and sums >= screen.number("funds"):
            found = (
                f"{len(pairs)}个年级中{grades}个的人数、{len(funds)}项经费中{sums}项与上年完全相同"
            )
            yield Question(
                "repeated", turn.county, turn.now.year, asked(turn, code), None, "", found
            )


def _grade_pairs(screen: Screen, turn: Turn, row: Row, last: Row) -> Iterator[tuple[int, int]]:
    """(last year, now) of each grade, but for grades that are full to the limit."""
    for stage, grades in GRADES.items():
        limit = turn.now.class_limit(turn.county, stage)
        for grade in grades:
            now, was = (each[f"enrolment_grade_{grade}"] for each in (row, last))
            if now and was and now >= screen.number("least_pupils") and (not limit or now % limit):
                yield was, now


@looks_for("round_counts")
def round_counts(screen: Screen, turn: Turn) -> Outcome:
    """Nearly every number of persons that a school filed ends in 0 or 5."""
    for code, row in turn.now.of_county(turn.county):
        numbers = list(_persons(screen, turn, row))
        hits = sum(number % ROUND == 0 for number in numbers)
        if _too_round(screen, hits, len(numbers)):
            found = f"{len(numbers)}个人数中有{hits}个末位为0或5"
            yield Question(
                "round_counts", turn.county, turn.now.year, asked(turn, code), None, "", found
            )


@looks_for("round_counts_county")
def round_counts_county(screen: Screen, turn: Turn) -> Outcome:
    """Over all schools too many numbers of persons end in 0 or 5."""
    rows = [row for _, row in turn.now.of_county(turn.county)]
    numbers = [number for row in rows for number in _persons(screen, turn, row)]
    hits = sum(number % ROUND == 0 for number in numbers)
    if _too_round(screen, hits, len(numbers)):
        found = f"全县{len(numbers)}个人数中有{hits}个末位为0或5"
        yield Question("round_counts_county", turn.county, turn.now.year, (), None, "", found)


def _persons(screen: Screen, turn: Turn, row: Row) -> Iterator[int]:
    """Numbers of persons large enough to have a chance last digit; full grades are left out."""
    for stage, grades in GRADES.items():
        limit = turn.now.class_limit(turn.county, stage) or 0
        for grade in grades:
            number = row[f"enrolment_grade_{grade}"]
            if number and number >= screen.number("least_value") and (not limit or number % limit):
                yield number
    for name in PERSONS:
        number = row[name]
        if number and number >= screen.number("least_value"):
            yield number


def _too_round(screen: Screen, hits: int, numbers: int) -> bool:
    if numbers < screen.number("least_numbers") or Fraction(hits) <= numbers * screen.number("fair_share"):  # fmt: skip
        return False
    return at_least(hits, numbers, screen.number("fair_share")) <= screen.number("tail")
