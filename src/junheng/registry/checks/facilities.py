"""Gymnasium and multimedia rooms: bounds with a middle ground that wants an explanation (K2, K15)."""

from junheng.registry.checks.kinds import Outcome, kind
from junheng.registry.checks.returns import Return, Round
from junheng.registry.checks.rule import Rule
from junheng.registry.checks.wording import more_than, said


@kind
def gymnasium_within_indoor_rooms(rule: Rule, subject: Return, _: Round) -> Outcome:
    """47 ≤ 46 where both are there; one of them alone is another rule's matter."""
    gymnasium, rooms = (subject.values.get(each) for each in rule.columns)
    if gymnasium and rooms and gymnasium > rooms:
        yield subject.problem(
            rule.at,
            f"{said(subject, rule.columns[0])}，{more_than(subject, rule.columns[1:], rooms)}",
        )


@kind
def multimedia_between(rule: Rule, subject: Return, _: Round) -> Outcome:
    """More than the ordinary classrooms, yet not beyond what special rooms can explain."""
    networked, ordinary, *_others = (subject.values.get(each) for each in rule.columns)
    if networked is None or ordinary is None or networked <= ordinary or _beyond(rule, subject):
        return
    found = f"{said(subject, rule.at)}，{more_than(subject, rule.columns[1:2], ordinary)}"
    yield subject.problem(rule.at, found)


@kind
def multimedia_beyond(rule: Rule, subject: Return, _: Round) -> Outcome:
    """More than so many times all rooms that the form counts."""
    if _beyond(rule, subject):
        found = "，".join(said(subject, each) for each in rule.columns)
        yield subject.problem(rule.at, found)


def _beyond(rule: Rule, subject: Return) -> bool:
    networked, rooms = subject.values.get(rule.columns[0]), subject.total(rule.columns[1:])
    if networked is None or rooms is None:
        return False
    return bool(networked > rule.numbers["times"] * rooms)
