"""Open readings in words: which reading, what becomes of a verdict, how firm it is."""

from collections.abc import Iterable

from junheng.diagnosis import Verdict
from junheng.standards import Standard
from junheng.studies import Choice, Readings, Robustness, Turn

NOT_COUNTED = "不计入"
COMPARED = "只作比较"
FIRM = "成立"
OPEN = "会变"


def verdict_or_none(verdict: Verdict | None) -> str:
    """The verdict; 不计入 where nothing is judged."""
    return NOT_COUNTED if verdict is None else verdict.value


def choice_words(choice: Choice) -> str:
    """差异系数的算法：各校等权（总体标准差）."""
    return f"{choice.switch.title}：{choice.option.label}"


def choices_words(choices: Iterable[Choice]) -> str:
    """Several choices taken together."""
    return "，并且".join(f"“{choice_words(each)}”" for each in choices)


def turn_sentence(turn: Turn) -> str:
    """按“…”读，变为未达标."""
    note = f"（{COMPARED}）" if turn.only_compared else ""
    return f"按{choices_words(turn.choices)}，{_becomes(turn)}{note}"


def _becomes(turn: Turn) -> str:
    return "不再计入" if turn.becomes is None else f"变为{turn.becomes.value}"


def firmness(each: Robustness) -> str:
    return FIRM if each.holds else OPEN


def headline_of(readings: Readings) -> str:
    """How many verdicts hold under every reading."""
    total = sum(each.verdict is not None for each in readings.found)
    open_ones = len(readings.open_ones)
    if not open_ones:
        return f"共{total}个结论，在全部未决口径下都成立。"
    return (
        f"共{total}个结论：{total - open_ones}个在全部未决口径下都成立，{open_ones}个会因口径而变。"
    )


def tried_sentence(readings: Readings) -> str:
    """How far the study went."""
    pairs = f"，另试两种同时改变的组合{readings.pairs_tried}对" if readings.pairs_tried else ""
    return f"逐一试过{len(readings.tried)}种读法{pairs}。"


def readings_taken(standard: Standard) -> str:
    """差异系数的算法：各校等权；…: what was chosen otherwise than by default; empty for nothing."""
    return "；".join(
        f"{point.title}：{option.label}"
        for code, chosen in standard.switches.readings.items()
        for point, _ in [standard.open_points[code]]
        for option in point.option
        if option.code == chosen
    )
