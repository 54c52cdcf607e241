"""Clauses that every school must meet: GV3, GV4, GV5, GV6, GV13 by school, QL4 (standards.md §§6–7).

Every limit was typed in again; junheng is not imported.
"""

from fractions import Fraction

from oracle.county_figures import LIMITS, figure, number
from oracle.filed import (
    always,
    amount,
    by_stage,
    compulsory_pupils,
    if_public,
    largest_class,
    stages_asked,
    zoned_number,
    zoned_rows,
)
from oracle.schools import add
from oracle.verdicts import FAIL, NOTHING, PASS, UNKNOWN, at_most, clause, worst

SIZE = {  # standards.md §6 GV4, filing.md §3
    "primary": 2000, "teaching_point": 2000, "junior": 2000, "complete": 2000,
    "nine_year": 2500, "twelve_year": 2500,
}  # fmt: skip
LARGEST_CLASS = {"primary": 45, "junior": 50}
ROOMS = {  # filing.md §1.7 and §4: least area → column, the largest first
    "music": {96: "ge_96", 73: "73_96", 61: "61_73", 54: "54_61"},
    "art": {90: "ge_90", 67: "67_90", 61: "61_67", 54: "54_61"},
}
FULL_SIZE = {"music": 96, "art": 90}


def school_clauses(county, readings, allowed):
    """Clause code → what it says; `allowed`: what exceptions grant, by school code."""
    schools = county["schools"]
    public = {code: s for code, s in schools.items() if not s["private"]}
    funded = {code: s for code, s in schools.items() if not s["private"] or filed_budget(s)}
    both = readings.get("music-art-rooms") == "sum"
    final = readings.get("training-fund-base") == "final"

    def room_clause(kinds):
        return every(county, {c: rooms(s, kinds, allowed.get(c, {})) for c, s in schools.items()})

    found = {
        "GV4": every(county, {c: size(s, allowed.get(c, {})) for c, s in schools.items()}),
        "GV4-VOCATIONAL": vocational(county),
        "GV5": every(county, {c: class_sizes(s) for c, s in schools.items()}),
        "GV6": every(county, {c: funds(s, county["form"]) for c, s in public.items()}),
        "QL4-FINAL" if final else "QL4": every(
            county, {c: training(s, final=final) for c, s in funded.items()}
        ),
    }
    if both:
        found["GV3-SUM"] = room_clause(("music", "art"))
    else:
        found["GV3-MUSIC"] = room_clause(("music",))
        found["GV3-ART"] = room_clause(("art",))
    if readings.get("zoned-enrolment") == "every":
        inside = {c: s for c, s in schools.items() if is_zoned(s)}
        found["GV13-EVERY"] = every(county, {c: zoned(s) for c, s in inside.items()})
    return found


def every(county, points):
    """A clause over schools: code → figures; a school that did not file leaves it open."""
    schools = {code: point(figures) for code, figures in points.items()}
    for code in county["absent"]:
        schools[code] = {"verdict": UNKNOWN, "figures": []}
    if schools:
        return clause([], schools)
    return clause([], verdict=NOTHING if county["schools"] else UNKNOWN)


def point(figures):
    return {"verdict": worst(v for _, _, v in figures), "figures": figures}


def rooms(school, kinds, allowed):
    """GV3: rooms × 12 ÷ classes ≥ 1, which is rooms ≥ ceil(classes ÷ 12).

    Whoever meets it with full-sized rooms meets it, whatever an exception would add. Granted or
    not is looked at for a school that misses the line with one of the kinds.
    """
    strict = rooms_counted(school, kinds, FULL_SIZE)
    if strict[0][2] != PASS and allowed.get("rooms"):
        return rooms_counted(school, kinds, allowed["rooms"])
    return strict


def rooms_counted(school, kinds, least):
    classes = by_stage(school, "seats", "class_count")
    counts = [
        amount(school, "facilities", f"{kind}_rooms_{name}", always)
        for kind in kinds
        for area, name in ROOMS[kind].items()
        if area >= least[kind]
    ]
    have = add(counts)
    return [figure("", None if have is None else have * 12, classes, 1, 1)]


def size(school, allowed):
    """GV4: compulsory pupils against the limit of the type.

    A senior school's type has none: it is held to that of the stages under it, one or both.
    """
    of_stages = SIZE["nine_year" if len(stages_asked(school)) > 1 else "junior"]
    limit = max(SIZE.get(school["type"], of_stages), allowed.get("size", 0))
    pupils = compulsory_pupils(school)
    return [("", pupils, at_most(pupils, limit))]


def vocational(county):
    """No ordinary classes attached to vocational schools; 不适用 where there is none."""
    schools = {}
    for code, school in county["vocational"].items():
        junior = amount(school, "seats", "attached_junior_enrolment", may_attach_junior)
        primary = amount(school, "seats", "attached_primary_enrolment", may_attach_primary)
        attached = add([junior, primary])
        schools[code] = point([("", attached, at_most(attached, 0))])
    return clause([], schools, verdict=None if schools else NOTHING)


def may_attach_junior(row):
    return row["school_type"] in ("senior", "vocational")


def may_attach_primary(row):
    return row["school_type"] == "junior"


def class_sizes(school):
    """GV5: no class above the limit; where the largest is not told, the bins may still decide."""
    figures = []
    for stage in stages_asked(school):
        limit = LARGEST_CLASS[stage]
        largest, least, greatest = largest_class(school, stage)
        verdict = UNKNOWN
        if least is not None and least > limit:
            verdict = FAIL
        elif greatest is not None and greatest <= limit:
            verdict = PASS
        figures.append((stage, largest, verdict))
    return figures


def funds(school, form):
    """GV6: budget ÷ what is due for the pupils, a small school being due those of 100 pupils."""
    pupils = compulsory_pupils(school)
    due = Fraction(0)
    for stage in stages_asked(school):
        standard = number(form, f"fund_standard_{stage}_yuan")
        count = school["pupils"][stage]
        due = None if None in (due, standard, count) else due + standard * count
    if due is not None and pupils < 100:
        due = due * 100 / pupils
    budget = amount(school, "finance", "public_funds_budget_prev_yuan", if_public)
    return [figure("", budget, due, 1, 1)]


def filed_budget(school):
    return any(row.get("public_funds_budget_prev_yuan") is not None for row in school["group"])


def training(school, *, final):
    """QL4: training funds ÷ public funds budgeted (or spent) ≥ 5 %."""
    column = "public_funds_final_prev_yuan" if final else "public_funds_budget_prev_yuan"
    base = amount(school, "finance", column, if_public)
    spent = amount(school, "finance", "training_funds_budget_prev_yuan", always)
    return [figure("", spent, base, 5, 100)]


def is_zoned(school):
    return any(zoned_rows(school, stage, towns=True) for stage in stages_asked(school))


def zoned(school):
    """GV13 read school by school."""
    figures = []
    for stage in stages_asked(school):
        rows = zoned_rows(school, stage, towns=True)
        above = add([zoned_number(row, f"in_zone_enrolment_{stage}") for row in rows])
        under = add([zoned_number(row, f"enrolment_{stage}") for row in rows])
        figures.append(figure(stage, above, under, LIMITS["GV13"][stage], 100))
    return figures
