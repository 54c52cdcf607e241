"""Schools of the second engine: who is counted, after merging, and what exceptions add.

standards.md §§1, 3, 5 and filing.md §§1, 3, 6; junheng is not imported.
"""

from fractions import Fraction

STAGES = ("primary", "junior")
OWN_STAGES = {  # filing.md §1.1 and §3
    "primary": ("primary",),
    "teaching_point": ("primary",),
    "junior": ("junior",),
    "nine_year": ("primary", "junior"),
    "twelve_year": ("primary", "junior", "senior"),
    "complete": ("junior", "senior"),
    "senior": ("senior",),
    "vocational": (),
    "special": (),
}
MAY_ATTACH = {"junior": "primary", "senior": "junior", "vocational": "junior"}
OUT_OF_SCOPE = ("special", "vocational")


def join_tables(rows):
    """School code → one dict of everything the school filed."""
    filed = {row["school_code"]: dict(row) for row in rows.get("schools", [])}
    for table in ("seats", "staffing", "facilities", "finance", "quality"):
        for row in rows.get(table, []):
            if row["school_code"] in filed:
                filed[row["school_code"]].update(row)
    return filed


def stages_of(row, dashes):
    """The stages of one filed row: those of its type, and an attached class that is not denied."""
    stages = list(OWN_STAGES[row["school_type"]])
    attached = MAY_ATTACH.get(row["school_type"])
    if attached is not None:
        column = f"attached_{attached}_enrolment"
        denied = row.get(column) == 0 or ("seats", row["school_code"], column) in dashes
        if not denied:
            stages.append(attached)
    return stages


def pupils_of(row, stage):
    """Pupils of a stage that the row has; None where not filed."""
    if stage in OWN_STAGES[row["school_type"]]:
        return row.get(f"enrolment_{stage}")
    return row.get(f"attached_{stage}_enrolment")


def merge_uncounted(filed, dashes, readings=None):
    """Schools with their 不计校数 rows added in; such rows out of scope; and without a parent."""
    groups, outside, missing = group_rows(filed, readings or {})
    alone = [[row] for row in outside]
    return [one_school(group, dashes) for group in groups + alone], [], missing


def group_rows(filed, readings):
    """Rows that make one school together, its own first; rows out of scope; rows without a parent.

    A special class or a vocational branch is out of scope itself, whose row it stands under.
    Under the reading `campus=school` a one-stage campus of a nine-year school stands for itself.
    """
    groups, outside, missing = {}, [], []
    for code, row in filed.items():
        parent = filed.get(row.get("parent_school_code"))
        if row["counts_as_school"] is not False:
            groups.setdefault(code, []).insert(0, row)
        elif row["school_type"] in OUT_OF_SCOPE:
            outside.append(row)
        elif parent is None or parent["counts_as_school"] is False:
            stages = tuple(s for s in OWN_STAGES[row["school_type"]] if s in STAGES)
            missing.append((row["location_unit"], code, stages))
        elif (
            readings.get("campus") == "school"
            and row["school_type"] in STAGES
            and parent["school_type"] == "nine_year"
        ):
            groups[code] = [row]
        else:
            groups.setdefault(parent["school_code"], []).append(row)
    return list(groups.values()), outside, missing


def one_school(group, dashes):
    """One school out of a parent (first) and its uncounted rows."""
    parent = group[0]
    school = {
        "code": parent["school_code"],
        "county": parent["location_unit"],
        "type": parent["school_type"],
        "private": parent.get("ownership") == "private",
        "urban_rural": str(parent.get("urban_rural_code")),
        "rural_small": parent.get("rural_small_50_99") is True,
        "dense_core": parent.get("dense_urban_core") is True,
        "stages": {stage for row in group for stage in stages_of(row, dashes)},
        "pupils": {s: pupils_of_group(group, s, dashes) for s in ("primary", "junior", "senior")},
        "teaching_area": total(group, "facilities", "teaching_auxiliary_area_m2", dashes),
        "indoor_sports": total(group, "facilities", "indoor_sports_room_area_m2", dashes),
        "gymnasium": total(group, "facilities", "gymnasium_area_m2", dashes),
        "sports_ground": total(group, "facilities", "sports_ground_area_m2", dashes),
        "equipment": total(group, "facilities", "equipment_value_yuan", dashes),
        "multimedia": total(group, "facilities", "multimedia_classrooms", dashes),
        "leased": claimed(group, "leased_sports_area_m2"),
        "other_sports": claimed(group, "other_campus_sports_area_m2"),
        "contract": parent.get("leased_contract_no"),
        "lease": (parent.get("lease_start"), parent.get("lease_end")),
        "walking_minutes": longest(group, "walking_minutes"),
    }
    for stage in STAGES:
        titles = ["bachelor", "master", "doctorate"] + ["associate"] * (stage == "primary")
        above = [f"teachers_{title}_{stage}" for title in titles]
        subjects = [f"teachers_{s}_{stage}" for s in ("pe", "music", "fine_arts", "arts")]
        guests = [f"visiting_{s}_teachers_{stage}" for s in ("pe", "music", "fine_arts", "arts")]
        key = f"key_teachers_county_plus_{stage}"
        school["above", stage] = add([total(group, "staffing", c, dashes, stage) for c in above])
        school["key", stage] = total(group, "staffing", key, dashes, stage)
        school["pe_arts", stage] = add(
            [total(group, "staffing", c, dashes, stage) for c in subjects]
        )
        school["visiting", stage] = sum(claimed(group, column) for column in guests)
    return school


