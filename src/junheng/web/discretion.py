"""Private columns of the registers: which roles see them, and events without them for the others.

A register declares a column private (`casework/registers/*.toml`): the person in charge, the
telephone. The log keeps old and new values whole; what of them is shown depends on who looks.
"""

from functools import cache
from typing import Any

from junheng.casework import registers
from junheng.web.models import Event
from junheng.web.roles import Role

PRIVATE_ROLES = frozenset({Role.COUNTY_OFFICER, Role.CITY_OFFICER, Role.INSPECTOR})
"""Who sees the person in charge and the telephone: those who assign and check."""
WITHHELD = "（不公开，交办、复查的人才看得到）"


@cache
def private_names() -> frozenset[str]:
    """The names of the private columns of all registers."""
    return frozenset(c.name for each in registers().values() for c in each.column if c.private)


def holds_private(event: Event) -> bool:
    """Whether the old or the new value tells something of a private column."""
    return event.subject == "case" and _open(event.old) + _open(event.new) > 0


def told_of(event: Event, role: str) -> tuple[Any, Any]:
    """The old and the new value as this role may see them: what is private is withheld by name."""
    if event.subject != "case" or role in PRIVATE_ROLES:
        return event.old, event.new
    return _without(event.old), _without(event.new)


def _open(told: Any) -> int:
    """How many private values stand anywhere in a JSON value."""
    if isinstance(told, dict):
        return sum(bool(v) if k in private_names() else _open(v) for k, v in told.items())
    return sum(map(_open, told)) if isinstance(told, list) else 0


def _without(told: Any) -> Any:
    if isinstance(told, dict):
        return {
            k: (WITHHELD if v else v) if k in private_names() else _without(v)
            for k, v in told.items()
        }
    return [_without(each) for each in told] if isinstance(told, list) else told
