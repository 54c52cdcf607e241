"""Between schools: the same values copied from one return to another (K15)."""

from junheng.registry.checks.kinds import Outcome, kind
from junheng.registry.checks.returns import Round, School
from junheng.registry.checks.rule import Rule
from junheng.registry.checks.wording import labels


@kind
def not_copied(rule: Rule, _: Round, round_: Round) -> Outcome:
    """No two schools agree in all of the rule's columns; those that must be positive are."""
    first: dict[tuple[object, ...], School] = {}
    for school in round_.schools.values():
        values = tuple(school.values.get(each) for each in (*rule.left, *rule.right))
        if not all(values[: len(rule.left)]):
            continue
        twin = first.setdefault(values, school)
        if twin is not school:
            found = f"该校与“{twin.name}”（{twin.code}）的{labels(rule.left)}和专任教师数完全相同"
            yield school.problem(rule.place, found)
