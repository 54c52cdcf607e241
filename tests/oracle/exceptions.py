"""X3–X6: granted where flag, condition and valid evidence all hold (standards.md §5, filing.md §7.7).

Numbers were typed in again; junheng is not imported.
"""

from oracle.filed import compulsory_pupils, largest_class, stages_asked
from oracle.proof import evidence_counts

WIDER = {  # X5, X6: pupils; whether 3 000 covers twelve-year schools is open, so it does not
    "primary": 2400, "teaching_point": 2400, "junior": 2400, "complete": 2400, "senior": 2400,
    "nine_year": 3000,
}  # fmt: skip


def grants(county, rows, on, relaxations):
    """School code → {"rooms": least areas by kind, "size": greatest number of pupils}."""
    found = {}
    for code, school in county["schools"].items():
        mine = found.setdefault(code, {})
        proven = {x for x in relaxations if evidence_counts(rows, x, code, on)}
        least = []
        if "X3" in proven and built_by(school, 2016):
            least.append({"music": 73, "art": 67})
        if "X4" in proven and small_rural(school):
            area = 54 if stages_asked(school) == ["primary"] else 61
            least.append({"music": area, "art": area})
        if least:
            mine["rooms"] = {kind: min(each[kind] for each in least) for kind in ("music", "art")}
        old = "X5" in proven and built_by(school, 2010)
        migrants = "X6" in proven and mostly_migrants(school)
        if (old or migrants) and school["type"] in WIDER:
            mine["size"] = WIDER[school["type"]]
    return found


def built_by(school, year):
    """Planned and built by then, as flagged, and the year of founding agrees."""
    founded = school["own"].get("founding_year")
    return school["own"].get(f"built_by_{year}") is True and founded is not None and founded <= year


def small_rural(school):
    """A rural small school whose largest class has fewer than 30 pupils."""
    flagged = school["own"].get("rural_small_max_class_lt30") is True
    rural = str(school["own"].get("urban_rural_code")).startswith("2")
    largest = [largest_class(school, stage)[0] for stage in stages_asked(school)]
    return flagged and rural and None not in largest and all(each < 30 for each in largest)


def mostly_migrants(school):
    """More than half of the pupils; the merged school's, as a whole."""
    known = [row.get("migrant_children_enrolled") for row in school["group"]]
    pupils = compulsory_pupils(school)
    return None not in known and pupils is not None and 2 * sum(known) > pupils
