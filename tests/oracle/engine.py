"""The second engine: L1–L7, 差异系数 and every other line once more, plain, slow and obvious.

Written from standards.md §§1–7 and filing.md §§1–6 alone. It imports nothing of junheng, and every
number was typed in again from the tables of those files. Rows come by table as plain dicts in
facts units (m² and yuan as Decimal); None = not filed; `not_applicable` holds the cells
(table, school code, column) that were filed as —.
"""

from oracle.filed import counties_of, filed_counties
from oracle.judging import judge_county, judge_part
from oracle.lines import judge_lines
from oracle.proof import evidence_counts
from oracle.schools import (
    STAGES,
    add_sports_space,
    add_visiting_teachers,
    join_tables,
    merge_uncounted,
    never_filed,
    why_left_out,
)


def assess(
    rows, *, on, year=2025, not_applicable=(), variant="weighted", relaxations=(), readings=None
):
    """County code → verdict, parts, cvs, left_out, missing, and clauses, lines, areas, whole.

    parts: (school, stage) → pupils, values, verdicts, met, verdict, gap_to_limit, gap_to_floor;
    cvs: (stage, indicator, variant) → cv_squared, verdict, shares, for all four variants, of which
    `variant` counts; left_out: (school, why); missing: (school, stages); `verdict` is that of
    资源配置, `whole` that of all areas; `readings`: open point → option, what differs from default.
    """
    dashes, readings = set(not_applicable), readings or {}
    counted = measured(rows, dashes, on, relaxations, readings)
    filed = filed_counties(rows, year=year, dashes=dashes, readings=readings)
    found = {}
    for code in counties_of(rows):
        parts, left_out, missing = counted
        found[code] = judge_county(
            {(school, stage): part for (c, school, stage), part in parts.items() if c == code},
            sorted((school, reason) for c, school, reason in left_out if c == code),
            sorted((school, stages) for c, school, stages in missing if c == code),
            variant,
        )
        found[code] |= judge_lines(
            code, filed[code], found[code], rows,
            on=on, relaxations=relaxations, readings=readings, variant=variant,
        )  # fmt: skip
    return found


def measured(rows, dashes, on, relaxations, readings):
    """Parts judged, schools left out and schools missing, for L1–L7."""
    filed = join_tables(rows)
    schools, left_out, missing = merge_uncounted(filed, dashes, readings)
    missing += never_filed(rows, filed)
    certified = {row["county_code"] for row in rows.get("dense_areas", [])}
    parts = {}
    for school in schools:
        reason = why_left_out(school, readings)
        if reason is not None:
            left_out.append((school["county"], school["code"], reason))
        elif any(school["pupils"][stage] is None for stage in school["stages"]):
            stages = tuple(stage for stage in STAGES if stage in school["stages"])
            missing.append((school["county"], school["code"], stages))
        else:
            proven = {x for x in relaxations if evidence_counts(rows, x, school["code"], on)}
            if "X1" in proven:
                add_visiting_teachers(school)
            if "X2" in proven:
                add_sports_space(school, certified, on)
            judge_school(school, parts, left_out)
    return parts, left_out, missing


def judge_school(school, parts, left_out):
    """Enter the parts of a school; a stage of it without pupils is left out by itself."""
    for stage in STAGES:
        if stage in school["stages"] and school["pupils"][stage] > 0:
            parts[school["county"], school["code"], stage] = judge_part(school, stage)
        elif stage in school["stages"]:
            left_out.append((school["county"], school["code"], f"no pupils in {stage}"))
