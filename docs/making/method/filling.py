"""Marked blocks of a page, and what the engine says must stand in them.

    <!--= topic.block argument -->…<!--/-->   written into the page and compared on every check
    <!--~ topic.block argument -->…<!--/-->   counts of the repository itself: filled when the site
                                              is built, since every new test changes them

A mark that has its lines to itself holds paragraphs and tables; one inside a line holds one value.
"""

import re
from collections.abc import Callable, Iterable
from types import ModuleType

from making.method import (
    balance,
    composite,
    course,
    cv,
    fingerprint,
    flip,
    floats,
    gap,
    law,
    lines,
    missing,
    national,
    plan,
    proof,
    readings,
    rule,
    scope,
    seven,
    shares,
    split,
)

TOPICS: dict[str, ModuleType] = {
    module.__name__.rpartition(".")[2]: module
    for module in (
        balance, composite, course, cv, fingerprint, flip, floats, gap, law, lines, missing, national, plan, proof, readings,
        rule, scope, seven, shares, split,
    )
}  # fmt: skip
MARK = re.compile(r"<!--(?P<kind>[=~]) (?P<call>[^>]+?) -->(?P<body>.*?)<!--/-->", re.DOTALL)
LATER = "（生成手册时统计）"


def filled(text: str, *, building: bool = False) -> str:
    """The page with every block as it should stand; `building` fills the counts as well."""

    def put(mark: re.Match[str]) -> str:
        said = LATER if mark["kind"] == "~" and not building else _said(mark["call"])
        if _alone(mark):
            said = f"\n\n{said}\n\n"
        return f"<!--{mark['kind']} {mark['call']} -->{said}<!--/-->"

    return MARK.sub(put, text)


def bare(text: str) -> str:
    """The page without its marks, for readers who have no use for them."""
    return MARK.sub(lambda mark: mark["body"], text)


def outside(text: str) -> str:
    """What of the page was written by hand."""
    return MARK.sub("", text)


def calls(text: str) -> list[str]:
    return [mark["call"] for mark in MARK.finditer(text)]


def _said(call: str) -> str:
    """What the function of the block yields, as text; raises LookupError for an unknown block."""
    name, *arguments = call.split()
    topic, _, block = name.partition(".")
    function: Callable[..., Iterable[str]] | None = getattr(TOPICS.get(topic), block, None)
    if function is None:
        raise LookupError(f"docs/making/method has no block called {name}")
    return "\n".join(function(*arguments)).strip("\n")


def _alone(mark: re.Match[str]) -> bool:
    before, after = mark.string[: mark.start()], mark.string[mark.end() :]
    return before[-1:] in ("", "\n") and after[:1] in ("", "\n")
