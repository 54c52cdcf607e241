"""What the manual needs while MkDocs builds it: filled blocks, and formulas that need no network.

A fence ```math becomes MathML here, so that a page opened from a disk or printed shows the formula
without a script. The blocks of docs/method are filled anew, with the counts that are never
committed, and their marks are taken out.
"""

import sys
from pathlib import Path
from typing import Any

from latex2mathml.converter import convert

DOCS = Path(__file__).parent
sys.path.insert(0, str(DOCS))

from making.method.filling import bare, filled  # noqa: E402


def on_config(config: Any) -> Any:
    """Let ```math be written as MathML; every other fence stays as it is."""
    fences = config["mdx_configs"].setdefault("pymdownx.superfences", {})
    fences["custom_fences"] = [{"name": "math", "class": "formula", "format": formula}]
    return config


def on_page_markdown(markdown: str, **_: Any) -> str:
    """The page with its blocks as they stand on this day, and without the marks."""
    return bare(filled(markdown, building=True))


def formula(source: str, *_: Any, **__: Any) -> str:
    """MathML of one formula a line, with the source beside it for whoever copies it."""
    rows = (convert(line, display="block") for line in source.strip().splitlines())
    return f'<div class="formula">{"".join(rows)}</div>'
