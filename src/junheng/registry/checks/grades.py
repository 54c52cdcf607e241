"""Grades over two years: pupils move up by one, and no year is a copy of the last."""

from itertools import pairwise
from typing import Any

from junheng.registry.checks.kinds import Outcome, kind
from junheng.registry.checks.returns import Round, School
from junheng.registry.checks.rule import Rule
from junheng.registry.checks.wording import column_of


def _place(rule: Rule, school: School) -> str:
    """The enrolment of the stage, or that of the attached classes which stand for it."""
    return next((each for each in rule.left if each not in school.nothing), rule.left[0])


@kind
def grades_move_up(rule: Rule, school: School, round_: Round) -> Outcome:
    """Pupils of a grade are about those of the grade below a year ago."""
    before = round_.history.before.get(school.code, {})
    steps = []
    for below, above in pairwise(rule.columns) if before else ():
        then, now = before.get(below), school.values.get(above)
        if then is None or now is None:
            continue
        if abs(now - then) > max(rule.numbers["share"] * then, rule.numbers["least"]):
            steps.append(f"上年{_name(below)} {then} 人，今年{_name(above)} {now} 人")
    if steps:
        yield school.problem(_place(rule, school), "；".join(steps))


def _name(column: str) -> str:
    return column_of(column).label.removesuffix("人数")


@kind
def not_copied_from_last_year(rule: Rule, school: School, round_: Round) -> Outcome:
    """All grades, unlike one another, are to the pupil those of the year before."""
    before = round_.history.last_rows.get(school.code, {})
    now: list[Any] = [school.values.get(each) for each in rule.columns]
    then = [before.get(each) for each in rule.columns]
    if now != then or None in now or len(set(now)) < rule.numbers["different"]:
        return
    numbers = "、".join(str(each) for each in now)
    yield school.problem(_place(rule, school), f"各年级人数 {numbers}，与上年逐一相同")
