"""Policy diff: the same facts on the same day, with and without another document.

The other document amends some of ours (`amends`) or is a changed copy of one (the same number).
Told are the clauses that differ, the verdicts that change, and the schools that newly fail or pass.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import msgspec

from junheng.diagnosis import Assessment, Verdict, assess_facts
from junheng.errors import MisuseError
from junheng.registry import Snapshot
from junheng.standards import Demand, Document, Standard, Switches, superiors
from junheng.studies.points import Kind, Mark, Point, points_of

PROSE = ("gist", "note", "source", "article", "confidence")
"""Fields of a clause whose change alters no verdict."""


@dataclass(frozen=True)
class ClauseChange:
    """One clause that the other document replaces, adds or takes away."""

    code: str
    counties: tuple[str, ...]
    before: Demand | None
    after: Demand | None

    @property
    def fields(self) -> tuple[tuple[str, str, str], ...]:
        """(field, before, after) of everything that differs, as texts."""
        old, new = _fields(self.before), _fields(self.after)
        names = dict.fromkeys([*old, *new])
        return tuple(
            (name, old.get(name, ""), new.get(name, ""))
            for name in names
            if old.get(name, "") != new.get(name, "")
        )

    @property
    def only_words(self) -> bool:
        """Whether only wording, source or citation differ."""
        both = self.before is not None and self.after is not None
        return both and all(name in PROSE for name, _, _ in self.fields)


@dataclass(frozen=True)
class VerdictChange:
    """One verdict that is another under the other document."""

    before: Point | None
    after: Point | None
    """None: not judged there."""

    @property
    def point(self) -> Point:
        found = self.before or self.after
        assert found is not None, "a change has at least one side"
        return found

    @property
    def verdicts(self) -> tuple[Verdict | None, Verdict | None]:
        return (
            None if self.before is None else self.before.verdict,
            None if self.after is None else self.after.verdict,
        )

    @property
    def marks(self) -> tuple[tuple[Mark | None, Mark | None], ...]:
        """The values behind it of which value, limit or verdict differ: before and after."""
        old = {m.label: m for m in (self.before.marks if self.before else ())}
        new = {m.label: m for m in (self.after.marks if self.after else ())}
        return tuple(
            (old.get(label), new.get(label))
            for label in dict.fromkeys([*old, *new])
            if old.get(label) != new.get(label)
        )


@dataclass(frozen=True)
class Against:
    """A snapshot under the rules in force and under them with the other document."""

    snapshot: Snapshot
    other: Document
    before: Assessment
    after: Assessment
    clauses: tuple[ClauseChange, ...]
    changes: tuple[VerdictChange, ...]
    idle: str
    """Why the other document changes nothing at all, or empty."""

    def of(self, kind: Kind) -> tuple[VerdictChange, ...]:
        return tuple(each for each in self.changes if each.point.kind == kind)

    @cached_property
    def newly_failing(self) -> tuple[VerdictChange, ...]:
        """Stage parts, and schools under a line, that fail only under the other document."""
        return tuple(each for each in self._schools if each.verdicts[1] is Verdict.FAIL)

    @cached_property
    def newly_passing(self) -> tuple[VerdictChange, ...]:
        return tuple(each for each in self._schools if each.verdicts[1] is Verdict.PASS)

    @property
    def _schools(self) -> Iterator[VerdictChange]:
        return (each for each in self.changes if each.point.kind in ("part", "school"))


def assess_against(
    snapshot: Snapshot,
    *,
    on: date,
    other: Document,
    scheme: str = "2017-quality",
    switches: Switches | None = None,
) -> Against:
    """Lay the verdicts of a snapshot beside those under `other`.

    Raises MisuseError where `other` neither amends a document of the scheme nor bears the number of
    one; DeclarationError where it contradicts a document in force that it does not say to amend.
    """
    before = assess_facts(snapshot.facts, on=on, scheme=scheme, switches=switches)
    standards = [county.standard for county in before.counties]
    _refuse_unrelated(other, standards)
    after = assess_facts(snapshot.facts, on=on, scheme=scheme, switches=switches, drafts=(other,))
    old, new = points_of(before), points_of(after)
    return Against(
        snapshot=snapshot,
        other=other,
        before=before,
        after=after,
        clauses=tuple(_clauses(standards, [county.standard for county in after.counties])),
        changes=tuple(
            VerdictChange(old.get(key), new.get(key))
            for key in dict.fromkeys([*old, *new])
            if (old[key].verdict if key in old else None)
            is not (new[key].verdict if key in new else None)
        ),
        idle=_idle(other, standards, on),
    )


def _refuse_unrelated(other: Document, standards: list[Standard]) -> None:
    used = {name for standard in standards for name in standard.scheme.documents}
    if standards and other.name not in used and not {*other.amends} & used:
        raise MisuseError(
            f"“{other.name}”既没有写明修订（amends）本方案的哪一份文件，也不与其中任何一份同号，无从对照。"
            f"本方案的文件：{'、'.join(sorted(used))}。"
        )


def _idle(other: Document, standards: list[Standard], on: date) -> str:
    if not other.in_force_on(on):
        begun = "尚未施行" if other.in_force and other.in_force > on else "已经废止"
        return f"“{other.name}”在{on}这一天{begun}，不起作用"
    if standards and not any(other.place in superiors(each.place) for each in standards):
        return f"“{other.name}”只约束{other.place}，不约束这些区县"
    return ""


def _clauses(before: list[Standard], after: list[Standard]) -> Iterator[ClauseChange]:
    found: dict[tuple[str, int, int], tuple[Demand | None, Demand | None, list[str]]] = {}
    for old, new in zip(before, after, strict=True):
        for code in dict.fromkeys([*old.demands, *new.demands]):
            one, two = old.demands.get(code), new.demands.get(code)
            if one and two and one.clause == two.clause:
                continue
            key = (code, id(one and one.clause), id(two and two.clause))
            found.setdefault(key, (one, two, []))[2].append(old.place)
    for (code, _, _), (one, two, places) in found.items():
        yield ClauseChange(code, tuple(places), one, two)


def _fields(demand: Demand | None) -> dict[str, str]:
    if demand is None:
        return {}
    plain = msgspec.to_builtins(demand.clause)
    filled = {name: value for name, value in plain.items() if value not in ("", None, {}, [])}
    return {name: _text(value) for name, value in filled.items() if name != "code"}


def _text(value: object) -> str:
    if isinstance(value, dict):
        return "，".join(f"{key} {each}" for key, each in value.items())
    return "、".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
