"""Reading a web report back: its data blocks, its policy, its texts."""

import html
import json
import re
from pathlib import Path
from typing import Any

BLOCK = re.compile(r'<script type="application/json" id="([^"]+)">(.*?)</script>', re.DOTALL)


class Page:
    """The page as text, and its data."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.blocks: dict[str, Any] = {name: json.loads(body) for name, body in BLOCK.findall(text)}

    @classmethod
    def read(cls, path: Path) -> "Page":
        return cls(path.read_text(encoding="utf-8"))

    @property
    def city(self) -> Any:
        return self.blocks["data"]

    def county(self, code: str) -> Any:
        return self.blocks[f"county-{code}"]

    @property
    def without_data(self) -> str:
        """What a person wrote: template, style, program."""
        return BLOCK.sub("", self.text)

    @property
    def policy(self) -> dict[str, list[str]]:
        found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', self.text)
        assert found is not None
        rules = (rule.split() for rule in html.unescape(found[1]).split(";"))
        return {name: values for name, *values in rules}

    def inline(self, tag: str) -> list[str]:
        return re.findall(rf"<{tag}>(.*?)</{tag}>", self.text, re.DOTALL)


def figures(block: Any, rows: list[list[Any]]) -> list[list[str]]:
    """Figures with the pooled texts put back."""
    texts = block["texts"]
    return [
        [texts[r[0]], texts[r[1]], r[2], texts[r[3]], r[4], texts[r[5]], texts[r[6]], r[7]]
        for r in rows
    ]


def cells(block: Any, packed: list[Any]) -> dict[str, tuple[str | None, str]]:
    """Column → value and cell address of one school or county form."""
    number, places, values, odd = packed
    found = {}
    for position, column in enumerate(block["packed"]["layouts"][number]):
        name, table, letters = block["packed"]["columns"][column]
        told = odd.get(str(position), [])
        place = places[table]
        at = told[4] if len(told) > 4 else f"{letters}{place[2]}" if place else ""
        found[name] = (values[position], at if values[position] is not None else "")
    return found
