"""Rows of the tables of evidence, results, statements, progress and lineage: each right by itself."""

import hashlib
from datetime import date
from decimal import Decimal
from typing import Any

from registry.county_of_eight import (
    COUNTY,
    PRIMARY,
    Change,
    Rows,
    add_school,
)

from junheng.registry.catalogue import tables

CONTENT = b"%PDF-1.4 a plan"
HASH = hashlib.sha256(CONTENT).hexdigest()
VETOES = tuple(f"VT{n}" for n in range(1, 8))


def row(table: str, **values: Any) -> Change:
    """A change that enters a row under its own key."""
    key = "|".join(str(values[each]) for each in tables()[table].key)
    return lambda rows: rows[table].update({key: values})


def plan(**more: Any) -> Change:
    """The county's layout plan, in force."""
    return row("evidence", **{
        "indicator": "GV1", "scope": COUNTY, "file_name": "布局规划.pdf", "title": "中小学布局规划",
        "issuer": "示例县人民政府", "issued_on": date(2024, 3, 1), "valid_from": date(2024, 3, 1),
        "sha256": HASH, "uploaded_by_role": "county", **more,
    })  # fmt: skip


def charter(code: str, content: bytes = CONTENT, **more: Any) -> Change:
    """A school's charter; every school calls its file the same."""
    return plan(**{
        "indicator": "QL3", "scope": code, "file_name": "章程.pdf", "title": "学校章程",
        "sha256": hashlib.sha256(content).hexdigest(), **more,
    })  # fmt: skip


def survey(item: str, **more: Any) -> Change:
    return row("official_results", **{
        "county_code": COUNTY, "indicator": "SR1", "item": item, "issuer": "示例市教育局",
        "published_on": date(2025, 6, 30), "document": "结果.pdf", "sha256": HASH, **more,
    })  # fmt: skip


def signed(item: str, **more: Any) -> Change:
    """A statement that nothing happened."""
    return row("statements", **{
        "county_code": COUNTY, "item": item, "occurred": False, "open_cases": 0,
        "signed_by": "示例县人民政府", "signed_on": date(2025, 10, 10), "document": "声明.pdf",
        "sha256": HASH, **more,
    })  # fmt: skip


def progress(value: int | str = 12, **more: Any) -> Change:
    return row("progress", **{
        "commitment": "C03.1", "place": COUNTY, "measured_on": date(2025, 12, 31),
        "value": Decimal(value), "source": "县教育局项目台账", **more,
    })  # fmt: skip


def lineage(change: str, old: str, new: str) -> Change:
    return row(
        "lineage", old_code=old, new_code=new, change=change, changed_on=date(2025, 8, 1),
        document="批复.pdf",
    )  # fmt: skip


CHILD = "2141000012"


def divided(rows: Rows) -> None:
    """A second school has come of the primary school; the first is as it was."""
    add_school(rows, CHILD, "primary", "示例县第十二小学", "121", {"primary": (1, 40)})
    lineage("split", PRIMARY, CHILD)(rows)


def moved_up(rows: Rows) -> None:
    """Nothing changes this year: last year's grades decide."""
