"""What a county filed, for the lines beyond L1–L7: its schools, its form, its class lists.

standards.md §§1, 6, 7 and filing.md §§1–4, 6; junheng is not imported. A school is a group of rows
(its own first, then its 不计校数 rows); a number is known only where every row that had to file it did.
"""

from fractions import Fraction

from oracle.schools import (
    OUT_OF_SCOPE,
    STAGES,
    add,
    group_rows,
    join_tables,
    never_filed,
    pupils_of_group,
    stages_of,
)

PRIMARY_TYPES = ("primary", "nine_year", "twelve_year", "teaching_point")
JUNIOR_TYPES = ("junior", "nine_year", "twelve_year", "complete")
BINS = {  # filing.md §1.3: name → least and greatest class in it; the top one is open
    "le_25": (1, 25), "26_30": (26, 30), "31_35": (31, 35), "36_40": (36, 40), "41_45": (41, 45),
    "46_50": (46, 50), "51_55": (51, 55), "56_60": (56, 60), "61_65": (61, 65), "ge_66": (66, None),
}  # fmt: skip


def filed_counties(rows, *, year, dashes, readings):
    """County code → schools by code, vocational schools, absent codes, special schools, form."""
    filed = join_tables(rows)
    groups, outside, orphans = group_rows(filed, readings)
    lists = class_lists(rows)
    schools = [whole_school(group, lists, dashes, year) for group in groups]
    schools += [whole_school([row], lists, dashes, year) for row in outside]
    absent = orphans + never_filed(rows, filed)
    return {
        code: {
            "schools": {s["code"]: s for s in schools if s["county"] == code and is_asked(s)},
            "vocational": {
                s["code"]: s
                for s in schools
                if s["county"] == code and s["type"] == "vocational"
            },
            "absent": {school for county, school, _ in absent if county == code},
            "special": special_schools(rows, code),
            "form": next((r for r in rows.get("county", []) if r["county_code"] == code), {}),
        }
        for code in counties_of(rows)
    }  # fmt: skip


def counties_of(rows):
    """Every county that filed its own form, or in which a school stands."""
    found = {row["county_code"] for row in rows.get("county", [])}
    found |= {row["location_unit"] for row in rows.get("schools", [])}
    found |= {row["location_unit"] for row in rows.get("register", [])}
    return sorted(found)


def is_asked(school):
    """In compulsory schooling, not special or vocational, and with pupils (or silent about them)."""
    return school["type"] not in OUT_OF_SCOPE and bool(stages_asked(school))


def special_schools(rows, county):
    """Special-education schools, filed or on the register; classes attached to others are none."""
    attached = {r["school_code"] for r in rows.get("schools", []) if r["counts_as_school"] is False}
    return {
        row["school_code"]
        for row in [*rows.get("register", []), *rows.get("schools", [])]
        if row["school_type"] == "special" and row["location_unit"] == county
    } - attached


def class_lists(rows):
    """(school, stage) → pupils of each class on its list."""
    found = {}
    for row in rows.get("classes", []):
        if row.get("pupils") is not None:
            found.setdefault((row["school_code"], row["stage"]), []).append(row["pupils"])
    return found


def whole_school(group, lists, dashes, year):
    """One school with what the lines read of it; `stages` are its compulsory ones."""
    has = {stage for row in group for stage in stages_of(row, dashes)}
    own = group[0]
    return {
        "code": own["school_code"],
        "county": own["location_unit"],
        "type": own["school_type"],
        "private": own.get("ownership") == "private",
        "own": own,
        "group": group,
        "stages": [stage for stage in STAGES if stage in has],
        "pupils": {stage: pupils_of_group(group, stage, dashes) for stage in STAGES},
        "lists": lists,
        "dashes": dashes,
        "year": year,
    }


def stages_asked(school):
    """The compulsory stages at which it has pupils, or has not said how many."""
    return [stage for stage in school["stages"] if school["pupils"][stage] != 0]


def compulsory_pupils(school):
    return add([school["pupils"][stage] for stage in stages_asked(school)])


def amount(school, table, column, owes):
    """Sum over the rows of the school; None where a row for which `owes` holds left it blank."""
    total = Fraction(0)
    for row in school["group"]:
        if row.get(column) is not None:
            total += Fraction(row[column])
        elif owes(row) and (table, row["school_code"], column) not in school["dashes"]:
            return None
    return total


def always(row):
    return True


def if_public(row):
    return row.get("ownership") == "public"


def by_stage(school, table, column, stages=None):
    """A column filed by stage, summed over stages; a stage unknown to exist is owed too."""
    parts = []
    for stage in stages or stages_asked(school):

        def has_it(row, stage=stage):
            return stage in stages_of(row, school["dashes"])

        parts.append(amount(school, table, f"{column}_{stage}", has_it))
    return add(parts)


def of_cohort(school, column):
    """A column of the cohort that left: owed by junior schools old enough to have sent one off."""

    def graduating(row):
        founded = row.get("founding_year")
        old = founded is None or founded <= school["year"] - 3
        return row["school_type"] in JUNIOR_TYPES and old

    return amount(school, "quality", column, graduating)


def zoned_rows(school, stage, *, towns):
    """Rows whose pupils of a stage are zoned: public, 11x (and 12x), not boarding, with pupils.

    A row that does not say one of the three may be zoned; what it counts is then not known.
    """
    types = PRIMARY_TYPES if stage == "primary" else JUNIOR_TYPES
    places = ("11", "12", None) if towns else ("11", None)
    return [
        row
        for row in school["group"]
        if row["school_type"] in types
        and row.get("ownership") in ("public", None)
        and place_of(row) in places
        and row.get("boarding_school") in (False, None)
        and row.get(f"enrolment_{stage}") != 0
    ]


def place_of(row):
    """11 city, 12 town, 21 and 22 village; None where not filed."""
    code = row.get("urban_rural_code")
    return None if code is None else code[:2]


def zoned_number(row, column):
    """A number of a row that may be zoned; None where it is not filed, or not known to count."""
    if None in (row.get("ownership"), place_of(row), row.get("boarding_school")):
        return None
    value = row.get(column)
    return None if value is None else Fraction(value)


def largest_class(school, stage):
    """(largest class or None, least it can be, greatest it can be or None), by all that was filed."""
    listed, told, lows, highs, owed, open_above = [], [], [], [], False, False
    for row in school["group"]:
        own = school["lists"].get((row["school_code"], stage), [])
        listed += own
        has = stage in stages_of(row, school["dashes"])
        most = row.get(f"max_class_size_{stage}")
        if most is not None:
            told.append(most)
        elif has and not own:
            column = ("seats", row["school_code"], f"max_class_size_{stage}")
            owed = owed or column not in school["dashes"]
        for name, (low, high) in BINS.items():
            column = f"classes_{name}_{stage}"
            if row.get(column):
                lows.append(low)
                highs.append(high)
            elif row.get(column) is None and has:
                open_above = (
                    open_above or ("seats", row["school_code"], column) not in school["dashes"]
                )
    known = listed + told + lows
    least = max(known, default=None)
    if (listed or told) and not owed:
        return least, least, least
    greatest = None if open_above or None in highs or not highs else max(highs + told + listed)
    return None, least, greatest
