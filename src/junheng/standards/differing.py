"""How what is demanded differs between two days, two places or two documents."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec

from junheng.standards.listing import Item, flat, items_of
from junheng.standards.nouns import Document

LISTS = ("clause", "relaxation", "switch", "target", "ordered", "mechanism", "scope_set")


@dataclass(frozen=True)
class FieldChange:
    """One field that is not the same; empty = not there."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """The same item said otherwise."""

    before: Item
    after: Item
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True)
class Difference:
    """What the second list has, lacks, and says otherwise."""

    added: tuple[Item, ...]
    removed: tuple[Item, ...]
    changed: tuple[Change, ...]
    header: tuple[FieldChange, ...] = ()
    """Between two documents: their own title, dates and notes."""

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed or self.header)

    def to_json(self) -> dict[str, Any]:
        """The difference as plain data."""
        return {
            "added": [each.to_json() for each in self.added],
            "removed": [each.to_json() for each in self.removed],
            "changed": [
                {
                    "kind": each.after.kind,
                    "code": each.after.code,
                    "before_document": each.before.document.name,
                    "after_document": each.after.document.name,
                    "fields": [msgspec.to_builtins(field) for field in each.fields],
                }
                for each in self.changed
            ],
            "header": [msgspec.to_builtins(field) for field in self.header],
        }


def difference(before: Iterable[Item], after: Iterable[Item]) -> Difference:
    """Compare two lists: an item is first looked for in the same document, then under its code in
    any other, so that a clause taken over by an amendment is told as changed."""
    old, new = list(before), list(after)
    pairs: list[tuple[Item, Item]] = []
    for key in (_in_document, _in_any):
        pairs += _paired(old, new, key)
    changes = [Change(a, b, _fields(a.fields, b.fields)) for a, b in pairs]
    order = {id(item): n for n, (_, item) in enumerate(pairs)}
    told = [c for c in changes if c.fields or c.before.document.name != c.after.document.name]
    return Difference(tuple(new), tuple(old), tuple(sorted(told, key=lambda c: order[id(c.after)])))


def difference_of_documents(before: Document, after: Document) -> Difference:
    """Compare two documents item by item and in what they say of themselves."""
    found = difference(items_of(before), items_of(after))
    changed = tuple(each for each in found.changed if each.fields)
    header = _fields(*(_header(each) for each in (before, after)))
    return Difference(found.added, found.removed, changed, header)


def _header(document: Document) -> dict[str, str]:
    plain = msgspec.to_builtins(document)
    return flat({key: value for key, value in plain.items() if key not in LISTS})


def _in_document(item: Item) -> tuple[str, ...]:
    return item.document.name, *_in_any(item)


def _in_any(item: Item) -> tuple[str, ...]:
    return type(item.body).__name__, item.code, getattr(item.body, "reading", "")


def _paired(old: list[Item], new: list[Item], key: Any) -> list[tuple[Item, Item]]:
    """Pairs of the same key, taken out of both lists; doubles pair in their order."""
    waiting: dict[Any, list[Item]] = {}
    for item in old:
        waiting.setdefault(key(item), []).append(item)
    found = []
    for item in list(new):
        if waiting.get(key(item)):
            before = waiting[key(item)].pop(0)
            found.append((before, item))
            old.remove(before)
            new.remove(item)
    return found


def _fields(before: dict[str, str], after: dict[str, str]) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(name, before.get(name, ""), after.get(name, ""))
        for name in dict.fromkeys([*before, *after])
        if before.get(name, "") != after.get(name, "")
    )
