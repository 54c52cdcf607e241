"""Only `actions` writes rows: nowhere else on the web floor is a row made, changed or removed."""

import ast
from pathlib import Path

import pytest

import junheng.web

PACKAGE = Path(junheng.web.__file__).parent
WRITERS = {
    "save",
    "create",
    "bulk_create",
    "bulk_update",
    "update_or_create",
    "get_or_create",
    "delete",
}
ALLOWED = {"actions", "migrations", "models"}
"""`models` overrides save and delete to refuse; it calls no others."""


def _writes(path: Path) -> list[str]:
    """Calls of `….objects.create(…)`, `row.save(…)` and the like, with their lines."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        name, on = node.func.attr, ast.unparse(node.func.value)
        rows = "objects" in on
        if name in WRITERS or (name == "update" and rows):
            found.append(f"{path.relative_to(PACKAGE)}:{node.lineno} {on}.{name}")
    return found


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda each: str(each.relative_to(PACKAGE))
)
def test_only_actions_write(path: Path) -> None:
    if path.relative_to(PACKAGE).parts[0] not in ALLOWED:
        assert _writes(path) == []
