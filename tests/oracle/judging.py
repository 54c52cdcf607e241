"""Parts and counties of the second engine: values, lines, 差异系数 (standards.md §§2–4).

Every number was typed in again from the tables of standards.md; junheng is not imported.
"""

from fractions import Fraction
from math import ceil

from oracle.schools import add

INDICATORS = ("L1", "L2", "L3", "L4", "L5", "L6", "L7")
STAGES = ("primary", "junior")
LIMIT = {  # standards.md §2
    ("L1", "primary"): Fraction("4.2"), ("L1", "junior"): Fraction("5.3"),
    ("L2", "primary"): Fraction("1.0"), ("L2", "junior"): Fraction("1.0"),
    ("L3", "primary"): Fraction("0.9"), ("L3", "junior"): Fraction("0.9"),
    ("L4", "primary"): Fraction("4.5"), ("L4", "junior"): Fraction("5.8"),
    ("L5", "primary"): Fraction("7.5"), ("L5", "junior"): Fraction("10.2"),
    ("L6", "primary"): Fraction("2000"), ("L6", "junior"): Fraction("2500"),
    ("L7", "primary"): Fraction("2.3"), ("L7", "junior"): Fraction("2.4"),
}  # fmt: skip
FLOOR = {  # standards.md §2, the columns “85 % floor”
    ("L1", "primary"): Fraction("3.57"), ("L1", "junior"): Fraction("4.505"),
    ("L2", "primary"): Fraction("0.85"), ("L2", "junior"): Fraction("0.85"),
    ("L3", "primary"): Fraction("0.765"), ("L3", "junior"): Fraction("0.765"),
    ("L4", "primary"): Fraction("3.825"), ("L4", "junior"): Fraction("4.93"),
    ("L5", "primary"): Fraction("6.375"), ("L5", "junior"): Fraction("8.67"),
    ("L6", "primary"): Fraction("1700"), ("L6", "junior"): Fraction("2125"),
    ("L7", "primary"): Fraction("1.955"), ("L7", "junior"): Fraction("2.04"),
}  # fmt: skip
CV_LIMIT = {"primary": Fraction("0.50"), "junior": Fraction("0.45")}
WEIGHT = {"primary": Fraction(1), "junior": Fraction("1.1"), "senior": Fraction("1.32")}
STEP = {  # the unit in which a gap is told: a teacher, a room, 0.01 m², a yuan
    "L1": Fraction(1), "L2": Fraction(1), "L3": Fraction(1),
    "L4": Fraction("0.01"), "L5": Fraction("0.01"), "L6": Fraction(1), "L7": Fraction(1),
}  # fmt: skip
PER = {"L1": 100, "L2": 100, "L3": 100, "L4": 1, "L5": 1, "L6": 1, "L7": 100}
SHARED = ("L4", "L5", "L6", "L7")

PASS, FAIL, UNKNOWN = "达标", "未达标", "缺数据"
VARIANTS = ("weighted", "unweighted_pop", "unweighted_sample", "pooled_unweighted")


