"""Class sizes: do the bins, the largest class and the enrolment fit together? (K9)"""

from junheng.registry.checks.kinds import Outcome, kind
from junheng.registry.checks.returns import Number, Return, Round
from junheng.registry.checks.rule import Bin, Rule
from junheng.registry.checks.wording import digits, said, summed


def counted(rule: Rule, subject: Return) -> list[tuple[Bin, int]] | None:
    """The bins with their counts; None where one is unknown or the stage is not there."""
    counts = [(each, subject.values.get(each.column)) for each in rule.bins]
    known = [(each, count) for each, count in counts if count is not None]
    return known if len(known) == len(counts) else None


@kind
def bins_contain(rule: Rule, subject: Return, _: Round) -> Outcome:
    """Σ bin minimum ≤ pupils ≤ Σ bin maximum; the top bin is open."""
    bins, pupils = counted(rule, subject), subject.total(rule.right)
    if bins is None or pupils is None:
        return
    least: Number = sum(each.low * count for each, count in bins)
    is_open = any(each.high is None and count > 0 for each, count in bins)
    most: Number = sum(each.high * count for each, count in bins if each.high is not None)
    if pupils < least or (pupils > most and not is_open):
        bounds = f"至少 {digits(least)} 人" + ("" if is_open else f"、至多 {digits(most)} 人")
        found = f"{summed(subject, rule.right, pupils)}，而按各班额段的班级数推算{bounds}"
        yield subject.problem(rule.at, found)


@kind
def largest_class_in_top_bin(rule: Rule, subject: Return, _: Round) -> Outcome:
    """The largest class lies in the highest bin that holds a class; no class, no size."""
    bins, largest = counted(rule, subject), subject.values.get(rule.at)
    if bins is None or largest is None:
        return
    top = next((each for each, count in reversed(bins) if count > 0), None)
    if top is None:
        if largest > 0:
            yield subject.problem(rule.at, f"{said(subject, rule.at)}，而各班额段都没有班级")
    elif largest < top.low or (top.high is not None and largest > top.high):
        upper = "" if top.high is None else f"、至多 {digits(top.high)} 人"
        reason = f"而有班级的最高班额段是至少 {digits(top.low)} 人{upper}"
        yield subject.problem(rule.at, f"{said(subject, rule.at)}，{reason}")


@kind
def largest_class_holds_the_mean(rule: Rule, subject: Return, _: Round) -> Outcome:
    """Largest class × classes ≥ pupils: no class can be below the mean of all."""
    largest, classes = (subject.values.get(each) for each in rule.columns)
    pupils = subject.total(rule.right)
    if largest is None or classes is None or pupils is None or largest * classes >= pupils:
        return
    each = "，".join(said(subject, column) for column in rule.columns)
    found = f"{each}，相乘为 {largest * classes}，不足学生数 {digits(pupils)} 人"
    yield subject.problem(rule.at, found)
