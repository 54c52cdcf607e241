"""What a cell holds, from what is written in it."""

import re

from junheng.registry.reading.sandbox.package import ordinal

KINDS = {"s": "s", "str": "s", "inlineStr": "s", "b": "b", "e": "e", "d": "d", "n": "n", None: "n"}
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def value_of(
    written: str | None, raw: str, strings: list[str], *, formula: bool
) -> tuple[str, str]:
    """Kind and text of a cell; `-` is a formula whose result was never stored.

    `written` is its attribute `t`. Raises IndexError where it refers to a string that is not there.
    """
    if written == "s":
        index = ordinal(raw.strip())
        if index < 0:
            raise IndexError(index)
        return "s", strings[index]
    kind = KINDS.get(written, "s")
    if kind == "s":
        return "s", unescaped(raw)
    text = raw.strip()
    return ("-" if formula and not text else kind), text


def unescaped(text: str) -> str:
    """`_x000D_` is how a workbook writes a character that XML cannot hold."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: _character(found[1]), text)


def _character(code: str) -> str:
    number = int(code, 16)
    # A lone surrogate is no character and could not be written out again.
    return "" if 0xD800 <= number <= 0xDFFF else chr(number)
