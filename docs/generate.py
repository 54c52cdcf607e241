"""Writes docs/reference/*.md from the declarations, and the worked examples of docs/method.

python docs/generate.py            write the pages
python docs/generate.py --check    exit status 1 and the names of the pages that are out of date

Nothing in docs/reference is written by hand. In docs/method the marked blocks are filled by the
running engine (see making/method/filling.py); the sentences around them are written by hand.
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from making import (
    check_list,
    clauses,
    commands,
    fields,
    form,
    indicators,
    registers,
    shapes,
    words,
)
from making.method.filling import filled

DOCS = Path(__file__).parent
PAGES, METHOD = DOCS / "reference", DOCS / "method"
MADE = "<!-- 由 docs/generate.py 生成，请勿手改 -->\n"

REFERENCE: dict[str, Callable[[], Iterator[str]]] = {
    "fields.md": fields.page,
    "indicators.md": indicators.page,
    "clauses.md": clauses.page,
    "norms.md": clauses.norms_page,
    "commitments.md": clauses.commitments_page,
    "checks.md": check_list.page,
    "form.md": form.page,
    "registers.md": registers.page,
    "cli.md": commands.page,
    "json.md": shapes.page,
    "glossary.md": words.page,
}


def written(name: str) -> str:
    """The page as it should stand in docs/reference."""
    return MADE + "\n".join(REFERENCE[name]()).rstrip("\n") + "\n"


def explained(page: Path) -> str:
    """A page of docs/method with every block as the engine fills it."""
    return filled(page.read_text(encoding="utf-8"))


def stale() -> list[str]:
    """Names of the pages that are not what the declarations and the engine say."""
    references = (
        name
        for name in REFERENCE
        if not (PAGES / name).is_file()
        or (PAGES / name).read_text(encoding="utf-8") != written(name)
    )
    methods = (
        f"method/{page.name}"
        for page in sorted(METHOD.glob("*.md"))
        if page.read_text(encoding="utf-8") != explained(page)
    )
    return [*references, *methods]


def main(asked: list[str]) -> int:
    if "--check" in asked:
        old = stale()
        if old:
            sys.stderr.write(f"请运行 python docs/generate.py：{'、'.join(old)} 与程序不一致。\n")
        return 1 if old else 0
    PAGES.mkdir(exist_ok=True)
    for name in REFERENCE:
        (PAGES / name).write_text(written(name), encoding="utf-8")
    for page in METHOD.glob("*.md"):
        page.write_text(explained(page), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
