"""The four words in which everything is decided."""

from collections.abc import Sequence
from enum import StrEnum


class Verdict(StrEnum):
    """What was decided, in the words of the offices."""

    PASS = "达标"  # noqa: S105
    FAIL = "未达标"
    NO_DATA = "缺数据"
    NOT_APPLICABLE = "不适用"


def worst(verdicts: Sequence[Verdict]) -> Verdict:
    """What several verdicts come to: one failure fails; else one gap in the data leaves it open."""
    for each in (Verdict.FAIL, Verdict.NO_DATA, Verdict.PASS):
        if each in verdicts:
            return each
    return Verdict.NOT_APPLICABLE if verdicts else Verdict.NO_DATA
