"""Prices and limits that were set on the page, as the files that a plan is made from."""

import json
from importlib.resources import files
from typing import Any

import tomli


def prices_toml(changed: dict[str, str]) -> str:
    """The demonstration list with the prices that somebody set, as a price list of its own.

    `changed`: "item" or "item/subject/qualification" → amount in the unit of the list."""
    text = files("junheng.plan").joinpath("prices/demonstration.toml").read_text(encoding="utf-8")
    if not changed:
        return text
    held = tomli.loads(text)
    lines = [
        _line("title", f"{held['title']}（网页上改过{len(changed)}项）"), _line("status", held["status"]),
        _line("source", held["source"]), f"date = {held['date']}",
    ]  # fmt: skip
    for price in held["price"]:
        amount = changed.get(price_key(price))
        if amount is not None:
            price |= {"amount": amount, "source": "网页上填写", "confidence": "D"}
        lines += ["", "[[price]]", *(_line(k, v) for k, v in price.items())]
    return "\n".join(lines) + "\n"


def price_key(price: dict[str, Any]) -> str:
    """What a price is known by on the page."""
    return "/".join(
        filter(None, (price["item"], price.get("subject", ""), price.get("qualification", "")))
    )


def limits_toml(limits: dict[str, Any]) -> str:
    """County → most of each kind; what is not there is not limited."""
    lines: list[str] = []
    for code, most in sorted(limits.items()):
        lines += ["[[county]]", _line("code", code)]
        for name, value in most.items():
            lines.append(_line(name, value) if name == "budget_yuan" else f"{name} = {int(value)}")
        lines.append("")
    return "\n".join(lines)


def _line(name: str, value: Any) -> str:
    return f"{name} = {json.dumps(value, ensure_ascii=False) if isinstance(value, str) else value}"
