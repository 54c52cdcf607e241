"""A policy diff in words: what a clause said and says, what a value was and is."""

import re

from junheng.publish.reading_words import verdict_or_none
from junheng.publish.rule_words import field_name
from junheng.studies import Against, ClauseChange, Mark, VerdictChange

NOTHING = "（无）"
WORDS = {
    "primary": "小学",
    "junior": "初中",
    "senior": "高中",
    "all": "一律",
    "school": "学校",
    "county": "区县",
}


def clause_heading(change: ClauseChange) -> str:
    """L5：改变 / 新增 / 取消."""
    if change.before is None:
        return f"{change.code}：新增"
    if change.after is None:
        return f"{change.code}：取消"
    return f"{change.code}：{'只改文字或出处' if change.only_words else '改变'}"


def field_sentences(change: ClauseChange) -> list[str]:
    """不低于：小学 7.5，初中 10.2 → 小学 8.5，初中 11.2, what decides first."""
    told = [
        f"{field_name(name)}：{_worded(old)} → {_worded(new)}"
        for name, old, new in change.fields
        if name not in ("article", "source", "confidence")
    ]
    return sorted(told, key=lambda line: not line.startswith(("不", "高", "低", "数")))


def _worded(text: str) -> str:
    return re.sub(r"[a-z]+", lambda word: WORDS.get(word[0], word[0]), text) or NOTHING


def verdicts_words(change: VerdictChange) -> str:
    """达标 → 未达标."""
    before, after = change.verdicts
    return f"{verdict_or_none(before)} → {verdict_or_none(after)}"


def mark_sentences(change: VerdictChange) -> list[str]:
    """L5 6.411396（标准7.5（底线6.375）→8.5（底线7.225））."""
    return [_mark(old, new) for old, new in change.marks]


def _mark(old: Mark | None, new: Mark | None) -> str:
    both = [each for each in (old, new) if each is not None]
    values = dict.fromkeys(each.value or "缺" for each in both)
    limits = dict.fromkeys(each.limit for each in both)
    return f"{both[0].label}：{' → '.join(values)}（要求{' → '.join(limits)}）"


def headline_against(found: Against) -> str:
    """How much changes under the other document."""
    if not found.changes:
        return f"按“{found.other.name}”，没有任何结论改变。"
    failing, passing = len(found.newly_failing), len(found.newly_passing)
    counts = "、".join(
        text
        for text, count in (
            (f"新增{failing}个不达标的学校或学段部", failing),
            (f"新增{passing}个达标的学校或学段部", passing),
        )
        if count
    )
    return f"按“{found.other.name}”，{len(found.changes)}个结论改变" + (
        f"：{counts}。" if counts else "。"
    )
