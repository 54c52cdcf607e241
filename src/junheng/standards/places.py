"""The unit table: which place stands under which."""

from collections.abc import Iterable
from functools import cache

import msgspec

from junheng.standards.misread import read
from junheng.standards.nouns import Place
from junheng.standards.rule_files import root


class _Places(msgspec.Struct, forbid_unknown_fields=True):
    place: tuple[Place, ...]


@cache
def places() -> dict[str, Place]:
    """The unit table by code."""
    text = (root() / "places.toml").read_text(encoding="utf-8")
    return {place.code: place for place in read(text, _Places, file="places.toml").place}


def listed_name(code: str) -> str:
    """Name of a place as the unit table gives it; the code itself where it is not there."""
    return places()[code].name if code in places() else code


def superiors(code: str) -> tuple[str, ...]:
    """The place itself and its superiors up to the nation; an unknown place stands under the nation."""
    chain = [code]
    while chain[-1] in places() and places()[chain[-1]].parent:
        chain.append(places()[chain[-1]].parent)
    return tuple(chain) if chain[-1] == "000000" else (*chain, "000000")


def common_superior(codes: Iterable[str]) -> str:
    """The unit that all these places have in common: the one they are, or the nearest above all.

    There must be at least one code."""
    chains = [superiors(code) for code in codes]
    return next(each for each in chains[0] if all(each in chain for chain in chains))
