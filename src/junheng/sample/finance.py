"""经费: public funds and training funds of the fiscal year before, compulsory part only."""

from typing import Any

from junheng.sample.cohorts import SchoolClass
from junheng.sample.draws import stream, yuan
from junheng.sample.register import Site

STANDARD = {"primary": 720, "junior": 940}
"""The invented county's own standard of public funds a pupil; filed in the county form."""
SPECIAL_PER_PUPIL = 8200
LEAST_PUPILS = 100
"""A smaller school is funded as if it had so many."""


def finance(seed: int, site: Site, classes: list[SchoolClass]) -> dict[str, Any]:
    """Columns of the table `finance`, in yuan; private schools file the training funds only."""
    chance = stream(seed, site.key, "finance")
    budget = _budget(site, classes) * (1.01 + 0.2 * chance.random())
    final = budget * (0.94 + 0.09 * chance.random())
    training = budget * (0.051 + 0.02 * chance.random())
    public = site.ownership == "public"
    return {
        "public_funds_budget_prev_yuan": yuan(budget + 100) if public else None,
        "public_funds_final_prev_yuan": yuan(final) if public else None,
        "training_funds_budget_prev_yuan": yuan(training),
    }


def _budget(site: Site, classes: list[SchoolClass]) -> float:
    pupils = {s: sum(c.pupils for c in classes if c.stage == s) for s in STANDARD}
    total = sum(pupils.values())
    if site.school_type == "special":
        return SPECIAL_PER_PUPIL * max(total, 1)
    if total == 0:
        return STANDARD["primary"] * LEAST_PUPILS
    raised = max(total, LEAST_PUPILS) / total
    return raised * sum(STANDARD[s] * n for s, n in pupils.items())
