"""Which document changes which, directly or through another."""

from junheng.standards.nouns import Document


def with_amendments(known: dict[str, Document], names: tuple[str, ...]) -> list[Document]:
    """The documents named and all that amend them, directly or through another, in that order."""
    found = [known[name] for name in names]
    waiting = [d for d in known.values() if d.amends and d not in found]
    while True:
        there = {d.name for d in found}
        ready = [
            d
            for d in waiting
            if there & {*d.amends} and not {*d.amends} & {w.name for w in waiting if w is not d}
        ] or [d for d in waiting if there & {*d.amends}]
        if not ready:
            return found
        found += ready
        waiting = [d for d in waiting if d not in ready]


def amended(document: Document, known: dict[str, Document]) -> set[str]:
    """Names of what a document amends, directly or through another."""
    found: set[str] = set()
    waiting = list(document.amends)
    while waiting:
        name = waiting.pop()
        if name not in found and name in known:
            found.add(name)
            waiting += known[name].amends
    return found
