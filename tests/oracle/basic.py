"""The scheme of 2012 in the second engine: eight CVs weighted by pupils, their mean against a limit.

standards.md §2.1, §3 and §4; numbers typed in again, junheng is not imported. A mean of square
roots is taken with 120 digits; where it stands as near to the limit as that, every root must be a
fraction, or the two engines could not agree on anything.
"""

from decimal import Decimal, localcontext
from fractions import Fraction
from math import isqrt

from oracle.filed import counties_of
from oracle.judging import WEIGHT, cv_squared
from oracle.schools import (
    STAGES,
    group_rows,
    join_tables,
    never_filed,
    one_school,
    total,
    why_left_out,
)
from oracle.verdicts import FAIL, PASS, UNKNOWN, worst

LIMIT = {"primary": Fraction("0.65"), "junior": Fraction("0.55")}
CODES = ("B1", "B2", "B3", "B4", "B5", "B6", "B7", "B8")
DIGITS = 120


def assess_basic(rows, *, not_applicable=()):
    """County code → (verdict, {stage: (verdict, composite as Decimal or None)})."""
    parts, absent = measured(rows, set(not_applicable))
    found = {}
    for code in counties_of(rows):
        stages = {}
        for stage in STAGES:
            here = [values for (c, _, s), values in parts.items() if (c, s) == (code, stage)]
            lacking = any(c == code and stage in several for c, _, several in absent)
            if here or lacking:
                stages[stage] = judge(here, stage, lacking)
        found[code] = worst(verdict for verdict, _ in stages.values()), stages
    return found


def measured(rows, dashes):
    """(county, school, stage) → pupils and the eight values; and schools without a return."""
    filed = join_tables(rows)
    groups, _, absent = group_rows(filed, {})
    absent += never_filed(rows, filed)
    parts = {}
    for group in groups:
        school = one_school(group, dashes)
        if why_left_out(school, {}) is not None:
            continue
        if any(school["pupils"][stage] is None for stage in school["stages"]):
            absent.append((school["county"], school["code"], tuple(school["stages"])))
            continue
        for stage in STAGES:
            if stage in school["stages"] and school["pupils"][stage] > 0:
                key = school["county"], school["code"], stage
                parts[key] = school["pupils"][stage], values(group, school, stage, dashes)
    return parts, absent


def values(group, school, stage, dashes):
    """B1–B5 shared by weighted pupils, B6–B8 of the stage, each over its pupils."""
    pupils = school["pupils"][stage]
    weighted = {s: WEIGHT[s] * school["pupils"][s] for s in school["stages"]}
    share = weighted[stage] / sum(weighted.values())
    sports = [school["gymnasium"], school["sports_ground"]]
    shared = {
        "B1": school["teaching_area"],
        "B2": None if None in sports else sum(sports),
        "B3": school["equipment"],
        "B4": total(group, "facilities", "computers", dashes),
        "B5": total(group, "facilities", "books", dashes),
    }
    own = {
        "B6": of_stage(group, "full_time_teachers", stage, dashes),
        "B7": school["above", stage],
        "B8": of_stage(group, "teachers_intermediate_plus", stage, dashes),
    }
    found = {c: None if x is None else x * share / pupils for c, x in shared.items()}
    return found | {c: None if x is None else Fraction(x) / pupils for c, x in own.items()}


def of_stage(group, column, stage, dashes):
    return total(group, "staffing", f"{column}_{stage}", dashes, stage)


def judge(parts, stage, lacking):
    """The composite of one stage; unknown while a school, a value or a mean is missing."""
    squares = []
    for code in CODES:
        known = [(n, pupils, each[code]) for n, (pupils, each) in enumerate(parts)]
        if lacking or any(value is None for _, _, value in known):
            return UNKNOWN, None
        squared, _ = cv_squared(known, "weighted")
        if squared is None:
            return UNKNOWN, None
        squares.append(squared)
    return compared(squares, LIMIT[stage])


def compared(squares, limit):
    """Mean of the roots against the limit; the limit itself passes."""
    with localcontext() as exact:
        exact.prec = DIGITS
        roots = [(Decimal(q.numerator) / Decimal(q.denominator)).sqrt() for q in squares]
        mean = sum(roots) / len(roots)
        away = mean - Decimal(limit.numerator) / Decimal(limit.denominator)
        if abs(away) > Decimal(10) ** (10 - DIGITS):
            return (PASS if away < 0 else FAIL), mean
    whole = [Fraction(isqrt(q.numerator), isqrt(q.denominator)) for q in squares]
    assert all(root**2 == q for root, q in zip(whole, squares, strict=True)), "not decided"
    return (PASS if sum(whole) <= limit * len(whole) else FAIL), mean
