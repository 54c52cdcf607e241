"""Which document changes which, directly or through another."""

from junheng.standards.nouns import Document


def with_amendments(known: dict[str, Document], names: tuple[str, ...]) -> list[Document]:
    """The documents named and all that amend them, directly or through another; each after what
    it amends."""
    others = [d for d in known.values() if d.name not in names and amended(d, known) & {*names}]
    return amendments_last([*(known[name] for name in names), *others], known)


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


def amendments_last(listed: list[Document], known: dict[str, Document]) -> list[Document]:
    """The same documents, each after all that it amends, otherwise in the order given."""
    found: list[Document] = []
    waiting = list(listed)
    while waiting:
        names = {d.name for d in waiting}
        ready = [d for d in waiting if not amended(d, known) & (names - {d.name})] or waiting
        found.append(ready[0])
        waiting.remove(ready[0])
    return found