def judge_part(school, stage):
    """One stage part: values, verdicts, what is met, and how far the rest is from its line."""
    pupils = school["pupils"][stage]
    weighted = {s: WEIGHT[s] * school["pupils"][s] for s in school["stages"]}
    share = weighted[stage] / sum(weighted.values())
    whole = {
        "L1": school["above", stage],
        "L2": school["key", stage],
        "L3": school["pe_arts", stage],
        "L4": minus(school["teaching_area"], school["indoor_sports"]),
        "L5": add([school["gymnasium"], school["sports_ground"]]),
        "L6": school["equipment"],
        "L7": school["multimedia"],
    }
    values, verdicts, to_limit, to_floor = {}, {}, {}, {}
    for code in INDICATORS:
        part_of_it = share if code in SHARED else Fraction(1)
        limit, floor = LIMIT[code, stage], FLOOR[code, stage]
        if whole[code] is None:
            values[code], verdicts[code], to_limit[code], to_floor[code] = None, UNKNOWN, None, None
            continue
        values[code] = whole[code] * part_of_it * PER[code] / pupils
        verdicts[code] = PASS if values[code] >= limit else FAIL
        to_limit[code] = lacking(code, whole[code], limit * pupils / PER[code] / part_of_it)
        to_floor[code] = lacking(code, whole[code], floor * pupils / PER[code] / part_of_it)
    met = sum(verdict == PASS for verdict in verdicts.values())
    failed = sum(verdict == FAIL for verdict in verdicts.values())
    below = any(values[c] is not None and values[c] < FLOOR[c, stage] for c in INDICATORS)
    if failed >= 2 or below:
        verdict = FAIL
    elif UNKNOWN in verdicts.values():
        verdict = UNKNOWN
    else:
        verdict = PASS
    return {
        "pupils": pupils,
        "values": values,
        "verdicts": verdicts,
        "met": met,
        "verdict": verdict,
        "gap_to_limit": to_limit,
        "gap_to_floor": to_floor,
    }


def minus(a, b):
    return None if a is None or b is None else a - b


def lacking(code, have, need):
    """How much more the whole school must have, in whole steps, rounded up; 0 where it has enough."""
    if have >= need:
        return Fraction(0)
    return ceil((need - have) / STEP[code]) * STEP[code]


def judge_county(parts, left_out, missing, variant):
    cvs = {}
    for stage in STAGES:
        here = {code: part for (code, s), part in sorted(parts.items()) if s == stage}
        absent = any(stage in stages for _, stages in missing)
        if not here and not absent:
            continue
        for indicator in INDICATORS:
            for each in VARIANTS:
                cvs[stage, indicator, each] = judge_cv(here, stage, indicator, each, absent)
    verdicts = [part["verdict"] for part in parts.values()]
    verdicts += [cv["verdict"] for (_, _, used), cv in cvs.items() if used == variant]
    if FAIL in verdicts:
        verdict = FAIL
    elif UNKNOWN in verdicts or missing or not parts:
        verdict = UNKNOWN
    else:
        verdict = PASS
    return {
        "verdict": verdict,
        "parts": parts,
        "cvs": cvs,
        "left_out": left_out,
        "missing": missing,
    }


def judge_cv(parts, stage, indicator, variant, absent):
    """CV² and shares over the parts that have a value; a verdict only where none is missing."""
    values = {code: part["values"][indicator] for code, part in parts.items()}
    known = [(c, parts[c]["pupils"], x) for c, x in values.items() if x is not None]
    squared, shares = cv_squared(known, variant)
    if absent or None in values.values() or squared is None:
        verdict = UNKNOWN
    else:
        verdict = PASS if squared <= CV_LIMIT[stage] ** 2 else FAIL
    return {"cv_squared": squared, "verdict": verdict, "shares": shares}


def cv_squared(known, variant):
    """standards.md §4: CV² = S² / X̄², and the share of each part in S²; undefined where X̄ = 0."""
    n = len(known)
    everyone = sum(pupils for _, pupils, _ in known)
    if n == 0:
        return None, None
    if variant in ("weighted", "pooled_unweighted"):
        mean = sum(pupils * value for _, pupils, value in known) / everyone
    else:
        mean = sum(value for _, _, value in known) / n
    weight = {code: Fraction(1, n) for code, _, _ in known}
    if variant == "weighted":
        weight = {code: Fraction(pupils, everyone) for code, pupils, _ in known}
    if variant == "unweighted_sample":
        weight = {code: Fraction(1, max(n - 1, 1)) for code, _, _ in known}
    squares = {code: weight[code] * (value - mean) ** 2 for code, _, value in known}
    variance = sum(squares.values())
    if mean == 0:
        return None, None
    shares = {code: square / variance if variance else 0 for code, square in squares.items()}
    return variance / mean**2, shares
