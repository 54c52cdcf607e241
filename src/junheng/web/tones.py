"""The tone in which a verdict is shown beside its word. Nothing here knows Django."""

VERDICT_TONES = {
    "达标": "pass", "临界达标": "near", "临界未达标": "near-fail", "未达标": "fail", "缺数据": "none",
    "不适用": "na",
}  # fmt: skip


def tone(word: object) -> str:
    """The tone of a verdict word; "" where the word is none."""
    return VERDICT_TONES.get(str(word), "")
