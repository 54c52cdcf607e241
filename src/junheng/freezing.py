"""Frozen dataclasses made in a quarter of the time: most of what loading our own modules took.

`dataclasses` writes and compiles six methods for every class. Here only `__init__` is compiled; the
others are shared by all classes. Fields, `replace`, `match` and what a type checker knows are those
of `dataclasses`.
"""

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from reprlib import recursive_repr
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")
VALUES = "__frozen_values__"
"""What gives the values of an object that are compared, as a tuple."""


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[T]) -> type[T]:
    """`dataclass(frozen=True)` without `__slots__` and `__post_init__`.

    A `__repr__`, `__eq__` or `__hash__` that the class writes stays, and a `__repr__` of its bases.
    """
    own = vars(cls)
    cls.__doc__ = cls.__doc__ or cls.__name__  # else a signature is written for it
    compares, hashes = "__eq__" in own, own.get("__hash__") is not None
    made: Any = dataclass(init=False, repr=False, eq=False)(cls)
    every = fields(made)
    setattr(made, VALUES, _values([each.name for each in every if each.compare]))
    made.__init__ = _init(made, every)
    made.__setattr__, made.__delattr__ = _refuse_to_set, _refuse_to_delete
    if cls.__repr__ is object.__repr__:
        made.__repr__ = _repr
    if not compares:
        made.__eq__ = _eq
    if not hashes:
        made.__hash__ = _hash
    return cls


def _values(names: list[str]) -> Callable[[Any], tuple[object, ...]]:
    if len(names) > 1:
        return attrgetter(*names)
    return staticmethod(lambda held: tuple(getattr(held, name) for name in names))


def _init(cls: type[Any], every: "tuple[Field[Any], ...]") -> Callable[..., None]:
    """The one method that is compiled: its signature is that of the class."""
    asked = [each for each in every if each.init]
    plain = [each for each in asked if not each.kw_only]
    named = [each for each in asked if each.kw_only]
    known: dict[str, Any] = {"_set": object.__setattr__, "_absent": MISSING}
    words = [_argument(each, known) for each in plain]
    words += ["*", *(_argument(each, known) for each in named)] if named else []
    lines = [f"_set(self, {each.name!r}, {_given(each)})" for each in asked] or ["pass"]
    text = f"def __init__(self, {', '.join(words)}):\n  " + "\n  ".join(lines)
    exec(text, known)  # noqa: S102 - names of fields, which are identifiers, and nothing else
    made: Any = known["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    made.__module__ = cls.__module__
    made.__annotations__ = {**{each.name: each.type for each in asked}, "return": None}
    return made  # type: ignore[no-any-return]


def _argument(each: "Field[Any]", known: dict[str, Any]) -> str:
    if each.default is not MISSING:
        known[f"_of_{each.name}"] = each.default
        return f"{each.name}=_of_{each.name}"
    if each.default_factory is not MISSING:
        known[f"_new_{each.name}"] = each.default_factory
        return f"{each.name}=_absent"
    return each.name


def _given(each: "Field[Any]") -> str:
    name = each.name
    return (
        name
        if each.default_factory is MISSING
        else f"_new_{name}() if {name} is _absent else {name}"
    )


def _refuse_to_set(self: object, name: str, value: object) -> None:  # noqa: ARG001
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: object, name: str) -> None:  # noqa: ARG001
    raise FrozenInstanceError(f"cannot delete field {name!r}")


@recursive_repr()
def _repr(self: Any) -> str:
    told = (f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr)
    return f"{type(self).__qualname__}({', '.join(told)})"


def _eq(self: Any, other: object) -> Any:
    if type(other) is not type(self):
        return NotImplemented
    values = getattr(type(self), VALUES)
    return values(self) == values(other)


def _hash(self: Any) -> int:
    return hash(getattr(type(self), VALUES)(self))
