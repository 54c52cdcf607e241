"""What cells and rows say, by how they are written: every program writes its own way all through."""

import re
from typing import Generic, TypeVar

from junheng.registry.reading.sandbox.grid import Content
from junheng.registry.reading.sandbox.references import OddReferenceError, resolved
from junheng.registry.reading.sandbox.values import unescaped, value_of
from junheng.registry.reading.sandbox.wire import PLAIN

REMEMBERED, REMEMBERED_CHARACTERS = 1 << 18, 1 << 23
"""Ways of writing kept in mind; what a sheet says in the end is counted by its budget."""
EMPTY, MUTE = -1, -2
"""Instead of a content: nothing stands in the cell; or spaces at most."""

SAID = r'(?: [A-Za-z_][A-Za-z0-9_.:-]*+="[^"<]*+")*+'
"""Attributes, whatever they are called."""
_ONE = re.compile(r' ([^ =]+)="([^"]*)"')
_PARTS = re.compile(
    r'(?: s="(?P<style>[0-9]{1,9}+)")?+(?: t="(?P<kind>[A-Za-z]{1,10}+)")?+(?: ?/>|>'
    rf"(?P<formula><f(?P<said>{SAID})(?: ?/>|>[^<]{{0,200}}+</f>))?+"
    r"(?:<v>(?P<value>[^<]*+)</v>|<v ?/>|"
    r'<is><t(?: xml:space="preserve")?+>(?P<text>[^<]*+)</t></is>)?+</c>)'
)
"""All of a cell behind its address. Long formulas seldom repeat: the parser forgets them at once."""

Understood = TypeVar("Understood")


class Remembered(dict[str, Understood], Generic[Understood]):
    """What was understood, by how it was written; the memory that it takes has a limit."""

    characters = 0
    """In the keys; whoever adds one counts it (an entry is made for every cell of some files)."""

    def forget_if_large(self) -> None:
        if len(self) > REMEMBERED or self.characters > REMEMBERED_CHARACTERS:
            self.clear()
            self.characters = 0


class Written(Remembered[Content | int | None]):
    """What cells hold, by how they are written: all sheets of a file write in one way.

    EMPTY or MUTE where they hold nothing, None where the parser must decide.
    """

    def __init__(self, strings: list[str], looks: dict[str, int]) -> None:
        self.strings = strings
        self.looks = looks
        self._meant: Remembered[str] = Remembered()

    def __missing__(self, written: str) -> Content | int | None:
        self.forget_if_large()
        self.characters += len(written)
        self[written] = content = self._understood(written)
        return content

    def _understood(self, written: str) -> Content | int | None:
        parts = _PARTS.fullmatch(written)
        if parts is None:
            return None
        formula = parts["formula"] is not None
        try:
            resolved(parts["formula"] or "")
            if formula and attributes_of(parts["said"]) is None:
                return None
            raw = resolved(parts["value"] or parts["text"] or "")
            kind, text = value_of(parts["kind"], raw, self.strings, formula=formula)
        except OddReferenceError:
            return None
        except IndexError:
            if raw or formula:
                return None
            kind = text = ""
        if text or formula:
            look = self.looks.get(parts["style"] or "0", PLAIN) if kind == "n" else PLAIN
            return kind, text, look, formula
        return MUTE if raw else EMPTY

    def meant(self, raw: str) -> str:
        """The text of a cell of its own. Raises OddReferenceError where the parser must decide."""
        if "&" not in raw and "_x" not in raw:
            return raw
        text = self._meant.get(raw)
        if text is None:
            self._meant.forget_if_large()
            self._meant.characters += len(raw)
            self._meant[raw] = text = unescaped(resolved(raw))
        return text

    def shared(self, index: int) -> str:
        """A shared text. Raises IndexError where it is not there."""
        return self.strings[index]


def attributes_of(said: str) -> dict[str, str] | None:
    """Attributes as written; None where one is repeated, or only a parser knows what it says."""
    listed = _ONE.findall(said)
    try:
        found = {name: resolved(value) for name, value in listed}
    except OddReferenceError:
        return None
    return found if len(found) == len(listed) else None
