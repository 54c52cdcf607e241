"""Mutants of the rule files that an assessment reads: documents and schemes, one entry changed.

Numbers go one unit in their last place down and up; a comparison takes its neighbour's place; what
is listed is left out once; a default reading gives way to each of the others.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from junheng.standards import Clause, Document, Relaxation, Scheme, Switch
from junheng.standards.books import documents, schemes
from mutation.code_mutants import steps

COMPARISONS = {
    "at_least": ("above", "at_most"), "at_most": ("below", "at_least"),
    "above": ("at_least",), "below": ("at_most",),
}  # fmt: skip
NUMBERS = (*COMPARISONS, "numbers")


@dataclass(frozen=True)
class DataMutant:
    """One changed document or scheme."""

    name: str
    lines: tuple[str, ...]
    """Lines of the scheme that it is about, as far as it says so."""
    changed: Document | Scheme


def data_mutants() -> Iterator[DataMutant]:
    """Every mutant of the documents that the schemes name, and of the schemes."""
    named = dict.fromkeys(name for scheme in schemes().values() for name in scheme.documents)
    for name in named:
        yield from _of_document(documents()[name])
    for scheme in schemes().values():
        yield from _of_scheme(scheme)


def put_in(mutant: DataMutant) -> None:
    """Make the changed document or scheme the one that is in force, in this process."""
    if isinstance(mutant.changed, Document):
        documents()[mutant.changed.name] = mutant.changed
    else:
        schemes()[mutant.changed.code] = mutant.changed


def _of_document(document: Document) -> Iterator[DataMutant]:
    for field, what, make in (
        ("clause", _clause_changes, lambda c: c.indicators),
        ("relaxation", _relaxation_changes, lambda r: r.touches),
        ("switch", _switch_changes, lambda s: s.touches),
    ):
        listed = getattr(document, field)
        for place, each in enumerate(listed):
            for words, new in what(each):
                items = (*listed[:place], new, *listed[place + 1 :])
                changed = replace(document, **{field: items})
                yield DataMutant(f"{document.name} {each.code}: {words}", make(each), changed)
    if document.in_force is not None:
        for days in (-1, 1):
            day = document.in_force + timedelta(days=days)
            changed = replace(document, in_force=day)
            yield DataMutant(f"{document.name}: in_force → {day}", (), changed)


def _numbers(item: Any, fields: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for field in fields:
        held = getattr(item, field)
        for key, value in held.items():
            for new in steps(str(value)):
                changed = replace(item, **{field: {**held, key: new}})
                yield f"{field}.{key} {value} → {new}", changed


def _clause_changes(clause: Clause) -> Iterator[tuple[str, Clause]]:
    yield from _numbers(clause, NUMBERS)
    for field, others in COMPARISONS.items():
        held = getattr(clause, field)
        for other in others if held else ():
            yield f"{field} → {other}", replace(clause, **{field: {}, other: held})
    for field in ("excluded_types",):
        for each in getattr(clause, field):
            kept = tuple(x for x in getattr(clause, field) if x != each)
            yield f"{field} without {each}", replace(clause, **{field: kept})
    if clause.kind == "evidence":
        other = "school" if clause.filed_by == "county" else "county"
        yield f"filed_by → {other}", replace(clause, filed_by=other)


def _relaxation_changes(relaxation: Relaxation) -> Iterator[tuple[str, Relaxation]]:
    yield from _numbers(relaxation, ("numbers",))
    for each in relaxation.touches:
        kept = tuple(x for x in relaxation.touches if x != each)
        yield f"touches without {each}", replace(relaxation, touches=kept)


def _switch_changes(switch: Switch) -> Iterator[tuple[str, Switch]]:
    for option in switch.option:
        if option.code != switch.default:
            yield f"default → {option.code}", replace(switch, default=option.code)
        for place, each in enumerate(switch.option):
            if each is option and (option.relaxations or option.only_compared):
                new = replace(option, relaxations=(), only_compared=not option.only_compared)
                items = (*switch.option[:place], new, *switch.option[place + 1 :])
                yield f"option {option.code} without effect", replace(switch, option=items)


def _of_scheme(scheme: Scheme) -> Iterator[DataMutant]:
    for variant in ("weighted", "unweighted_pop", "unweighted_sample", "pooled_unweighted"):
        if variant != scheme.variant:
            changed = replace(scheme, variant=variant)
            yield DataMutant(f"{scheme.code}: variant → {variant}", (), changed)
    for field in ("stages", "indicators", "documents"):
        for each in getattr(scheme, field):
            kept = tuple(x for x in getattr(scheme, field) if x != each)
            changed = replace(scheme, **{field: kept})
            yield DataMutant(f"{scheme.code}: {field} without {each}", (), changed)
    for place, area in enumerate(scheme.area):
        for line in area.line:
            kept = replace(area, line=tuple(x for x in area.line if x != line))
            areas = (*scheme.area[:place], kept, *scheme.area[place + 1 :])
            changed = replace(scheme, area=areas)
            yield DataMutant(f"{scheme.code}: without line {line.code}", (line.code,), changed)
