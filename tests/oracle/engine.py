"""The second engine: the rules L1–L7 and 差异系数 once more, plain, slow and obvious.

Written from standards.md §§1–5 and filing.md §6 alone. It imports nothing of junheng, and every
number was typed in again from the tables of those files. Rows come by table as plain dicts in
facts units (m² and yuan as Decimal); None = not filed; `not_applicable` holds the cells
(table, school code, column) that were filed as —.
"""

from oracle.judging import judge_county, judge_part
from oracle.schools import (
    STAGES,
    add_sports_space,
    add_visiting_teachers,
    join_tables,
    merge_uncounted,
    never_filed,
    why_left_out,
)


def assess(rows, *, on, not_applicable=(), variant="weighted", relaxations=()):
    """County code → verdict, parts, cvs, left_out, missing.

    parts: (school, stage) → pupils, values, verdicts, met, verdict, gap_to_limit, gap_to_floor;
    cvs: (stage, indicator, variant) → cv_squared, verdict, shares, for all four variants, of which
    `variant` counts; left_out: (school, why); missing: (school, stages).
    """
    dashes = set(not_applicable)
    filed = join_tables(rows)
    schools, left_out, missing = merge_uncounted(filed, dashes)
    missing += never_filed(rows, filed)
    certified = {row["county_code"] for row in rows.get("dense_areas", [])}
    parts = {}
    for school in schools:
        reason = why_left_out(school)
        if reason is not None:
            left_out.append((school["county"], school["code"], reason))
        elif any(school["pupils"][stage] is None for stage in school["stages"]):
            stages = tuple(stage for stage in STAGES if stage in school["stages"])
            missing.append((school["county"], school["code"], stages))
        else:
            if "X1" in relaxations:
                add_visiting_teachers(school)
            if "X2" in relaxations:
                add_sports_space(school, certified, on)
            judge_school(school, parts, left_out)
    return {
        county: judge_county(
            {(code, stage): part for (c, code, stage), part in parts.items() if c == county},
            sorted((code, reason) for c, code, reason in left_out if c == county),
            sorted((code, stages) for c, code, stages in missing if c == county),
            variant,
        )
        for county in counties_of(rows)
    }


def counties_of(rows):
    """Every county that filed its own form, or in which a school stands."""
    found = {row["county_code"] for row in rows.get("county", [])}
    found |= {row["location_unit"] for row in rows.get("schools", [])}
    found |= {row["location_unit"] for row in rows.get("register", [])}
    return sorted(found)


def judge_school(school, parts, left_out):
    """Enter the parts of a school; a stage of it without pupils is left out by itself."""
    for stage in STAGES:
        if stage in school["stages"] and school["pupils"][stage] > 0:
            parts[school["county"], school["code"], stage] = judge_part(school, stage)
        elif stage in school["stages"]:
            left_out.append((school["county"], school["code"], f"no pupils in {stage}"))
