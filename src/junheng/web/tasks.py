"""What waits for somebody: cases in a state that their role can move on, and what is late."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q

from junheng.casework import Register, registers
from junheng.web.models import Case, User


@dataclass(frozen=True)
class Task:
    """Cases of one register in one state."""

    register: str
    """The register's name."""
    work: str
    """The register as people call it: 数据填报."""
    state: str
    """The state as people call it: 已退回."""
    count: int
    late: int
    due: date | None
    """The nearest day by which one of them must be done."""
    mine: bool
    """Whether this person's role can move them on."""
    waits_for: str
    case: int | None
    """The case where there is one only."""


def tasks_of(user: User, *, on: date) -> list[Task]:
    """Cases that the user sees and that have not ended, by register and state; one query.

    Those that the user's role can move on come first, in the order of the registers and states.
    """
    rows = (
        Case.objects.visible_to(user)
        .values("register", "state", "subject__kind")
        .annotate(count=Count("pk"), late=Count("pk", filter=Q(due__lt=on)), due=Min("due"), one=Min("pk"))
        .order_by()
    )  # fmt: skip
    found: dict[tuple[str, str, bool], Task] = {}
    known = registers()
    for row in rows:
        register = known.get(row["register"])
        state = register.states.get(row["state"]) if register else None
        if register is None or state is None or state.end:
            continue
        mine = _may_move(register, state.name, row["subject__kind"], user.role)
        key = (register.name, state.name, mine)
        task = Task(
            register.name, register.label, state.label, row["count"], row["late"], row["due"], mine,
            state.waits_for, row["one"] if row["count"] == 1 else None,
        )  # fmt: skip
        found[key] = _together(found[key], task) if key in found else task
    order = [(name, state.label) for name, each in known.items() for state in each.state]
    return sorted(found.values(), key=lambda t: (not t.mine, order.index((t.register, t.state))))


def _may_move(register: Register, state: str, kind: str, role: str) -> bool:
    return any(state in move.begins and role in move.by.get(kind, ()) for move in register.move)


def _together(one: Task, other: Task) -> Task:
    days = [each for each in (one.due, other.due) if each is not None]
    return Task(
        one.register, one.work, one.state, one.count + other.count, one.late + other.late,
        min(days, default=None), one.mine, one.waits_for, None,
    )  # fmt: skip
