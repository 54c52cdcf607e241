"""A workbook: its sheets in their order, each read whole or only looked at."""

from collections.abc import Iterator
from pathlib import Path

from junheng.registry.reading.sandbox.budget import Budget
from junheng.registry.reading.sandbox.container import MACRO_RELATIONS, open_zip, with_macros
from junheng.registry.reading.sandbox.package import Local, Package, damaged
from junheng.registry.reading.sandbox.strings import read_strings
from junheng.registry.reading.sandbox.styles import read_looks
from junheng.registry.reading.sandbox.wire import Request
from junheng.registry.reading.sandbox.worksheet import Worksheet
from junheng.registry.reading.sandbox.written import Written

SHEETS_AT_MOST = 1000
_WORKSHEET = "/worksheet"

WireSheet = tuple[object, ...]


def read_workbook(request: Request, path: Path) -> Iterator[WireSheet]:
    """The sheets, as `wire.Sheet` puts them on the wire. Raises Refused."""
    with open_zip(path) as archive:
        package = Package(archive, request.limits)
        main = package.workbook
        listed, date_1904 = _listed(package, main)
        relations = package.relations(main)
        if any(kind.endswith(MACRO_RELATIONS) for kind, _ in relations.values()):
            raise with_macros()
        parts = {kind.rpartition("/")[2]: target for kind, target in relations.values()}
        strings = _part(parts, "sharedstrings", package)
        texts = read_strings(package, strings, request.limits) if strings else []
        styles = _part(parts, "styles", package)
        looks = read_looks(package, styles) if styles else {}
        written = Written(texts, looks)
        budget = Budget(request.limits)
        wanted, marks = frozenset(request.names), frozenset(request.marks)
        for name, hidden, relation in listed:
            kind, target = relations.get(relation, ("", ""))
            if not kind.endswith(_WORKSHEET):
                continue
            seen = None if request.whole or name.strip() in wanted else marks
            sheet = Worksheet(texts, looks, written, budget, seen).read(package, target)
            yield (
                "sheet",
                name.strip(),
                hidden,
                sheet.whole,
                *sheet.grid.packed(),
                sheet.hidden_columns,
                sheet.merges,
                date_1904,
            )


def _part(parts: dict[str, str], kind: str, package: Package) -> str | None:
    part = parts.get(kind)
    return part if part is not None and package.has(part) else None


def _listed(package: Package, main: str) -> tuple[list[tuple[str, bool, str]], bool]:
    """(name, hidden, relation) of every sheet in order, and whether dates count from 1904."""
    local = Local()
    sheets: list[tuple[str, bool, str]] = []
    date_1904 = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal date_1904
        name = local[tag]
        if name == "sheet":
            relation = next((v for k, v in attributes.items() if local[k] == "id"), "")
            hidden = attributes.get("state", "visible") != "visible"
            sheets.append((attributes.get("name", ""), hidden, relation))
            if len(sheets) > SHEETS_AT_MOST:
                raise damaged(f"工作表超过 {SHEETS_AT_MOST} 个")
        elif name == "workbookPr":
            date_1904 = attributes.get("date1904") in ("1", "true")

    package.parse(main, start)
    return sheets, date_1904
