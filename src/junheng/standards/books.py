"""Reading the rule files, once, strictly: a mistyped key or a double code is named."""

import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TypeVar

import msgspec

from junheng.errors import DeclarationError, MisuseError
from junheng.standards.nouns import Clause, Document, Place, Relaxation, Scheme

T = TypeVar("T")


class _Places(msgspec.Struct, forbid_unknown_fields=True):
    place: tuple[Place, ...]


def parse(text: str, kind: type[T], *, file: str) -> T:
    """A rule file as `kind`; raises DeclarationError naming the file and the key."""
    try:
        return msgspec.convert(tomllib.loads(text), kind)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise DeclarationError(file, "内容", str(error)) from error


def _toml_files(folder: Traversable) -> Iterator[Traversable]:
    for each in sorted(folder.iterdir(), key=lambda f: f.name):
        if each.is_dir():
            yield from _toml_files(each)
        elif each.name.endswith(".toml"):
            yield each


def _root() -> Traversable:
    return files("junheng.standards")


@cache
def documents() -> dict[str, Document]:
    """All documents by the name under which they are cited."""
    found: dict[str, Document] = {}
    for each in _toml_files(_root() / "documents"):
        document = parse(each.read_text(encoding="utf-8"), Document, file=each.name)
        _refuse_doubles(document, each.name)
        if document.name in found:
            raise DeclarationError(each.name, "number", f"文件“{document.name}”重复出现")
        found[document.name] = document
    return found


def _refuse_doubles(document: Document, file: str) -> None:
    """A code may come back with other dates; two of one code on one day are refused."""
    seen: list[Clause | Relaxation] = []
    for item in (*document.clause, *document.relaxation):
        if any(each.code == item.code and _overlap(each, item) for each in seen):
            raise DeclarationError(file, f"code = {item.code}", "同一文件里出现两次，有效期重叠")
        seen.append(item)


def _overlap(one: Clause | Relaxation, other: Clause | Relaxation) -> bool:
    begin = max(one.valid_from or date.min, other.valid_from or date.min)
    end = min(one.valid_to or date.max, other.valid_to or date.max)
    return begin <= end


@cache
def schemes() -> dict[str, Scheme]:
    """All schemes by code."""
    found = (
        parse(f.read_text(encoding="utf-8"), Scheme, file=f.name)
        for f in _toml_files(_root() / "schemes")
    )
    return {scheme.code: scheme for scheme in found}


def scheme(code: str) -> Scheme:
    """The scheme of that code; raises MisuseError with the known ones."""
    if code not in schemes():
        raise MisuseError(f"没有名为“{code}”的评估方案。可用的方案：{'、'.join(schemes())}。")
    return schemes()[code]


@cache
def places() -> dict[str, Place]:
    """The unit table by code."""
    text = (_root() / "places.toml").read_text(encoding="utf-8")
    return {place.code: place for place in parse(text, _Places, file="places.toml").place}


def superiors(code: str) -> tuple[str, ...]:
    """The place itself and its superiors up to the nation; an unknown place stands under the nation."""
    chain = [code]
    while chain[-1] in places() and places()[chain[-1]].parent:
        chain.append(places()[chain[-1]].parent)
    return tuple(chain) if chain[-1] == "000000" else (*chain, "000000")
