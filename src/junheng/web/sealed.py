"""Which sealed snapshots the desk has: read from the folders of the store, newest year first."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from junheng.registry.snapshot import seals_of
from junheng.years import SchoolYear


@dataclass(frozen=True)
class Sealed:
    """A seal as it is chosen from."""

    name: str
    year: int
    on: str
    by: str
    facts: str
    missing: int

    @property
    def title(self) -> str:
        lacking = f"，缺报{self.missing}所" if self.missing else ""
        return f"{SchoolYear(self.year)}　{self.on} {self.by}封存{lacking}　{self.facts[:8]}"


def store() -> Path:
    """The desk's own store."""
    return Path(settings.DATA) / "store"


def pending() -> Path:
    """A mark for each seal whose run is not done: it may lie in the store already, and does not count.

    The rows and the store cannot change in one step. A mark is there before the seal is, and goes
    after the rows are committed, so that what was cut off in between is never an official fact.
    """
    return Path(settings.DATA) / "sealing"


def sealed_ones() -> list[Sealed]:
    """Every seal of the store that a done run made or somebody brought in: the newest year first, in
    a year the latest sealing first."""
    undone = {each.name for each in pending().glob("*")}
    found = [
        (_told(folder), (folder / "seal.json").stat().st_mtime_ns)
        for folder in seals_of(store())
        if folder.name not in undone
    ]
    found.sort(key=lambda pair: (pair[0].year, pair[0].on, pair[1]), reverse=True)
    return [each for each, _ in found]


def latest_by_year(chosen: list[Sealed] | None = None) -> list[Sealed]:
    """Of each year its latest seal, the newest year first."""
    found: dict[int, Sealed] = {}
    for each in sealed_ones() if chosen is None else chosen:
        found.setdefault(each.year, each)
    return list(found.values())


def path_of_seal(name: str) -> Path:
    """The folder of a seal. The name comes from a row, never from an address."""
    return store() / "seals" / name


@lru_cache(maxsize=256)
def _told(folder: Path) -> Sealed:
    """A seal never changes: its folder is named by its content."""
    told: dict[str, Any] = json.loads((folder / "seal.json").read_text(encoding="utf-8"))
    return Sealed(
        folder.name, told["year"], told["on"], told["by"], told["facts"],
        len(told.get("missing_schools", ())),
    )  # fmt: skip
