"""School lineage: which codes of which years are one school, so that a line follows one school.

A renamed school keeps its code and a school that changed its type takes a new one (standards.md
§10); both go on as one line. A school merged into another ends there; one split off begins there.
A code that comes or goes without a filed row is shown as unlinked, never guessed at.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from junheng.registry import Facts, tables

GOES_ON = ("renamed", "type_changed")
UNLINKED_GONE, UNLINKED_CAME, CONTRADICTED = "unlinked_gone", "unlinked_came", "contradicted"
UNLINKED_WORDS = {
    UNLINKED_GONE: "不见了，没有沿革记录",
    UNLINKED_CAME: "新出现的老学校，没有沿革记录",
    CONTRADICTED: "沿革记录与填报矛盾",
}


@dataclass(frozen=True)
class Change:
    """One row of the table 学校沿革, or a coming or going that no row explains."""

    year: int
    """School year whose filing says so."""
    change: str
    """A choice of the column `change`, or `unlinked_gone`, `unlinked_came`, `contradicted`."""
    old_code: str
    new_code: str
    old_name: str
    new_name: str
    changed_on: date | None = None
    document: str = ""

    @property
    def label(self) -> str:
        """改变类型, 并入 …, or what is not explained."""
        if self.change in UNLINKED_WORDS:
            return UNLINKED_WORDS[self.change]
        return tables()["lineage"].columns()["change"].choices[self.change]


@dataclass
class _Open:
    codes: dict[int, str] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    ended: str = ""
    code: str = ""
    county: str = ""


@dataclass(frozen=True)
class Life:
    """One school over the years: its code and name in each year in which it is listed."""

    county: str
    codes: Mapping[int, str]
    names: Mapping[int, str]
    changes: tuple[Change, ...]
    ended: str
    """How it ended (撤销, 并入…), or 不见了…; empty while it goes on."""

    @property
    def code(self) -> str:
        """The latest code."""
        return self.codes[max(self.codes)]

    @property
    def name(self) -> str:
        """The latest name."""
        return self.names[max(self.names)]

    @property
    def first_seen(self) -> int:
        return min(self.codes)

    @property
    def last_seen(self) -> int:
        return max(self.codes)


def lives(facts: Mapping[int, Facts]) -> tuple[tuple[Life, ...], tuple[Change, ...]]:
    """Every school of these years, in order of its latest code, and all changes by year.

    Years without facts are gaps: a code found before and after one goes on through it.
    """
    book = _Book()
    for year in sorted(facts):
        book.turn(year, facts[year])
    ended = [*book.closed, *book.open.values()]
    found = (
        Life(each.county, each.codes, each.names, tuple(each.changes), each.ended)
        for each in ended
        if each.codes
    )
    listed = tuple(sorted(found, key=lambda life: (life.county, life.code, life.first_seen)))
    return listed, tuple(book.changes)


class _Book:
    """The lines that are open, as the years are turned over."""

    def __init__(self) -> None:
        self.open: dict[str, _Open] = {}
        self.closed: list[_Open] = []
        self.changes: list[Change] = []
        self.names: dict[str, str] = {}
        self.began: int | None = None

    def turn(self, year: int, facts: Facts) -> None:
        listed = dict(_listed(facts))
        rows = sorted(facts["lineage"].iter_rows(named=True), key=_in_turn)
        linked = {r["old_code"] for r in rows} | {r["new_code"] for r in rows}
        for row in rows:
            self._link(year, row, listed)
        self.names |= {code: name for code, (name, _, _) in listed.items()}
        for code, (name, county, founded) in sorted(listed.items()):
            if code not in self.open and self.began is not None and code not in linked:
                self._came(year, code, name, founded)
            line = self.open.setdefault(code, _Open())
            line.codes[year], line.names[year] = code, name
            line.code, line.county, line.ended = code, county, ""
        counties = {county for _, county, _ in listed.values()}
        for code in sorted(set(self.open) - set(listed)):
            if self.open[code].county in counties:
                self._gone(year, code)
        self.began = year if self.began is None else self.began

    def _link(self, year: int, row: Mapping[str, Any], listed: Mapping[str, Any]) -> None:
        old, new = row["old_code"], row["new_code"]
        change = Change(
            year, row["change"], old, new, self.names.get(old, ""), self._called(new, listed),
            row["changed_on"], row["document"] or "",
        )  # fmt: skip
        self.changes.append(change)
        line = self.open.get(old)
        self._keep(change, line, self.open.get(new))
        if _contradicts(change, listed):
            self._note(year, CONTRADICTED, change)
        elif line is not None and change.change in GOES_ON and new not in self.open:
            self.open[new] = self.open.pop(old)
        elif line is not None and old not in listed:
            line.ended = f"{change.label}“{change.new_name}”" if old != new else change.label
            self.closed.append(self.open.pop(old))
        if new in listed and new not in self.open:
            self.open[new] = _Open(changes=[change])

    def _keep(self, change: Change, *lines: _Open | None) -> None:
        for each in lines:
            if each is not None and change not in each.changes:
                each.changes.append(change)

    def _note(self, year: int, kind: str, of: Change) -> None:
        self.changes.append(Change(year, kind, of.old_code, of.new_code, of.old_name, of.new_name))

    def _called(self, code: str, listed: Mapping[str, Any]) -> str:
        """The name under which a code is listed, or was last known."""
        return str(listed[code][0]) if code in listed else self.names.get(code, "")

    def _came(self, year: int, code: str, name: str, founded: int | None) -> None:
        """A school that is older than its first filing should have been there, or be linked."""
        assert self.began is not None
        if founded is not None and founded < year:
            self.changes.append(Change(year, UNLINKED_CAME, "", code, "", name))

    def _gone(self, year: int, code: str) -> None:
        line = self.open[code]
        if not line.ended and line.codes:
            line.ended = UNLINKED_WORDS[UNLINKED_GONE]
            name = line.names[max(line.names)]
            change = Change(year, UNLINKED_GONE, code, "", name, "")
            self.changes.append(change)
            line.changes.append(change)


def _contradicts(change: Change, listed: Mapping[str, Any]) -> bool:
    """Whether a school is listed still that should have ended, or taken another code."""
    if change.change in GOES_ON:
        return change.old_code != change.new_code and change.old_code in listed
    return change.change in ("merged", "closed") and change.old_code in listed


def _in_turn(row: Mapping[str, Any]) -> tuple[int, str, str]:
    """What goes on first, then what ends or begins: a school may change type and then absorb another."""
    return (row["change"] not in GOES_ON, row["old_code"], row["new_code"])


def _listed(facts: Facts) -> Iterator[tuple[str, tuple[str, str, int | None]]]:
    """Code → name, county, founding year of every school on the register or with a return."""
    for row in facts["register"].iter_rows(named=True):
        yield row["school_code"], (row["school_name"], row["location_unit"], None)
    for row in facts["schools"].iter_rows(named=True):
        told = (row["school_name"], row["location_unit"], row["founding_year"])
        yield row["school_code"], told
