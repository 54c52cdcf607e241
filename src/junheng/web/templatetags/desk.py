"""What templates of the desk have in hand without loading it: tables, verdicts, crumbs, fields."""

from typing import Any

from django import template
from django.forms import BoundField
from django.urls import reverse
from django.utils.safestring import SafeString

from junheng.web.tables import Table
from junheng.web.tones import tone

register = template.Library()

SIGNS = {"pass": "✓", "near": "✓", "fail": "✕", "near-fail": "✕", "none": "？", "na": "—"}
"""A sign beside the word, for whoever does not see the colour."""


register.filter("tone", tone)


@register.inclusion_tag("desk/parts/verdict.html")
def verdict(word: object, near: bool = False) -> dict[str, str]:
    """A verdict in its word, its sign and its colour."""
    text = str(word)
    text = f"临界{text}" if near and text in ("达标", "未达标") else text
    return {"text": text, "tone": tone(text), "sign": SIGNS.get(tone(text), "")}


@register.inclusion_tag("desk/parts/table.html")
def table(shown: Table) -> dict[str, Any]:
    """A table with sticky headings, links that sort it, and its exports."""
    return {"table": shown}


@register.inclusion_tag("desk/parts/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """A field with its label, its help and its errors, tied together for screen readers."""
    described = [f"{bound.auto_id}-help"] if bound.help_text else []
    described += [f"{bound.auto_id}-errors"] if bound.errors else []
    attrs: dict[str, Any] = {"aria-describedby": " ".join(described)} if described else {}
    if bound.errors:
        attrs["aria-invalid"] = "true"
    kind = getattr(bound.field.widget, "input_type", "")
    return {"field": bound, "widget": bound.as_widget(attrs=attrs), "check": kind == "checkbox"}


@register.inclusion_tag("desk/parts/fields.html")
def fields(form: Any) -> dict[str, Any]:
    """Every field of a form, with the errors of the whole on top."""
    return {"form": form}


@register.inclusion_tag("desk/parts/crumbs.html")
def crumbs(*pairs: str) -> dict[str, Any]:
    """`{% crumbs "首页" "home" "单位" "offices" name "" %}`: words and URL names; the last is here."""
    words = pairs[::2]
    names = pairs[1::2]
    shown = [
        (w, reverse(n) if n and not n.startswith("/") else n)
        for w, n in zip(words, names, strict=True)
    ]
    return {"crumbs": shown}


@register.inclusion_tag("desk/parts/crumbs.html")
def trail(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    """Crumbs from a list of (word, address) that the view has made."""
    return {"crumbs": pairs}


@register.simple_tag
def current(condition: object) -> SafeString:
    """aria-current for the link of the page one is on."""
    return SafeString(' aria-current="page"' if condition else "")
