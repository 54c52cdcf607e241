"""Putting a mutated module into the running process, without importing anything anew.

The mutated source is executed beside the module, and what came out is moved over: code and defaults
of functions and methods into the functions that everybody holds already, constants into every
module that imported them. Then the catalogue is built again, and what was remembered is forgotten.
"""

import gc
import sys
from collections.abc import Iterator
from functools import _lru_cache_wrapper, cached_property
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

from junheng.diagnosis.measures import MEASURES
from junheng.indicators.definition import CATALOGUE

DEFINING = tuple(
    f"junheng.indicators.{name}"
    for name in ("admission", "basic", "facilities", "finance", "quality", "seats", "staffing")
)
BUILT_FROM = (
    *(f"junheng.indicators.{n}" for n in ("definition", "columns", "quantity", "combining")),
)
"""Modules from which the trees of the catalogue are made."""
TESTS = str(Path(__file__).parents[1])
KEPT = ("junheng.standards", "junheng.registry", "junheng.schema")
"""What these remember no mutant of ours changes."""


def transplant(name: str, code: CodeType) -> None:
    """Make the module `name` behave as `code` says."""
    module = sys.modules[name]
    if name in DEFINING:
        _catalogue_anew({name: code})
    else:
        _move(module, _executed(name, code).__dict__)
        if name in BUILT_FROM:
            _catalogue_anew({})


def _executed(name: str, code: CodeType) -> ModuleType:
    """The module executed anew beside itself; measures of targets enter their register again."""
    order = list(MEASURES)
    for entry in [each for each, made in MEASURES.items() if made.__module__ == name]:
        del MEASURES[entry]
    fresh = _module(name, code)
    kept = {each: MEASURES[each] for each in [*order, *MEASURES] if each in MEASURES}
    MEASURES.clear()
    MEASURES.update(kept)
    return fresh


def _module(name: str, code: CodeType) -> ModuleType:
    fresh = ModuleType(name)
    old = sys.modules[name]
    fresh.__dict__.update({k: old.__dict__[k] for k in ("__file__", "__package__", "__spec__")})
    exec(code, fresh.__dict__)
    return fresh


def _catalogue_anew(mutated: dict[str, CodeType]) -> None:
    order = list(CATALOGUE)
    CATALOGUE.clear()
    for name in DEFINING:
        source = Path(str(sys.modules[name].__file__)).read_text(encoding="utf-8")
        _executed(name, mutated.get(name) or compile(source, name, "exec"))
    found = {code: CATALOGUE[code] for code in [*order, *CATALOGUE] if code in CATALOGUE}
    CATALOGUE.clear()
    CATALOGUE.update(found)


def _move(module: ModuleType, fresh: dict[str, Any]) -> None:
    for name, new in fresh.items():
        old = module.__dict__.get(name)
        if name.startswith("__") or new is old or old in (CATALOGUE, MEASURES):
            continue
        if isinstance(new, type) and isinstance(old, type):
            _move_class(old, new)
        elif not _move_code(old, new):
            _rebind(name, old, new)


def _move_class(old: type, new: type) -> None:
    for name, value in list(new.__dict__.items()):
        held = old.__dict__.get(name)
        if _move_code(held, value) or name in ("__dict__", "__weakref__", "__doc__", "__module__"):
            continue
        plain = not name.startswith("__") and not callable(value)
        if plain and held is not None and type(held) is type(value) and held != value:
            setattr(old, name, value)


def _move_code(old: Any, new: Any) -> bool:
    """Whether there was code to move."""
    moved = False
    for mine, theirs in zip(_functions(old), _functions(new), strict=False):
        if mine.__code__.co_freevars == theirs.__code__.co_freevars:
            mine.__code__ = theirs.__code__
        mine.__defaults__, mine.__kwdefaults__ = theirs.__defaults__, theirs.__kwdefaults__
        moved = True
    return moved


def _functions(thing: Any) -> Iterator[FunctionType]:
    if isinstance(thing, FunctionType):
        yield thing
    elif isinstance(thing, _lru_cache_wrapper):
        yield from _functions(thing.__wrapped__)
    elif isinstance(thing, classmethod | staticmethod):
        yield from _functions(thing.__func__)
    elif isinstance(thing, property):
        yield from _functions(thing.fget)
    elif isinstance(thing, cached_property):
        yield from _functions(thing.func)


def _rebind(name: str, old: Any, new: Any) -> None:
    for module in list(sys.modules.values()):
        held = getattr(module, "__dict__", {}).get(name)
        if held is not None and held is old and _ours(module.__name__):
            module.__dict__[name] = new


def _ours(name: str) -> bool:
    """Whether a module is the engine's, or of the tests of it."""
    file = str(getattr(sys.modules.get(name), "__file__", None) or "")
    return name.partition(".")[0] == "junheng" or file.startswith(TESTS)


def memories() -> list[Any]:
    """Everything that remembers results which a mutant may change."""
    found = [each for each in gc.get_objects() if isinstance(each, _lru_cache_wrapper)]
    return [
        each for each in found if not each.__module__.startswith(KEPT) and _ours(each.__module__)
    ]


def forget(remembering: list[Any]) -> None:
    for each in remembering:
        each.cache_clear()
