"""Rows and shared strings as Excel, WPS, LibreOffice and the usual libraries write them.

One pattern a kind of item, which accounts for every character: attributes in their usual order, no
comment, nothing nested that is not named here. What does not fit is left to the parser (`sieve`),
whose readings these must equal to the last character.
"""

import re
from dataclasses import dataclass, field
from string import digits as DIGITS  # noqa: N812

from junheng.registry.reading.sandbox.budget import Budget
from junheng.registry.reading.sandbox.grid import Content, Grid
from junheng.registry.reading.sandbox.places import LAST_ROW, Columns, is_row_hidden
from junheng.registry.reading.sandbox.references import OddReferenceError, resolved
from junheng.registry.reading.sandbox.strips import CELL, EMPTY, MUTE, Remembered, Strips
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
_PARTS = re.compile(
    r'(?: s="(?P<style>[0-9]{1,9}+)")?+(?: t="(?P<kind>[A-Za-z]{1,10}+)")?+(?: ?/>|>'
    rf"(?P<formula><f(?P<said>{_SAID})(?: ?/>|>[^<]{{0,200}}+</f>))?+"
    r"(?:<v>(?P<value>[^<]*+)</v>|<v ?/>|"
    r'<is><t(?: xml:space="preserve")?+>(?P<text>[^<]*+)</t></is>)?+</c>)'
)
"""All of a cell behind its address. Long formulas seldom repeat: the parser forgets them at once."""
_USUAL = re.compile(
    r'(?: s="([0-9]{1,9}+)")?+(?:(?: t="n")?+><v>([0-9]++(?:\.[0-9]++)?+)</v>|'
    r' t="inlineStr"><is><t(?: xml:space="preserve")?+>([^<]++)</t></is>)</c>'
)
"""Of these the usual: a number in digits, or a text of its own."""
_STRING = re.compile(r'<si><t(?: xml:space="preserve")?+>([^<]*+)</t></si>')


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
        usual = _USUAL.fullmatch(written)
        if usual is None:
            return self._otherwise(written)
        style, number, text = usual.groups()
        if number is not None:
            return "n", number, self._looks.get(style or "0", PLAIN), False
        try:
            text = unescaped(resolved(text))
        except OddReferenceError:
            return None
        return ("s", text, PLAIN, False) if text else MUTE

    def _otherwise(self, written: str) -> Content | int | None:
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

    written: Written
    columns: Columns
    budget: Budget
    grid: Grid
    standing: Standing
    _hidden: Remembered[bool | None] = field(default_factory=Remembered)
    """Attributes of a row as written → whether it is hidden; None where the parser must decide."""

    def __post_init__(self) -> None:
        self._strips = Strips(self.written, self.grid, self.columns)
        self._length = self.grid.lengths.__getitem__

    def take(self, text: str, at: int) -> int:
        last: str | None = None
        while (opening := _OPEN.match(text, at)) is not None:
            digits, said, closed = opening.groups()
            number = int(digits)
            hidden = self._hidden[said] if said in self._hidden else self._is_hidden(said)
            if hidden is None or not 1 <= number <= LAST_ROW:
                break
            if self.standing.marks is not None and number > ROWS_LOOKED_AT:
                break
            end = opening.end()
            row = ""
            if not closed:
                stop = text.index(ROW, end)
                row, end = text[end:stop], stop + len(ROW)
            cells = self._strips.cells(row, digits) or self._one_by_one(row)
            if cells is None or not self._keep(number, *cells, hidden=hidden):
                break
            last = row
            self.standing.row, self.standing.row_hidden = number, hidden
            at = end
        if last is not None:
            self._stand(last)
        return at

    def _one_by_one(self, row: str) -> tuple[list[int], list[int]] | None:
        """Columns and contents of the filled cells; None where the parser must decide."""
        cells = self._apart(row)
        if cells is None:
            return None
        try:
            columns = [self.columns[letters] for letters, _ in cells]
        except Refused:
            return None
        filled = [(c, n) for c, (_, n) in zip(columns, cells, strict=True) if n >= 0]
        return [column for column, _ in filled], [number for _, number in filled]

    def _apart(self, row: str) -> list[tuple[str, int]] | None:
        """Column letters and content of every cell of a row; None where one is written otherwise."""
        before, *pieces = row.split(CELL)
        if before:
            return None
        found = []
        for piece in pieces:
            address, _, written = piece.partition('"')
            number = self._strips.number(written)
            if number is None:
                return None
            found.append((address.rstrip(DIGITS), number))
        return found

    def _keep(self, row: int, columns: list[int], which: list[int], *, hidden: bool) -> bool:
        """False where the row would break a limit: the parser finds at which cell."""
        if not which:
            return True
        if not self.budget.spend_at_once(len(which), sum(map(self._length, which))):
            return False
        marks = self.standing.marks
        if marks is not None and any(self.grid.contents[each][1] in marks for each in which):
            self.standing.marks = None
        self.grid.add(row, columns, which, hidden=hidden)
        return True

    def _stand(self, row: str) -> None:
        """As the parser's handlers would stand after the last row that was taken."""
        standing = self.standing
        cells = self._apart(row)
        assert cells is not None, "taken just now"
        standing.row_stated = True
        standing.skipped = cells[-1][0] if cells and cells[-1][1] == EMPTY else ""
        *_, last = "", *(letters for letters, number in cells if number != EMPTY)
        standing.column = self.columns[last] if last else 0

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
