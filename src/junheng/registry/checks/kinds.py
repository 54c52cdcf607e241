"""The kinds of checks by name: each rule of `checks/*.toml` names one of them."""

from collections.abc import Callable, Iterable
from typing import Any

from junheng.registry.checks.returns import Problem, Round, Unchecked
from junheng.registry.checks.rule import Rule

Outcome = Iterable[Problem | Unchecked]
Kind = Callable[[Rule, Any, Round], Outcome]
"""(rule, school | county | round, round) → what is wrong."""

KINDS: dict[str, Kind] = {}


def kind(function: Kind) -> Kind:
    """Enter a function under its own name."""
    assert function.__name__ not in KINDS, f"kind {function.__name__} is defined twice"
    KINDS[function.__name__] = function
    return function


def kind_of_filing(function: Callable[[Round], Outcome]) -> Callable[[Round], Outcome]:
    """Enter a function that looks at the whole filing and needs nothing of its rule."""
    assert function.__name__ not in KINDS, f"kind {function.__name__} is defined twice"
    KINDS[function.__name__] = lambda _rule, _subject, round_: function(round_)
    return function
