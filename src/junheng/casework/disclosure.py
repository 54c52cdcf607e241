"""What leaves a register: to the public, and to the facts of a sealed year. Deny by default."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from junheng.casework.nouns import CaseFile, Register
from junheng.registry import tables
from junheng.registry.filing import Value


@dataclass(frozen=True)
class Extract:
    """Rows of one table of the facts that count acts of a register."""

    table: str
    rows: tuple[dict[str, Any], ...]


def public_view(case: CaseFile) -> Mapping[str, Value | str | None] | None:
    """What the public may see of a case: the state's word and the public columns; None: nothing."""
    register = case.register
    if case.state not in register.public.states:
        return None
    seen: dict[str, Value | str | None] = {"state": register.states[case.state].label}
    for name in register.public.columns:
        if not register.columns[name].private:
            seen[name] = case.values.get(name)
    return seen


def extract(register: Register, cases: Iterable[CaseFile]) -> tuple[Extract, ...]:
    """What sealing takes from the register: the attachments of its cases, as rows of facts.

    Columns that the table does not declare, or declares private, stay behind.
    """
    held = list(cases)
    return tuple(
        Extract(
            each.table,
            tuple(
                {c.name: row.get(c.name) for c in tables()[each.table].column if not c.private}
                for case in held
                if case.state in each.states
                for row in case.attachments
            ),
        )
        for each in register.exported
    )
