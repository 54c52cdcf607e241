"""What is in force at a place on a day over all documents, and how two such lists differ.

Nothing is judged and no scheme chosen: norms, targets and ordered documents stand beside the
clauses of the assessments, each with the document that says it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

import msgspec

from junheng.errors import MisuseError
from junheng.standards.amending import amended, amendments_last
from junheng.standards.books import documents, schemes
from junheng.standards.choosing import valid_on
from junheng.standards.nouns import Clause, ClauseKind, Document, Relaxation, Switch
from junheng.standards.places import places, superiors
from junheng.standards.promises import Mechanism, Ordered, ScopeSet, Target

Body = Clause | Relaxation | Switch | Target | Ordered | Mechanism | ScopeSet
OtherKind = Literal["relaxation", "switch", "commitment", "ordered", "mechanism"]
KINDS: tuple[str, ...] = (*get_args(ClauseKind), *get_args(OtherKind))
"""Kinds of item: those of clauses, then what is no clause."""


@dataclass(frozen=True)
class Item:
    """One thing that one document says."""

    kind: str
    """One of KINDS; `scope_set` where a set of places was asked for by its code."""
    body: Body
    document: Document

    @property
    def code(self) -> str:
        return self.body.code

    @property
    def fields(self) -> dict[str, str]:
        """What it says, field by field, as text; empty fields are left out."""
        return flat(msgspec.to_builtins(self.body))

    def to_json(self) -> dict[str, Any]:
        """What it says and where, as plain data."""
        return {
            "kind": self.kind,
            "code": self.code,
            "document": self.document.name,
            "place": self.document.place,
            "checked": self.document.checked,
            "says": msgspec.to_builtins(self.body),
        }


def items_of(document: Document) -> list[Item]:
    """All that a document says, in its order."""
    found = [Item(each.kind, each, document) for each in document.clause]
    found += [Item("relaxation", each, document) for each in document.relaxation]
    found += [Item("switch", each, document) for each in document.switch]
    found += [Item("commitment", each, document) for each in document.target]
    found += [Item("ordered", each, document) for each in document.ordered]
    return found + [Item("mechanism", each, document) for each in document.mechanism]


def place_of(text: str) -> str:
    """The code of a place given by code or by name. Raises MisuseError for an unknown one."""
    named = [p.code for p in places().values() if text in (p.code, p.name)]
    if named:
        return named[0]
    like = [f"{p.name}（{p.code}）" for p in places().values() if text and text in p.name]
    hint = f"相近的有：{'、'.join(like)}" if like else "单位表里有国家、省、市、区县的代码和名称"
    raise MisuseError(f"单位表里没有“{text}”。{hint}。")


def in_force(
    place: str,
    on: date,
    *,
    kinds: Iterable[str] = (),
    drafts: tuple[Document, ...] = (),
) -> tuple[Item, ...]:
    """All that binds `place` on `on`, the wider place's documents first, amended items left out.

    A draft takes the place of a document of its name, and counts from its own first day.
    Raises MisuseError for a kind that does not exist."""
    wanted = _wanted(kinds)
    known = {d.name: d for d in (*documents().values(), *drafts)}
    bound = superiors(place)
    binding = [d for d in known.values() if d.place in bound and d.in_force_on(on)]
    found = []
    for document in amendments_last(sorted(binding, key=_order), known):
        newer = [d for d in binding if document.name in amended(d, known)]
        replaced = {_key(i) for d in newer for i in items_of(d) if _holds(i, on)}
        found += [
            item
            for item in items_of(document)
            if item.kind in wanted
            and _holds(item, on)
            and _key(item) not in replaced
            and _concerns(item, place)
        ]
    return tuple(found)


def _wanted(kinds: Iterable[str]) -> set[str]:
    wanted = set(kinds) or {*KINDS}
    if unknown := wanted - {*KINDS}:
        raise MisuseError(f"没有“{'、'.join(sorted(unknown))}”这个类别。可用：{'、'.join(KINDS)}。")
    return wanted


def _order(document: Document) -> tuple[bool, bool, int, date, str]:
    """The assessments first, wider places first, then the older document; the platform's own
    conventions stand last."""
    own = document.checked == "平台自定"
    planned = document.name not in {name for s in schemes().values() for name in s.documents}
    depth = len(superiors(document.place))
    return own, planned, depth, document.issued or date.max, document.name


def _key(item: Item) -> tuple[str, str, str]:
    """What an amendment replaces: a clause by a clause of its code, whatever their kinds."""
    return type(item.body).__name__, item.code, getattr(item.body, "reading", "")


def _holds(item: Item, on: date) -> bool:
    return not isinstance(item.body, Clause | Relaxation) or valid_on(item.body, on)


def _concerns(item: Item, place: str) -> bool:
    """Whether a commitment is made for the place, for a part of it, or for what it is part of."""
    if not isinstance(item.body, Target):
        return True
    sets = {s.code: s for s in item.document.scope_set}
    scope = item.body.scope
    members = sets[scope].members if scope in sets else (scope,)
    without = sets[scope].without if scope in sets else ()
    chain = superiors(place)
    if any(place in superiors(member) for member in members):
        return True
    return any(member in chain for member in members) and not {*without} & {*chain}


def flat(value: Any, name: str = "") -> dict[str, str]:
    """Plain data as text by dotted name: at_least.primary → 4.2; what is empty is left out."""
    if isinstance(value, dict):
        found: dict[str, str] = {}
        for key, each in value.items():
            found |= flat(each, f"{name}.{key}" if name else key)
        return found
    if isinstance(value, list | tuple) and any(isinstance(each, dict) for each in value):
        return flat({each.get("code", str(n)): each for n, each in enumerate(value)}, name)
    if isinstance(value, list | tuple):
        value = "、".join(str(each) for each in value)
    return {} if value in ("", None, False) else {name: str(value)}


# --- one code ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Opened:
    """One code, opened up: what every document says of it, and what can change it."""

    code: str
    label: str
    """The line's official name, where it is a line of a scheme."""
    said: tuple[Item, ...]
    """Under this code, for this line, or in its place under another reading; in every document."""
    switches: tuple[Item, ...]
    relaxations: tuple[Item, ...]


