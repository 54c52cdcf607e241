"""Where the rule files lie."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable


def toml_files(folder: str) -> Iterator[Traversable]:
    """Every TOML file in a folder of the rules and in the folders under it, in order of name."""
    yield from _within(root() / folder)


def _within(folder: Traversable) -> Iterator[Traversable]:
    for each in sorted(folder.iterdir(), key=lambda f: f.name):
        if each.is_dir():
            yield from _within(each)
        elif each.name.endswith(".toml"):
            yield each


@cache
def root() -> Traversable:
    """Where the rules that come with the program lie."""
    return files("junheng.standards")
