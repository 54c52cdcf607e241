"""`frozen` makes what `dataclass(frozen=True)` makes."""

import pickle
from abc import ABC, abstractmethod
from collections.abc import Callable
from copy import deepcopy
from dataclasses import FrozenInstanceError, dataclass, field, fields, is_dataclass, replace
from functools import cached_property
from inspect import signature
from typing import Any

import pytest

from junheng.freezing import frozen
from junheng.registry import Finding, Level, Origin

Decorator = Callable[[type[Any]], type[Any]]


def classes(decorate: Decorator) -> dict[str, type[Any]]:
    """The same classes by either way: defaults, bases, methods of their own."""

    class Told(ABC):
        @abstractmethod
        def told(self) -> str: ...

        def __repr__(self) -> str:
            return self.told()

    @decorate
    class Plain:
        """Fields of every kind."""

        a: int
        b: str = "x"
        c: list[int] = field(default_factory=list, compare=False)
        d: int = field(default=3, kw_only=True)
        e: int = field(default=4, repr=False)

        @cached_property
        def twice(self) -> int:
            return self.a * 2

    @decorate
    class Longer(Plain):
        """A field more, and another default."""

        f: float = 0.5
        b: str = "y"

    @decorate
    class One:
        """Compared as a tuple is: by identity first."""

        x: float

    @decorate
    class Empty:
        """No field."""

    @decorate
    class Spoken(Told):
        """Its base says how it is shown; it says itself when it is the same."""

        name: str

        def told(self) -> str:
            return f"<{self.name}>"

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Spoken) and self.name.lower() == other.name.lower()

        def __hash__(self) -> int:
            return 7

    return {each.__name__: each for each in (Plain, Longer, One, Empty, Spoken)}


def by_the_library(cls: type[Any]) -> type[Any]:
    """`dataclass(frozen=True)`, and where a base says how it is shown, as ours is then."""
    return dataclass(frozen=True, repr=cls.__name__ != "Spoken")(cls)


OURS, THEIRS = classes(frozen), classes(by_the_library)
NAN = float("nan")
MADE: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = [
    ("Plain", (1,), {}),
    ("Plain", (1, "q", [5]), {"d": 9, "e": 0}),
    ("Plain", (2,), {"b": "x"}),
    ("Longer", (1,), {}),
    ("Longer", (1, "x", [], 4, 0.25), {}),
    ("One", (1.0,), {}),
    ("One", (NAN,), {}),
    ("Empty", (), {}),
    ("Spoken", ("a",), {}),
    ("Spoken", ("A",), {}),
]


def both(made: tuple[str, tuple[Any, ...], dict[str, Any]]) -> tuple[Any, Any]:
    name, given, named = made
    return OURS[name](*given, **named), THEIRS[name](*given, **named)


def asked(held: object) -> list[tuple[object, ...]]:
    """Names, kinds and types of what its class is made of, and whether they may be left out."""
    found = signature(type(held)).parameters.values()
    return [(e.name, e.kind, e.annotation, e.default is e.empty) for e in found]


@pytest.mark.parametrize("made", MADE)
def test_values_words_and_signature_are_the_same(made: Any) -> None:
    ours, theirs = both(made)
    assert repr(ours) == repr(theirs)
    assert vars(ours) == vars(theirs)
    assert hash(ours) == hash(theirs)
    assert asked(ours) == asked(theirs)
    assert type(ours).__match_args__ == type(theirs).__match_args__
    assert [e.name for e in fields(ours)] == [e.name for e in fields(theirs)]
    assert is_dataclass(ours)
    assert deepcopy(ours) == ours or NAN in vars(ours).values()


def test_the_same_are_equal_and_no_others() -> None:
    for one in MADE:
        for other in MADE:
            ours, theirs = zip(both(one), both(other), strict=True)
            assert (ours[0] == ours[1]) == (theirs[0] == theirs[1]), (one, other)
    assert OURS["One"](NAN) == OURS["One"](NAN)
    assert OURS["Empty"]() != 3


def test_a_list_is_made_anew_for_every_object() -> None:
    one, other = OURS["Plain"](1), OURS["Plain"](1)
    assert one.c == [] == other.c
    assert one.c is not other.c


def test_nothing_is_set_or_deleted() -> None:
    held = OURS["Plain"](1)
    with pytest.raises(FrozenInstanceError, match="'a'"):
        held.a = 2
    with pytest.raises(FrozenInstanceError, match="'new'"):
        held.new = 2
    with pytest.raises(FrozenInstanceError, match="'a'"):
        del held.a
    assert held.twice == 2, "what is computed once is kept"


@pytest.mark.parametrize("given", [{}, {"a": 1, "z": 2}])
def test_wrong_arguments_are_refused_in_the_same_words(given: dict[str, int]) -> None:
    told = []
    for cls in (OURS["Plain"], THEIRS["Plain"]):
        with pytest.raises(TypeError) as raised:
            cls(**given)
        told.append(str(raised.value))
    assert told[0] == told[1]


def test_too_many_arguments_and_abstract_classes_are_refused() -> None:
    with pytest.raises(TypeError, match="positional"):
        OURS["Plain"](1, "b", [], 4, 5)

    @frozen
    class Lacking(OURS["Spoken"].__mro__[1]):  # type: ignore[misc]
        name: str

    with pytest.raises(TypeError, match="abstract"):
        Lacking("a")


def test_replacing_and_matching_work_as_ever() -> None:
    changed = replace(OURS["Plain"](1, "q", d=8), a=5)
    assert (changed.a, changed.b, changed.d) == (5, "q", 8)
    match changed:
        case object(a=a, b="q"):
            assert a == 5
        case _:
            pytest.fail("it does not match")


def test_one_of_ours_goes_to_another_process_and_back() -> None:
    origin = Origin("甲.xlsx", "学校", "B7")
    finding = Finding(Level.MUST_FIX, "K1", origin, "何事", "允许什么", "怎样改")
    assert pickle.loads(pickle.dumps(finding)) == finding
