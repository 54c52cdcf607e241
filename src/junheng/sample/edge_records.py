"""County forms, evidence, results and statements on the edges; for `random_county`.

Denominators of zero, missing cells, evidence that is missing, returned, lapsed, unreviewed, not yet
valid or without hash, results under, on and over their line, vetoes that occurred or were not signed.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from junheng.registry import tables
from junheng.sample.marks import Row, Rows
from junheng.sample.official import GROUPS, ITEMS, SUBJECTS, WHOLE
from junheng.schema import Kind

OF_THE_COUNTY = ("GV1", "GV2", "GV8", "GV10", "GV14", "GV15")
OF_A_SCHOOL = ("QL3", "QL5", "QL6", "QL7", "QL8")
CLAIMS = ("X3", "X4", "X5", "X6")
HASH = "0" * 64
FATES = ("pass", "pass", "pass", "pass", "pass", "returned", "lapsed", "last day", "early",
         "unreviewed", "unhashed", "missing")  # fmt: skip


def add_records(
    chance: Random, rows: Rows, counties: Sequence[str], *, year: int, missing: float
) -> None:
    """Fill the tables of a county beyond those of its schools, in place."""
    clean = chance.random() < 0.3
    for code in counties:
        if chance.random() < 0.9:
            rows["county"].append(_form(chance, code, year, missing))
        rows["evidence"] += _evidence(chance, code, OF_THE_COUNTY, year, clean=clean)
        rows["official_results"] += list(_results(chance, code, year))
        rows["statements"] += list(_statements(chance, code, year))
    for school in rows["schools"]:
        code = school["school_code"]
        rows["evidence"] += _evidence(chance, code, OF_A_SCHOOL, year, clean=clean)
        claimed = [each for each in CLAIMS if chance.random() < 0.5]
        rows["evidence"] += _evidence(chance, code, claimed, year, clean=clean)
        rows["classes"] += list(_class_list(chance, school))


def _form(chance: Random, code: str, year: int, missing: float) -> Row:
    """The county's own return: every ratio on its line, beside it, or over nothing."""
    whole = {
        name: chance.choice((0, 20, 100, 1000)) for name in ("eligible", "plan", "age", "came")
    }
    rotated = _on(chance, whole["eligible"], 10)
    filled: dict[str, Any] = {
        "county_name": "示例县", "county_code": code, "filing_year": year,
        "fund_standard_primary_yuan": chance.choice((Decimal(650), Decimal("649.99"), Decimal(720))),
        "fund_standard_junior_yuan": chance.choice((Decimal(850), Decimal(850), Decimal(940))),
        "special_ed_funds_total_yuan": chance.choice((Decimal(600_000), Decimal("599999.99"))),
        "special_ed_pupils": chance.choice((0, 100, 100)),
        "teacher_mean_pay_prev_yuan": chance.choice((Decimal(90_000), Decimal("89999.99"))),
        "civil_servant_mean_pay_prev_yuan": chance.choice((Decimal(90_000), Decimal(0))),
        "rotation_eligible": whole["eligible"], "rotated": rotated,
        "rotated_key": _on(chance, rotated, 20),
        "quality_senior_plan": whole["plan"], "quality_senior_quota": _on(chance, whole["plan"], 50),
        "quality_senior_quota_rural": 0,
        "migrant_eligible": whole["came"], "migrant_in_public": _on(chance, whole["came"], 85),
        "migrant_in_bought_private": 0,
        "disabled_school_age": whole["age"], "disabled_enrolled": _on(chance, whole["age"], 95),
    }  # fmt: skip
    columns = tables()["county"].columns()
    return {
        name: None
        if columns[name].kind in (Kind.INT, Kind.MONEY) and chance.random() < missing
        else filled.get(name)
        for name in columns
    }


