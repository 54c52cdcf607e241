"""What somebody typed into the form of a register: values, and everything that does not fit."""

from collections.abc import Iterable, Mapping

from junheng.casework.nouns import Register
from junheng.registry import Finding, Level, Origin
from junheng.registry.filing import Value
from junheng.registry.reading.cells import understand
from junheng.registry.reading.sandbox.wire import Cell


def filled(
    register: Register, texts: Mapping[str, str], columns: Iterable[str]
) -> tuple[dict[str, Value | None], list[Finding]]:
    """Values of `columns` by the rules of the workbook's cells, blank as None, all problems at once."""
    values: dict[str, Value | None] = {}
    found: list[Finding] = []
    for name in columns:
        column = register.columns[name]
        text = texts.get(name, "").strip()
        outcome = understand(Cell(1, "s", text), column)
        values[name] = outcome.value
        if (problem := outcome.problem) is not None:
            origin = Origin(register.label, column.label, "", text)
            told = (problem.check, origin, problem.found, problem.allowed, problem.mend)
            found.append(Finding(Level.MUST_FIX, *told, register.name, (), name))
    return values, found