def pupils_of_group(group, stage, dashes):
    """Pupils of a stage in all rows that have it; None where one of them did not file them."""
    return add([pupils_of(row, stage) for row in group if stage in stages_of(row, dashes)])


def total(group, table, column, dashes, stage=None):
    """Sum over the group, missing where a row did not file it.

    What a row does not have (a dash, a stage that is not its own) adds nothing to the others.
    """
    filed = []
    for row in group:
        dash = (table, row["school_code"], column) in dashes
        other_stage = stage is not None and stage not in stages_of(row, dashes)
        if row.get(column) is not None:
            filed.append(Fraction(row[column]))
        elif not dash and not other_stage:
            return None
    return sum(filed) if filed else None


def claimed(group, column):
    """Sum of what was filed in a column that only an exception reads: a blank claims nothing."""
    return sum((Fraction(row[column]) for row in group if row.get(column)), Fraction(0))


def longest(group, column):
    if any(row.get("leased_sports_area_m2") and row.get(column) is None for row in group):
        return None
    return max((row[column] for row in group if row.get(column) is not None), default=None)


def add(values):
    return None if None in values else sum(values)


def why_left_out(school, readings):
    """standards.md §1, “Which schools enter L1–L7 and the CV”; None where the school enters."""
    if school["private"] and readings.get("private-schools") == "out":
        return "private"
    if school["type"] in OUT_OF_SCOPE:
        return "type"
    compulsory = [stage for stage in STAGES if stage in school["stages"]]
    if not compulsory:
        return "no compulsory stage"
    counts = [school["pupils"][stage] for stage in compulsory]
    return None if None in counts else too_few(school["type"], sum(counts), readings)


def too_few(school_type, pupils, readings):
    if pupils == 0:
        return "no pupils"
    counted = school_type != "teaching_point" or readings.get("teaching-points") == "in"
    return None if counted or pupils >= 50 else "small teaching point"


def never_filed(rows, filed):
    """Schools in operation by the register, in scope by their type, without a return."""
    missing = []
    for row in rows.get("register", []):
        stages = tuple(s for s in OWN_STAGES[row["school_type"]] if s in STAGES)
        if row["school_code"] not in filed and stages:
            missing.append((row["location_unit"], row["school_code"], stages))
    return missing


def add_visiting_teachers(school):
    """X1: a rural small school, 50 ≤ pupils < 100, counts its visiting PE and arts teachers."""
    pupils = sum(school["pupils"][stage] for stage in STAGES if stage in school["stages"])
    if school["rural_small"] and school["urban_rural"].startswith("2") and 50 <= pupils < 100:
        for stage in STAGES:
            if school["pe_arts", stage] is not None:
                school["pe_arts", stage] += school["visiting", stage]


def add_sports_space(school, certified, on):
    """X2: a school of a certified dense centre (11x) counts other space, and a proven lease."""
    if not school["dense_core"] or school["county"] not in certified:
        return
    if not school["urban_rural"].startswith("11") or school["sports_ground"] is None:
        return
    school["sports_ground"] += school["other_sports"]
    start, end = school["lease"]
    minutes = school["walking_minutes"]
    proven = bool(school["contract"]) and start is not None and end is not None
    if proven and start <= on <= end and minutes is not None and minutes <= 10:
        school["sports_ground"] += school["leased"]
