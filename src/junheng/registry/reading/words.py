"""The words of `words.toml`: states, yes and no, units, other names of choices."""

from functools import cache
from importlib.resources import files

import msgspec
import tomli


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What clerks write, as listed in the file."""

    not_applicable: frozenset[str]
    asked: frozenset[str]
    yes: frozenset[str]
    no: frozenset[str]
    totals: frozenset[str]
    units: dict[str, list[str]]
    choices: dict[str, dict[str, list[str]]]


@cache
def words() -> Words:
    text = (files("junheng.registry.reading") / "words.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomli.loads(text), Words)


@cache
def unit_of() -> dict[str, str]:
    """Way of writing → unit."""
    return {written: unit for unit, ways in words().units.items() for written in ways}
