"""Compliance plans that the tests of the documents look at: one that meets all, one held short, one of two counties."""

from fractions import Fraction
from pathlib import Path

from sealed_cases import ON, YEAR, sealed

from junheng.plan.compliance import Effort
from junheng.registry import tables
from junheng.sample import make_county
from junheng.studies import ComplianceStudy, plan_to_comply

LIMITS = '[[county]]\ncode = "410199"\nhires = 0\nkey_teachers = 0\nbudget_yuan = "700000"\n'
BUDGETS = """
[[budget]]
year = 2027
source = "县"
yuan = "12000000"
[[budget]]
year = 2027
source = "市"
yuan = "3000000"
items = ["new_sports_ground"]
[[budget]]
year = 2028
source = "县"
yuan = "12000000"
"""
SENTINEL = "荥喆䶮㎡小学"
"""Characters of places and people that common fonts lack, and a unit."""
HOSTILE = "</script><img src=x onerror=alert(1)>"
"""A name that a page could take for markup."""


def one_county(folder: Path) -> ComplianceStudy:
    """Everything can be met; frontier, a budget asked about, and what each requirement costs."""
    snapshot = sealed(make_county(seed=5, schools=9, year=YEAR), folder)
    return plan_to_comply(
        snapshot,
        on=ON,
        by=2028,
        points=4,
        what_if=[Fraction(1_000_000)],
        by_line=True,
        effort=Effort(gap=0.02),
    )


def held_short(folder: Path) -> ComplianceStudy:
    """Limits and a budget leave something unmet; a name holds rare characters."""
    rows = make_county(seed=5, schools=9, year=YEAR)
    for table in ("schools", "register"):
        rows[table][0]["school_name"] = SENTINEL
        for row in rows[table]:
            if row["school_name"] == "示例县第一初级中学":
                row["school_name"] = HOSTILE
    limits = folder / "限制.toml"
    limits.write_text(LIMITS, encoding="utf-8")
    return plan_to_comply(sealed(rows, folder), on=ON, by=2028, limits=limits, points=3)


def two_together(folder: Path) -> ComplianceStudy:
    """Two counties, one budget, no frontier."""
    one = make_county(seed=5, schools=9, year=YEAR)
    other = make_county(seed=8, schools=10, year=YEAR, code="410181", name="巩义市")
    both = {name: one[name] + other[name] for name in tables()}
    return plan_to_comply(sealed(both, folder), on=ON, by=2028)


def several_years(folder: Path) -> ComplianceStudy:
    """Money of two years from two sources, one of them for one item only."""
    limits = folder / "分年.toml"
    limits.write_text(BUDGETS, encoding="utf-8")
    snapshot = sealed(make_county(seed=5, schools=9, year=YEAR), folder)
    return plan_to_comply(snapshot, on=ON, by=2028, limits=limits)
