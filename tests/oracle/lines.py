"""All 32 lines and 7 vetoes of the second engine: clauses, lines, areas, the county (standards.md §§6–7).

junheng is not imported.
"""

from oracle.county_figures import county_clauses
from oracle.exceptions import grants
from oracle.judging import INDICATORS
from oracle.proof import proof_clauses
from oracle.school_clauses import school_clauses
from oracle.verdicts import FAIL, PASS, UNKNOWN, clause, worst

AREAS = {
    "resource": ("L1", "L2", "L3", "L4", "L5", "L6", "L7"),
    "guarantee": tuple(f"GV{n}" for n in range(1, 16)),
    "quality": tuple(f"QL{n}" for n in range(1, 10)),
    "social": ("SR1",),
    "veto": tuple(f"VT{n}" for n in range(1, 8)),
}


def judge_lines(code, county, resource, rows, *, on, relaxations, readings, variant):
    """{"clauses", "lines", "areas", "whole"} of one county; `resource` is its verdict on L1–L7."""
    clauses = county_clauses(county, readings)
    clauses |= school_clauses(county, readings, grants(county, rows, on, relaxations))
    clauses |= proof_clauses(code, county, rows, on)
    for indicator in INDICATORS:
        clauses[indicator] = limit_of(indicator, resource)
        clauses[f"CV {indicator}"] = spread_of(indicator, resource, variant)
    lines = {
        line: worst(c["verdict"] for name, c in clauses.items() if line_of(name) == line)
        for line in (each for area in AREAS.values() for each in area)
    }
    areas = {area: worst(lines[line] for line in each) for area, each in AREAS.items()}
    whole = worst(areas.values())
    return {"clauses": clauses, "lines": lines, "areas": areas, "whole": whole}


def line_of(name):
    """GV2-FUNDS belongs to GV2, CV L3 to L3."""
    return name.removeprefix("CV ").partition("-")[0]


def limit_of(indicator, resource):
    """A part under the limit counts against the line only where the school rule does not forgive it."""
    schools = {}
    for (school, stage), part in resource["parts"].items():
        verdict, value = part["verdicts"][indicator], part["values"][indicator]
        if verdict == FAIL and part["verdict"] != FAIL:
            verdict = part["verdict"]
        figures = [(stage, value, part["verdicts"][indicator])]
        schools[school, stage] = {"verdict": verdict, "figures": figures}
    for school, _ in resource["missing"]:
        schools[school, ""] = {"verdict": UNKNOWN, "figures": []}
    return clause([], schools)


def spread_of(indicator, resource, variant):
    stages = [s for (s, code, v) in resource["cvs"] if code == indicator and v == variant]
    return clause(
        [], verdict=worst(resource["cvs"][s, indicator, variant]["verdict"] for s in stages)
    )


__all__ = ["AREAS", "PASS", "judge_lines"]
