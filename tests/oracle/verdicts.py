"""The four verdicts of the second engine, and one value against one limit; junheng is not imported."""

PASS, FAIL, UNKNOWN, NOTHING = "达标", "未达标", "缺数据", "不适用"


def worst(verdicts):
    """One failure fails; else one unknown leaves it open; nothing to judge at all is unknown."""
    verdicts = list(verdicts)
    for each in (FAIL, UNKNOWN, PASS, NOTHING):
        if each in verdicts:
            return each
    return UNKNOWN


def at_least(value, limit):
    return judged(value, value is not None and value >= limit)


def at_most(value, limit):
    return judged(value, value is not None and value <= limit)


def below(value, limit):
    return judged(value, value is not None and value < limit)


def judged(value, holds):
    if value is None:
        return UNKNOWN
    return PASS if holds else FAIL


def quotient(above, under):
    """(value, whether there is a base): an empty base gives no value and is 不适用, never 0 or 100 %."""
    if under is not None and under <= 0:
        return None, False
    if above is None or under is None:
        return None, True
    return above / under, True


def clause(figures, schools=None, verdict=None):
    """What one clause says: figures (stage, value, verdict) of the county, verdict by school."""
    schools = schools or {}
    found = verdict or worst([v for _, _, v in figures] + [s["verdict"] for s in schools.values()])
    return {"verdict": found, "figures": ordered(figures), "schools": schools}


def ordered(figures):
    return sorted(figures, key=lambda each: (each[0], each[1] is None, each[1] or 0, each[2]))
