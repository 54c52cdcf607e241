"""The commands that these tests run, and what their outcomes are counted in."""

from collections import Counter
from pathlib import Path

Tally = Counter[str]
SEAL = ("--year", "2025", "--by", "某人", "--on", "2025-10-20")


def seal_words(book: Path, store: Path) -> list[str]:
    """The words of `junheng seal`."""
    return ["seal", str(book), "-o", str(store), *SEAL]
