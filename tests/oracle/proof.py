"""Evidence, official results and signed statements (standards.md §7, filing.md §5); junheng is not imported."""

from fractions import Fraction

from oracle.verdicts import FAIL, PASS, UNKNOWN, at_least, below, clause

OF_THE_COUNTY = {  # clause → indicator under which its evidence is filed
    "GV1": "GV1", "GV2": "GV2", "GV8-APPROVAL": "GV8", "GV10": "GV10",
    "GV14-TILT": "GV14", "GV15-CARE": "GV15",
}  # fmt: skip
OF_EVERY_SCHOOL = ("QL3", "QL5", "QL6", "QL7", "QL8")
VETOES = ("VT1", "VT2", "VT3", "VT4", "VT5", "VT6", "VT7")


def proof_clauses(code, county, rows, on):
    """Clause code → what it says of one county."""
    found = {}
    for name, indicator in OF_THE_COUNTY.items():
        proven = evidence_counts(rows, indicator, code, on)
        found[name] = clause([], verdict=PASS if proven else UNKNOWN)
    asked = {*county["schools"], *county["absent"], *county["special"]}
    for name in OF_EVERY_SCHOOL:
        schools = {}
        for school in asked:
            proven = evidence_counts(rows, name, school, on)
            schools[school] = {"verdict": PASS if proven else UNKNOWN, "figures": []}
        found[name] = clause([], schools)
    found |= official_results(code, rows, on)
    found |= {item: statement(code, item, rows, on) for item in VETOES}
    return found


def evidence_counts(rows, indicator, scope, on):
    """Whether one record was reviewed and passed, has a hash, and is valid on the day."""
    for row in rows.get("evidence", []):
        about = row["indicator"] == indicator and row["scope"] == scope
        sound = row["review"] == "pass" and bool(row["sha256"])
        begun = row["valid_from"] is not None and row["valid_from"] <= on
        if about and sound and begun and (row["valid_to"] is None or on <= row["valid_to"]):
            return True
    return False


def official_results(code, rows, on):
    """QL9: every subject, level ≥ III, difference < 0.15; SR1: the total, ≥ 85 %."""
    known = [
        row
        for row in rows.get("official_results", [])
        if row["county_code"] == code and (row["published_on"] is None or row["published_on"] <= on)
    ]
    levels, differences, rates = [], [], []
    for row in known:
        if row["indicator"] == "QL9":
            level, difference = exact(row["level"]), exact(row["difference"])
            levels.append(("", level, at_least(level, 3)))
            differences.append(("", difference, below(difference, Fraction("0.15"))))
        if row["indicator"] == "SR1" and row["item"] == "合计":
            rate = recognition(row)
            rates.append(("", rate, at_least(rate, 85)))
    return {
        "QL9-LEVEL": clause(levels), "QL9-DIFFERENCE": clause(differences), "SR1": clause(rates)
    }  # fmt: skip


def exact(value):
    return None if value is None else Fraction(value)


def recognition(row):
    if row["satisfied"] is not None and row["sampled"]:
        return Fraction(100 * row["satisfied"], row["sampled"])
    return exact(row["rate_percent"])


def statement(code, item, rows, on):
    """A veto: declared to have happened fails; not signed by the day leaves it open."""
    for row in rows.get("statements", []):
        if row["county_code"] == code and row["item"] == item:
            if row["occurred"]:
                return clause([], verdict=FAIL)
            signed = bool(row["signed_by"]) and row["signed_on"] is not None
            if row["occurred"] is False and signed and row["signed_on"] <= on:
                return clause([], verdict=PASS)
    return clause([], verdict=UNKNOWN)
