"""The settings of a run in words."""

from collections.abc import Mapping
from typing import Any

from junheng.registry.layout import NO, YES

LABELS = {
    "on": "日期", "variant": "差异系数算法", "relaxations": "打开的例外", "readings": "换用的口径", "documents": "全部文件",
    "by": "达标学年", "budget_yuan": "经费上限（元）", "seconds": "求解秒数", "frontier": "画前沿", "prices": "改过的价格",
    "limits": "限制", "years": "往后看几年", "within_m": "邻校距离（米）", "reorganise": "重新编班", "recover_by": "补齐日期",
    "pupils": "学生数表", "class_size": "班额方案", "seals": "封存", "year": "填报年度",
}  # fmt: skip


NAMED = {"pupils": "name", "class_size": "title"}
"""Settings that are things with a name, and its key."""


def told_settings(settings: Mapping[str, Any], snapshot: str) -> list[tuple[str, str]]:
    """(label, words) of everything that was chosen; what was left open is not told."""
    found = [("封存", snapshot)] if snapshot and not settings.get("seals") else []
    return found + [
        (LABELS.get(k, k), _words(v if k not in NAMED else v[NAMED[k]]))
        for k, v in settings.items()
        if v not in ("", None, [], {}, False)
    ]


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, Mapping):
        return "；".join(f"{k}：{_words(v)}" for k, v in value.items())
    if isinstance(value, list):
        return "、".join(map(str, value))
    return str(value)
