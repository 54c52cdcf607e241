"""The three settlements 城区, 镇区, 乡村 by 城乡分类代码 (filing.md §4, field 79)."""

SETTLEMENTS = {"11": "城区", "12": "镇区", "2": "乡村"}
"""First digits of the code → the settlement."""


def settlement(code: str | None) -> str:
    """城区, 镇区 or 乡村; empty where the code is not filed, or is none of theirs."""
    found = (word for digits, word in SETTLEMENTS.items() if str(code or "").startswith(digits))
    return next(found, "")
