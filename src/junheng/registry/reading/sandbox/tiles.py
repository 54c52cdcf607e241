"""Rows and shared strings as Excel, WPS, LibreOffice and the usual libraries write them.

One pattern a kind of item, which accounts for every character: attributes in their usual order, no
comment, nothing nested that is not named here. What does not fit is left to the parser (`sieve`),
whose readings these must equal to the last character.
"""

import re
from dataclasses import dataclass, field
from string import digits as DIGITS  # noqa: N812
from typing import Generic, TypeVar

from junheng.registry.reading.sandbox.budget import Budget
from junheng.registry.reading.sandbox.grid import Content, Grid
from junheng.registry.reading.sandbox.places import LAST_ROW, Columns, is_row_hidden
from junheng.registry.reading.sandbox.references import OddReferenceError, resolved
from junheng.registry.reading.sandbox.values import unescaped, value_of
from junheng.registry.reading.sandbox.wire import PLAIN, Refused

ROW, STRING = "</row>", "</si>"
"""How the items end."""
BEFORE_ROWS = re.compile(rb"<sheetData>")
BEFORE_STRINGS = re.compile(rb'<sst(?: [A-Za-z:]+="[^"<&>]*")*>')
ROWS_LOOKED_AT = 20
"""A sheet is left after these rows if none of them shows a mark of the template."""

_SAID = r'(?: [A-Za-z_][A-Za-z0-9_.:-]*+="[^"<]*+")*+'
"""Attributes, whatever they are called."""
_ONE = re.compile(r' ([^ =]+)="([^"]*)"')
_OPEN = re.compile(rf'<row r="([0-9]{{1,7}}+)"({_SAID}) ?(/?)>')
_CELL = '<c r="'
_PARTS = re.compile(
    r'(?: s="(?P<style>[0-9]{1,9}+)")?+(?: t="(?P<kind>[A-Za-z]{1,10}+)")?+(?: ?/>|>'
    rf"(?P<formula><f(?P<said>{_SAID})(?: ?/>|>[^<]{{0,200}}+</f>))?+"
    r"(?:<v>(?P<value>[^<]*+)</v>|<v ?/>|"
    r'<is><t(?: xml:space="preserve")?+>(?P<text>[^<]*+)</t></is>)?+</c>)'
)
"""All of a cell behind its address. Long formulas seldom repeat: the parser forgets them at once."""
_STRING = re.compile(r'<si><t(?: xml:space="preserve")?+>([^<]*+)</t></si>')

REMEMBERED, REMEMBERED_CHARACTERS = 1 << 18, 1 << 23
"""Ways of writing kept in mind; what a sheet says in the end is counted by its budget."""
EMPTY, MUTE = -1, -2
"""Instead of the number of a content: nothing stands in the cell; or spaces at most."""


@dataclass
class Standing:
    """How far the reading of a sheet has come; kept alike by the parser's handlers and by tiles."""

    marks: frozenset[str] | None
    """Texts that show the sheet to be of interest; None: it is, whatever stands there."""
    row: int = 0
    row_hidden: bool = False
    row_stated: bool = True
    """The row said its number; if not, the addresses of its cells may."""
    column: int = 0
    skipped: str = ""
    """Address of the empty cell just before, if it had one; its digits do not matter."""


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
        self._strings = strings
        self._looks = looks

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
            if formula and _attributes(parts["said"]) is None:
                return None
            raw = resolved(parts["value"] or parts["text"] or "")
            kind, text = value_of(parts["kind"], raw, self._strings, formula=formula)
        except OddReferenceError:
            return None
        except IndexError:
            if raw or formula:
                return None
            kind = text = ""
        if text or formula:
            look = self._looks.get(parts["style"] or "0", PLAIN) if kind == "n" else PLAIN
            return kind, text, look, formula
        return MUTE if raw else EMPTY


