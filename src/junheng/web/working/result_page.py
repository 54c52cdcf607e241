"""What the page of a result says, written beside the result: conclusions first, then tables.

One shape for every kind of run, so that one view shows them all and two results of a kind can be
laid side by side. A cell is a text, or [text, tone], or [text, tone, number as a text].
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from pathlib import Path

from junheng.studies import place
from junheng.web.tones import VERDICT_TONES

FILE = "page.json"
Cell = str | list[str]
TONES = VERDICT_TONES | {
    "逾期": "fail", "落后": "near-fail", "在轨": "near", "达成": "pass", "无数据": "none",
    "无数字指标": "na",
}  # fmt: skip


@dataclass(frozen=True)
class Heading:
    """A column of a table."""

    title: str
    kind: str = ""
    """num, wide or sticky; nothing for a plain one."""


@dataclass(frozen=True)
class ShownTable:
    """A table of a result. The first `keys` columns say what a row is about."""

    name: str
    headings: Sequence[Heading]
    rows: Sequence[Sequence[Cell]]
    keys: int = 1
    note: str = ""
    folded: bool = False
    """Shown when somebody opens it."""
    about: Sequence[str] = ()
    """Codes of the units that the rows speak of, where the rows are shown by area."""


@dataclass(frozen=True)
class Figure:
    """A number that a leader asks for first."""

    label: str
    value: str
    note: str = ""
    tone: str = ""


@dataclass(frozen=True)
class ResultPage:
    """Conclusions, figures, tables, and what must be known with them."""

    lead: Sequence[str]
    figures: Sequence[Figure] = ()
    tables: Sequence[ShownTable] = ()
    notes: Sequence[str] = ()
    warnings: Sequence[str] = ()
    settings: Sequence[tuple[str, str]] = field(default_factory=tuple)

    def write(self, folder: Path) -> None:
        (folder / "pages").mkdir(exist_ok=True)
        text = json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))
        place(folder / "pages" / FILE, lambda aside: aside.write_text(text, encoding="utf-8"))


def headings(*words: str) -> list[Heading]:
    """Columns written "学校|num", "区县|sticky", "说明"."""
    return [Heading(*each.split("|")) for each in words]


def toned(word: str) -> Cell:
    """A verdict or a light with its colour."""
    return [word, TONES[word]] if word in TONES else word


def number(value: Decimal | int, text: str = "") -> Cell:
    """A number with its text for people."""
    return [text or f"{value:,}", "", str(value)]
