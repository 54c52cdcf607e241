"""The check codes of reading, with the title and group of each, for reports and documents."""

from functools import cache
from importlib.resources import files

import msgspec
import tomli

from junheng.registry.filing import Level


class Check(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of thing that reading can find."""

    code: str
    level: Level
    title: str


@cache
def checks() -> dict[str, Check]:
    """Every check of reading by its code, in order: S… structure, V… value."""
    text = (files("junheng.registry.reading") / "codes.toml").read_text(encoding="utf-8")
    listed = msgspec.convert(tomli.loads(text)["check"], list[Check])
    return {each.code: each for each in listed}