def show(code: str) -> Opened:
    """Everything about a line, a clause, a relaxation, a switch, a target or a set of places.

    Raises MisuseError for a code that no document has, with those that begin alike."""
    ordered = sorted(documents().values(), key=_order)
    everything = [Item("scope_set", each, d) for d in ordered for each in d.scope_set]
    everything += [item for d in ordered for item in items_of(d)]
    label = next((n.label for s in schemes().values() for a in s.area for n in a.line
                  if n.code == code), "")  # fmt: skip
    said = tuple(item for item in everything if _speaks_of(item, code))
    names = {code} | {i.code for i in said} | {x for i in said for x in _lines(i)}
    touching = [item for item in everything if {*getattr(item.body, "touches", ())} & names]
    if not code or not said:
        raise MisuseError(_unknown(code, everything))
    return Opened(
        code,
        label,
        said,
        tuple(i for i in touching if i.kind == "switch" and i not in said),
        tuple(i for i in touching if i.kind == "relaxation" and i not in said),
    )


def _speaks_of(item: Item, code: str) -> bool:
    body = item.body
    scope = getattr(body, "scope", "") if isinstance(body, Target) else ""
    return code in {item.code, getattr(body, "instead_of", ""), scope, *_lines(item)}


def _lines(item: Item) -> tuple[str, ...]:
    return item.body.indicators if isinstance(item.body, Clause) else ()


def _unknown(code: str, everything: list[Item]) -> str:
    codes = dict.fromkeys(i.code for i in everything)
    like = [each for each in codes if code and each.upper().startswith(code[:2].upper())][:12]
    hint = f"相近的有：{'、'.join(like)}" if like else "用 junheng standards --place 列出全部"
    return f"没有代码“{code}”。{hint}。"
