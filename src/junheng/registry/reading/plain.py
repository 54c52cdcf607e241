"""Evening out how a text was typed, only where nothing of its meaning can be lost.

Not Unicode's NFKC: that would turn 45² into 452 and ① into 1.
"""

import re

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_WIDE_ALPHANUMERIC = {code: to for code, to in _WIDE.items() if chr(to).isalnum()}
_DASHES = dict.fromkeys((0x2212, 0xFE63, 0x2010, 0x2011), "-")
_MONEY = {0xFFE5: "¥"}


_SPACES = dict.fromkeys(
    [0x09, 0x0B, 0x0C, 0x20, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " "
)
_BREAKS = dict.fromkeys((0x0A, 0x0D, 0x85, 0x2028, 0x2029), "\n")
_INVISIBLE: dict[int, None] = dict.fromkeys(
    [
        *range(0x20),
        *range(0x7F, 0xA0),
        0xAD, 0x061C, 0x180E, 0xFEFF,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xFFF9, 0xFFFC),
    ]
)  # fmt: skip
_KEPT_WIDE = str.maketrans({**_INVISIBLE, **_SPACES, **_BREAKS, **_WIDE_ALPHANUMERIC})
_NARROWED = str.maketrans({**_INVISIBLE, **_SPACES, **_BREAKS, **_WIDE, **_DASHES, **_MONEY})

_RUN = re.compile(r"\s*\n\s*|\s+")
_SYMBOLS = re.compile(r"[\W_]+")
_EVEN = re.compile("[-0-9A-Za-z_.\u4e00-\u9fff《》（）〔〕、，。：；“”·]+")
LONGEST_WORD = 8
"""Words such as 不适用 are no longer than this."""
SHOWN_AT_MOST = 40


def cleaned(text: str) -> str:
    """A text to keep: trimmed, inner spaces single, line breaks kept, invisible characters gone.

    Full-width digits and letters become ordinary ones; Chinese punctuation stays as typed.
    """
    text = text.translate(_KEPT_WIDE).strip()
    return _RUN.sub(lambda run: "\n" if "\n" in run[0] else " ", text)


def is_even(text: str) -> bool:
    """Whether nothing of a text is to be evened out, nor taken for a word that stands for nothing:
    ordinary letters, digits, characters and signs, and enough of them."""
    return len(text) > LONGEST_WORD and _EVEN.fullmatch(text) is not None


def narrowed(text: str) -> str:
    """A text to compare or to take a number from: every full-width form made ordinary."""
    if text.isascii() and text.isalnum():
        return text
    return " ".join(text.translate(_NARROWED).split())


def squeezed(text: str) -> str:
    """Letters, digits and characters alone, for comparing words: spaces and signs are nothing."""
    return _SYMBOLS.sub("", narrowed(text)).upper()


def quoted(text: str) -> str:
    """A text as shown in a finding: one line, not too long."""
    line = " ".join(text.translate(_KEPT_WIDE).split())
    return f"“{line[:SHOWN_AT_MOST]}…”" if len(line) > SHOWN_AT_MOST else f"“{line}”"
