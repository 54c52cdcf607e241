"""Clauses on the county as a whole: GV2, GV7–GV9, GV11–GV15, QL1, QL2 (standards.md §§6–7).

Every limit was typed in again; junheng is not imported. Shares are told in per cent.
"""

from fractions import Fraction

from oracle.filed import by_stage, of_cohort, zoned_number, zoned_rows
from oracle.schools import STAGES, add
from oracle.verdicts import NOTHING, at_least, clause, quotient

LIMITS = {
    "GV2-FUNDS": {"primary": Fraction(650), "junior": Fraction(850)},
    "GV2-FUNDS 2023": {"primary": Fraction(720), "junior": Fraction(940)},
    "GV7": Fraction(6000), "GV7 7000": Fraction(7000), "GV7 8000": Fraction(8000),
    "GV8": Fraction(1), "GV9": Fraction(100), "GV11": Fraction(10), "GV11-KEY": Fraction(20),
    "GV12": Fraction(100), "GV13": {"primary": Fraction(100), "junior": Fraction(95)},
    "GV14": Fraction(50), "GV15": Fraction(85), "QL1": Fraction(95), "QL2": Fraction(95),
    "QL2 97": Fraction(97),
}  # fmt: skip


def county_clauses(county, readings):
    """Clause code → what it says."""
    form = county["form"]
    found = {
        "GV7": special_funds(county, readings.get("special-funds", "6000")),
        "GV8": share(
            number(form, "teacher_mean_pay_prev_yuan"),
            number(form, "civil_servant_mean_pay_prev_yuan"), LIMITS["GV8"], 1,
        ),
        "GV9": teachers(county, "teachers_training_360h", LIMITS["GV9"]),
        "GV11": of_form(form, "rotated", "rotation_eligible", LIMITS["GV11"]),
        "GV12": teachers(county, "certified_teachers", LIMITS["GV12"]),
        "GV14": of_form(form, "quality_senior_quota", "quality_senior_plan", LIMITS["GV14"]),
        "GV15": placed_migrants(form),
        "QL1": retention(county),
    }  # fmt: skip
    if readings.get("fund-standard") == "2023":
        found["GV2-FUNDS-2023"] = fund_standard(form, LIMITS["GV2-FUNDS 2023"])
    else:
        found["GV2-FUNDS"] = fund_standard(form, LIMITS["GV2-FUNDS"])
    if readings.get("key-teacher-base") == "eligible":
        found["GV11-KEY-ELIGIBLE"] = of_form(
            form, "rotated_key", "rotation_eligible", LIMITS["GV11-KEY"]
        )
    else:
        found["GV11-KEY"] = of_form(form, "rotated_key", "rotated", LIMITS["GV11-KEY"])
    newer = readings.get("inclusion-rate") == "97"
    found["QL2-97" if newer else "QL2"] = of_form(
        form, "disabled_enrolled", "disabled_school_age", LIMITS["QL2 97" if newer else "QL2"]
    )
    if readings.get("zoned-enrolment", "pooled") == "pooled":
        found["GV13"] = zoned(county, towns=True)
    if readings.get("zoned-enrolment") == "urban":
        found["GV13-URBAN"] = zoned(county, towns=False)
    if readings.get("special-funds", "6000") != "6000":
        found["GV7-" + readings["special-funds"]] = found.pop("GV7")
    return found


def number(form, column):
    value = form.get(column)
    return None if value is None else Fraction(value)


def share(above, under, limit, per):
    return clause([figure("", above, under, limit, per)])


def figure(stage, above, under, limit, per):
    value, has_base = quotient(above, under)
    if not has_base:
        return stage, None, NOTHING
    value = None if value is None else value * per
    return stage, value, at_least(value, limit)


def of_form(form, above, under, limit):
    return share(number(form, above), number(form, under), limit, 100)


def fund_standard(form, limits):
    """GV2: the county's own standard against that of the level above."""
    figures = []
    for stage in STAGES:
        value = number(form, f"fund_standard_{stage}_yuan")
        figures.append((stage, value, at_least(value, limits[stage])))
    return clause(figures)


def special_funds(county, reading):
    """GV7: 不适用 where no special school is known and none of its pupils was filed."""
    form = county["form"]
    limit = LIMITS["GV7" if reading == "6000" else f"GV7 {reading}"]
    if not county["special"] and not form.get("special_ed_pupils"):
        return clause([], verdict=NOTHING)
    funds, pupils = number(form, "special_ed_funds_total_yuan"), number(form, "special_ed_pupils")
    return share(funds, pupils, limit, 1)


def placed_migrants(form):
    """GV15: (public + bought) ÷ eligible, the county's own figures."""
    placed = add([number(form, "migrant_in_public"), number(form, "migrant_in_bought_private")])
    return share(placed, number(form, "migrant_eligible"), LIMITS["GV15"], 100)


def over_schools(county, values):
    """Sum over all schools; None while one of them is absent, or while there is none."""
    if county["absent"] or not county["schools"]:
        return None
    return add(values)


def teachers(county, column, limit):
    """GV9, GV12: Σ over the schools of both stages ÷ Σ full-time teachers."""
    schools = county["schools"].values()
    above = over_schools(county, [by_stage(s, "staffing", column) for s in schools])
    under = over_schools(county, [by_stage(s, "staffing", "full_time_teachers") for s in schools])
    return share(above, under, limit, 100)


def retention(county):
    """QL1: (Σ64 − Σ66 + Σ67) ÷ (Σ65 − Σ68)."""
    totals = {}
    for column in ("graduates_junior", "cohort_transfers_in", "cohort_transfers_out",
                   "cohort_grade7_enrolment", "cohort_deaths"):  # fmt: skip
        values = [of_cohort(school, column) for school in county["schools"].values()]
        totals[column] = over_schools(county, values)
    began, died = totals["cohort_grade7_enrolment"], totals["cohort_deaths"]
    under = None if began is None or died is None else began - died
    stayed = None
    if None not in (totals["graduates_junior"], totals["cohort_transfers_in"],
                    totals["cohort_transfers_out"]):  # fmt: skip
        stayed = totals["graduates_junior"] - totals["cohort_transfers_in"]
        stayed += totals["cohort_transfers_out"]
    return share(stayed, under, LIMITS["QL1"], 100)


def zoned(county, *, towns):
    """GV13: Σ13 ÷ Σ10 and Σ14 ÷ Σ11 over the zoned rows of all schools."""
    figures = []
    for stage in STAGES:
        rows = [r for s in county["schools"].values() for r in zoned_rows(s, stage, towns=towns)]
        above = over_schools(county, [zoned_number(r, f"in_zone_enrolment_{stage}") for r in rows])
        under = over_schools(county, [zoned_number(r, f"enrolment_{stage}") for r in rows])
        figures.append(figure(stage, above, under, LIMITS["GV13"][stage], 100))
    return clause(figures)