@dataclass
class Rows:
    """Takes rows."""

    written: "Written"
    columns: Columns
    budget: Budget
    grid: Grid
    standing: Standing
    _known: Remembered[int] = field(default_factory=Remembered)
    """Content as written → its number."""
    _hidden: Remembered[bool | None] = field(default_factory=Remembered)
    """Attributes of a row as written → whether it is hidden; None where the parser must decide."""

    def take(self, text: str, at: int) -> int:
        last: tuple[list[str], list[int]] | None = None
        while (opening := _OPEN.match(text, at)) is not None:
            number, said, closed = int(opening[1]), opening[2], opening[3]
            hidden = self._hidden[said] if said in self._hidden else self._is_hidden(said)
            if hidden is None or not 1 <= number <= LAST_ROW:
                break
            if self.standing.marks is not None and number > ROWS_LOOKED_AT:
                break
            end = opening.end()
            pieces: list[str] = []
            if not closed:
                end = text.index(ROW, end)
                before, *pieces = text[opening.end() : end].split(_CELL)
                if before:
                    break
                end += len(ROW)
            cells = [piece.partition('"') for piece in pieces]
            letters = [address.rstrip(DIGITS) for address, _, _ in cells]
            which = self._which([written for _, _, written in cells])
            if which is None or not self._keep(number, letters, which, hidden=hidden):
                break
            last = letters, which
            self.standing.row, self.standing.row_hidden = number, hidden
            at = end
        if last is not None:
            self._stand(*last)
        return at

    def _which(self, written: list[str]) -> list[int] | None:
        """The contents of the cells of a row, by number; None where one is written otherwise."""
        self._known.forget_if_large()
        known = self._known
        # Not by the difference of sets: of a dict that is no plain dict it walks every key.
        for each in [each for each in dict.fromkeys(written) if each not in known]:
            number = self._new(each)
            if number is None:
                return None
            known[each] = number
            known.characters += len(each)
        return list(map(self._known.__getitem__, written))

    def _keep(self, row: int, letters: list[str], which: list[int], *, hidden: bool) -> bool:
        """False where the row would break a limit: the parser finds at which cell."""
        try:
            columns = list(map(self.columns.__getitem__, letters))
        except Refused:
            return False
        if EMPTY in which or MUTE in which:
            columns = [c for c, number in zip(columns, which, strict=True) if number >= 0]
            which = [number for number in which if number >= 0]
        if not which:
            return True
        if not self.budget.spend_at_once(
            len(which), sum(map(self.grid.lengths.__getitem__, which))
        ):
            return False
        marks = self.standing.marks
        if marks is not None and any(self.grid.contents[each][1] in marks for each in which):
            self.standing.marks = None
        self.grid.add(row, columns, which, hidden=hidden)
        return True

    def _stand(self, letters: list[str], which: list[int]) -> None:
        """As the parser's handlers would stand after the last row that was taken."""
        standing = self.standing
        standing.row_stated = True
        standing.skipped = letters[-1] if which[-1:] == [EMPTY] else ""
        filled = (each for each, number in zip(letters, which, strict=True) if number != EMPTY)
        *_, last = "", *filled
        standing.column = self.columns[last] if last else 0

    def _new(self, written: str) -> int | None:
        """The number of a content met for the first time; None where the parser must decide."""
        content = self.written[written]
        if isinstance(content, tuple):
            return self.grid.content(content)
        return content

    def _is_hidden(self, said: str) -> bool | None:
        attributes = _attributes(said)
        self._hidden.forget_if_large()
        self._hidden.characters += len(said)
        self._hidden[said] = hidden = (
            None if attributes is None or "r" in attributes else is_row_hidden(attributes)
        )
        return hidden


def _attributes(said: str) -> dict[str, str] | None:
    """Attributes as written; None where one is repeated, or only a parser knows what it says."""
    listed = _ONE.findall(said)
    try:
        found = {name: resolved(value) for name, value in listed}
    except OddReferenceError:
        return None
    return found if len(found) == len(listed) else None


@dataclass
class Strings:
    """Takes shared strings."""

    budget: Budget
    found: list[str]

    def take(self, text: str, at: int) -> int:
        while (string := _STRING.match(text, at)) is not None:
            try:
                raw = resolved(string[1])
            except OddReferenceError:
                break
            self.keep(raw)
            at = string.end()
        return at

    def keep(self, raw: str) -> None:
        text = unescaped(raw)
        self.budget.spend_characters(len(text))
        self.found.append(text)
