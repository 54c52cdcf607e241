"""How number cells look: which styles show a number as a date, a per cent or divided."""

import re

from junheng.registry.reading.sandbox.package import Local, Package, ordinal
from junheng.registry.reading.sandbox.wire import DATE, PADDED, PERCENT, PLAIN, SCALED

BUILT_IN = {
    9: PERCENT,
    10: PERCENT,
    **dict.fromkeys([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)], DATE),
}
"""Number formats without a code in the file; 27–36 and 50–58 are the dates of Chinese editions."""

_LITERALS = re.compile(r'"[^"]*"?|[\\!_*].|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_SCALES = re.compile(r"[0#?],+(?![0#?,])")
_WORDS = ("general", "standard", "@")


def look_of(code: str) -> int:
    """How a number under this format code looks."""
    shown = _LITERALS.sub("", code.partition(";")[0]).strip().lower()
    if not shown or shown.startswith(_WORDS) or shown.startswith("g/"):
        return PLAIN
    if "%" in shown:
        return PERCENT
    if re.search("[ymdhs]", shown):
        return DATE
    if _SCALES.search(shown):
        return SCALED
    return PADDED + len(shown) if set(shown) == {"0"} and len(shown) > 1 else PLAIN


def read_looks(package: Package, part: str) -> dict[str, int]:
    """Look of every cell style, by the number under which cells refer to it."""
    local = Local()
    codes: dict[int, int] = dict(BUILT_IN)
    looks: list[int] = []
    inside = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        name = local[tag]
        if name == "numFmt":
            codes[ordinal(attributes.get("numFmtId"))] = look_of(attributes.get("formatCode", ""))
        elif name == "cellXfs":
            inside = True
        elif name == "xf" and inside:
            looks.append(codes.get(ordinal(attributes.get("numFmtId")), PLAIN))

    def end(tag: str) -> None:
        nonlocal inside
        if local[tag] == "cellXfs":
            inside = False

    package.parse(part, start, end)
    return {str(number): look for number, look in enumerate(looks)}
