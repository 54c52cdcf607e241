"""Making findings: a place, a code, three clauses in Chinese."""

from junheng.registry.filing import Finding, Level, Origin
from junheng.registry.reading.codes import checks
from junheng.registry.reading.outcome import Problem


class Place:
    """A sheet of a file, or a file alone, as the place of findings."""

    def __init__(self, file: str, sheet: str = "", table: str = "") -> None:
        self.file = file
        self.sheet = sheet
        self.table = table

    def origin(self, cell: str = "", raw: str = "") -> Origin:
        return Origin(self.file, self.sheet, cell, raw)

    def finding(
        self,
        check: str,
        found: str,
        allowed: str,
        mend: str,
        *,
        origin: Origin | None = None,
        key: tuple[str, ...] = (),
        column: str = "",
        level: Level | None = None,
    ) -> Finding:
        """A finding here; `level` only where it is milder than the code's own."""
        return Finding(
            level or checks()[check].level,
            check,
            origin or self.origin(),
            found,
            allowed,
            mend,
            self.table,
            key,
            column,
        )

    def of_problem(
        self, problem: Problem, origin: Origin, key: tuple[str, ...], column: str
    ) -> Finding:
        return Finding(
            problem.level,
            problem.check,
            origin,
            problem.found,
            problem.allowed,
            problem.mend,
            self.table,
            key,
            column,
        )


def listed(names: list[str], most: int = 12) -> str:
    """Names joined for a sentence, the rest counted."""
    shown = "、".join(names[:most])
    return f"{shown}等 {len(names)} 项" if len(names) > most else shown


def ranges(numbers: list[int]) -> str:
    """Rising numbers as 7、9—12."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return listed([f"{a}" if a == b else f"{a}—{b}" for a, b in parts])
