"""The notes of a sheet: ours are added after what stands there, and taken off again."""

from collections.abc import Mapping
from typing import Any

from lxml import etree

from junheng.registry.marking.grid import Cell, cell_of
from junheng.registry.marking.parts import parsed, serialised
from junheng.registry.marking.wording import MARKER
from junheng.registry.reading.addresses import address

AUTHOR = "校验"
COLOUR, FONT, SIZE = "FF9C0006", "宋体", "10"


class Notes:
    """One comments part."""

    def __init__(self, content: bytes | None, space: str) -> None:
        empty = f'<comments xmlns="{space}"><authors/><commentList/></comments>'
        self._root = parsed(content or empty.encode(), "批注")
        self._space = etree.QName(self._root).namespace or space
        self._list = self._child("commentList")
        self._notes: dict[Cell, Any] = {}
        for each in self._list:
            cell = cell_of(each.get("ref", "")) if isinstance(each.tag, str) else None
            if cell is not None:
                self._notes[cell] = each

    def replace(self, texts: Mapping[Cell, str]) -> dict[Cell, str | None]:
        """Take off what was added last time, add `texts`; returns the notes that changed.

        The value is the whole text now shown, or None where no note is left.
        """
        changed = {cell: None for cell, note in self._notes.items() if MARKER in self._text(note)}
        for cell in changed:
            self._cut(self._notes[cell])
        for cell, text in texts.items():
            self._add(cell, text)
        touched = {cell: self._now(cell) for cell in {*changed, *texts}}
        for cell, text_now in touched.items():
            if text_now is None:
                self._list.remove(self._notes.pop(cell))
        return touched

    def content(self) -> bytes:
        ordered = sorted(self._list, key=lambda each: cell_of(each.get("ref") or "") or (0, 0))
        self._list[:] = ordered
        return serialised(self._root)

    def __len__(self) -> int:
        return len(self._notes)

    def _now(self, cell: Cell) -> str | None:
        return self._text(self._notes[cell]) or None

    def _name(self, local: str) -> str:
        return f"{{{self._space}}}{local}"

    def _child(self, local: str) -> Any:
        found = self._root.find(self._name(local))
        return found if found is not None else etree.SubElement(self._root, self._name(local))

    def _pieces(self, note: Any) -> list[Any]:
        """The `t` elements of the text, those of phonetic guides left out."""
        text = note.find(self._name("text"))
        if text is None:
            return []
        plain, run = self._name("t"), self._name("r")
        return [t for t in text.iter(plain) if t.getparent().tag in (run, text.tag)]

    def _text(self, note: Any) -> str:
        return "".join(t.text or "" for t in self._pieces(note))

    def _cut(self, note: Any) -> None:
        left = len(self._text(note).partition(MARKER)[0].rstrip("\n"))
        for piece in self._pieces(note):
            text = piece.text or ""
            piece.text = text[:left]
            left -= len(piece.text)
            holder = piece.getparent()
            if not piece.text and holder.tag == self._name("r"):
                holder.getparent().remove(holder)

    def _add(self, cell: Cell, added: str) -> None:
        note = self._notes.get(cell)
        if note is None:
            note = etree.SubElement(
                self._list,
                self._name("comment"),
                {"ref": address(*cell), "authorId": str(self._author())},
            )
            self._notes[cell] = note
        text = note.find(self._name("text"))
        if text is None:
            text = etree.SubElement(note, self._name("text"))
        self._as_runs(text)
        before = self._text(note)
        self._run(text, f"\n{added}" if before else added)

    def _as_runs(self, text: Any) -> None:
        for plain in text.findall(self._name("t")):
            run = etree.Element(self._name("r"))
            text.replace(plain, run)
            run.append(plain)

    def _run(self, text: Any, content: str) -> None:
        run = etree.Element(self._name("r"))
        look = etree.SubElement(run, self._name("rPr"))
        etree.SubElement(look, self._name("sz"), {"val": SIZE})
        etree.SubElement(look, self._name("color"), {"rgb": COLOUR})
        etree.SubElement(look, self._name("rFont"), {"val": FONT})
        piece = etree.SubElement(run, self._name("t"))
        piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        piece.text = content
        last = max((n for n, e in enumerate(text, 1) if e.tag == self._name("r")), default=0)
        text.insert(last, run)

    def _author(self) -> int:
        authors = self._child("authors")
        names = [each.text for each in authors]
        if AUTHOR not in names:
            etree.SubElement(authors, self._name("author")).text = AUTHOR
            names.append(AUTHOR)
        return names.index(AUTHOR)
