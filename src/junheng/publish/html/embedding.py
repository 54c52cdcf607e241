"""Putting data and code into one page, so that no name in the data can become markup or code."""

import base64
import hashlib
import html
import json
from collections.abc import Iterable, Sequence
from importlib.resources import files
from string import Template
from typing import Any

ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
"""Inside JSON these stand as escapes: a name `</script>` cannot end the block that holds it."""
SCRIPTS = (
    "dom.js",
    "address.js",
    "store.js",
    "words.js",
    "table.js",
    "filters.js",
    "svg.js",
    "bars.js",
    "scatter.js",
    "lines.js",
    "map.js",
    "matrix.js",
    "city.js",
    "county.js",
    "indicator.js",
    "line.js",
    "school.js",
    "cell.js",
    "targets.js",
    "leader.js",
    "about.js",
    "router.js",
    "start.js",
)
"""In the order in which they must run."""
STYLES = ("base.css", "parts.css", "print.css")


def as_block(name: str, value: Any) -> str:
    """A data block of the page: JSON that no browser executes."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign, escape in ESCAPES.items():
        text = text.replace(sign, escape)
    return f'<script type="application/json" id="{html.escape(name)}">{text}</script>'


def script(names: Sequence[str] = SCRIPTS) -> str:
    """The whole program of a page, in one closed function."""
    body = "\n".join(_read("script", name) for name in names)
    return f'(function () {{\n"use strict";\n{body}\n}})();\n'


def style() -> str:
    return "\n".join(_read("style", name) for name in STYLES)


def page(title: str, plain: str, blocks: Sequence[str], names: Sequence[str] = SCRIPTS) -> str:
    """A page put together: `plain` is markup read where no script runs, `names` are its scripts."""
    code, looks = script(names), style()
    return Template(template()).substitute(
        policy=html.escape(policy([code], [looks]), quote=True),
        title=html.escape(title),
        style=looks,
        plain=plain,
        blocks="\n".join(blocks),
        script=code,
    )


def policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """Content-Security-Policy: nothing from anywhere, and only the code and style of these texts."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(_hash(text) for text in scripts)}",
            f"style-src {' '.join(_hash(text) for text in styles)}",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def template() -> str:
    return files("junheng.publish.html").joinpath("page.html").read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _read(folder: str, name: str) -> str:
    path = files("junheng.publish.html").joinpath(folder, name)
    return path.read_text(encoding="utf-8").replace("\r\n", "\n")