def _on(chance: Random, whole: int, percent: int) -> int:
    """So many per cent of a whole, one more or one less."""
    line = -(-whole * percent // 100)
    return max(0, min(whole, line + chance.choice((0, 0, 1, -1))))


def _evidence(
    chance: Random, scope: str, indicators: Sequence[str], year: int, *, clean: bool
) -> list[Row]:
    found = []
    for indicator in indicators:
        for number in range(chance.choice((1, 1, 2))):
            fate = "pass" if clean else chance.choice(FATES)
            if fate != "missing":
                found.append(_record(scope, indicator, number, year, fate))
    return found


def _record(scope: str, indicator: str, number: int, year: int, fate: str) -> Row:
    """One record; on 31 March of the next year it counts unless its fate says otherwise."""
    until = {"lapsed": date(year + 1, 3, 30), "last day": date(year + 1, 3, 31)}.get(fate)
    since = date(year + 1, 4, 1) if fate == "early" else date(year, 9, 1)
    review = {"returned": "return", "unreviewed": None}.get(fate, "pass")
    return {
        "indicator": indicator,
        "scope": scope,
        "file_name": f"{scope}-{indicator}-{number}.txt",
        "title": f"材料{number}",
        "document_no": None,
        "issuer": "示例单位",
        "issued_on": date(year, 9, 1),
        "valid_from": since,
        "valid_to": until,
        "sha256": None if fate == "unhashed" else HASH,
        "pages": 1,
        "uploaded_by_role": "county",
        "review": review,
        "review_reason": "示例" if review == "return" else None,
    }


def _results(chance: Random, code: str, year: int) -> Iterator[Row]:
    """Quality monitoring by subject, and the survey with its groups."""
    late = date(year + 1, 4, 1) if chance.random() < 0.1 else date(year, 6, 30)
    blank = dict.fromkeys(("level", "difference", "satisfied", "sampled", "rate_percent"))
    base = {"county_code": code, "issuer": "示例单位", "document": "结果.txt", "sha256": HASH}
    for subject in SUBJECTS if chance.random() < 0.85 else ():
        told: Row = {
            "level": chance.choice((3, 3, 3, 4, 2, None)),
            "difference": chance.choice(
                (Decimal("0.149999"), Decimal("0.1"), Decimal("0.1"), Decimal("0.15"), None)
            ),
        }
        yield blank | base | told | {"indicator": "QL9", "item": subject, "published_on": late}
    if chance.random() < 0.85:
        yield from _survey(chance, blank | base | {"indicator": "SR1", "published_on": late})


def _survey(chance: Random, base: Row) -> Iterator[Row]:
    sampled = chance.choice((0, 200, 1000))
    satisfied = _on(chance, sampled, 85)
    counted = chance.random() < 0.8
    rate = chance.choice((Decimal(85), Decimal("84.99"), Decimal("85.01")))
    told = {"satisfied": satisfied, "sampled": sampled} if counted else {"rate_percent": rate}
    yield base | told | {"item": WHOLE}
    if counted:
        name = GROUPS[0][0]
        yield base | {"item": name, "satisfied": satisfied // 2, "sampled": sampled // 2}


def _statements(chance: Random, code: str, year: int) -> Iterator[Row]:
    for item in ITEMS:
        fate = chance.choice(("none",) * 12 + ("occurred", "open", "unsigned", "late", "missing"))
        if fate == "missing":
            continue
        yield {
            "county_code": code,
            "item": item,
            "occurred": fate == "occurred",
            "open_cases": 2 if fate == "open" else 0,
            "signed_by": None if fate == "unsigned" else "示例县人民政府",
            "signed_on": date(year + 1, 4, 1) if fate == "late" else date(year, 10, 10),
            "document": f"{item}.txt",
            "sha256": HASH,
        }


def _class_list(chance: Random, school: Row) -> Iterator[Row]:
    """For a few schools a class list, which the bins need not know of."""
    if chance.random() >= 0.15 or school["school_type"] not in ("primary", "junior"):
        return
    for number in range(chance.randint(1, 3)):
        yield {
            "school_code": school["school_code"],
            "grade": 7 if school["school_type"] == "junior" else 1,
            "class_no": str(number + 1),
            "stage": school["school_type"],
            "pupils": chance.choice((45, 46, 50, 51)),
        }
