"""Yes-or-no cells against the numbers that decide them, codes against types, dates against dates."""

from datetime import date

from junheng.registry.checks.kinds import Outcome, kind
from junheng.registry.checks.returns import Return, Round, School, problem_at
from junheng.registry.checks.rule import Rule
from junheng.registry.checks.small import has_small_classes, is_small
from junheng.registry.checks.wording import amount, column_of, said, summed
from junheng.years import SchoolYear


@kind
def implies(rule: Rule, subject: Return, _: Round) -> Outcome:
    """Where the first flag is yes the second must be yes."""
    first, second = rule.columns
    if subject.values.get(first) is True and subject.values.get(second) is False:
        yield subject.problem(rule.at, f"{said(subject, first)}，而{said(subject, second)}")


@kind
def flag_contradicts_year(rule: Rule, subject: Return, _: Round) -> Outcome:
    """A flag says “built by that year” of a school founded after it."""
    year, flag = (subject.values.get(each) for each in rule.columns)
    if flag is True and year is not None and year > rule.numbers["year"]:
        yield subject.problem(rule.at, "，而".join(said(subject, each) for each in rule.columns))


@kind
def not_after_the_year(rule: Rule, subject: Return, round_: Round) -> Outcome:
    """A year is at most that of the filing."""
    year = subject.values.get(rule.left[0])
    if year is not None and round_.year is not None and year > round_.year:
        found = f"{said(subject, rule.left[0])}，晚于填报年度 {round_.year} 年"
        yield subject.problem(rule.place, found)


@kind
def small_school_flag(rule: Rule, subject: School, _: Round) -> Outcome:
    """8: rural (2xx) and within the bounds of X1, computed and compared."""
    filed, pupils = subject.values.get(rule.at), subject.compulsory_pupils
    if filed is None or pupils is None or not subject.settlement:
        return
    if filed is not is_small(rule, subject.settlement, int(pupils)):
        yield subject.problem(
            rule.at,
            f"{said(subject, rule.at)}，而{said(subject, 'urban_rural_code')}，义务教育学生 {pupils} 人",
        )


@kind
def small_class_flag(rule: Rule, subject: School, _: Round) -> Outcome:
    """9: rural and largest class under the limit of X4. A larger rural school may answer either."""
    filed, pupils = subject.values.get(rule.at), subject.compulsory_pupils
    sizes = [each for each in rule.columns if each not in subject.nothing]
    known = [subject.values[each] for each in sizes if each in subject.values]
    if (
        filed is None
        or not pupils
        or not subject.settlement
        or not sizes
        or len(known) < len(sizes)
    ):
        return
    computed = has_small_classes(rule, subject.settlement, max(known))
    open_reading = computed and not filed and pupils >= rule.numbers["small_below"]
    if filed is not computed and not open_reading:
        yield subject.problem(
            rule.at,
            f"{said(subject, rule.at)}，而{said(subject, 'urban_rural_code')}，最大班额 {max(known)} 人",
        )


@kind
def flag_in_settlement(rule: Rule, subject: School, _: Round) -> Outcome:
    """The flag may be yes only where the 城乡分类 begins as the rule says."""
    if subject.values.get(rule.at) is not True or not subject.settlement:
        return
    if not subject.settlement.startswith(rule.words["settlement"]):
        found = f"{said(subject, rule.at)}，而{said(subject, 'urban_rural_code')}"
        yield subject.problem(rule.at, found)


@kind
def dense_area_certified(rule: Rule, subject: School, round_: Round) -> Outcome:
    """The county of a school in a dense core lists at least one certified area."""
    if subject.values.get(rule.at) is not True or subject.county is None:
        return
    if subject.county not in round_.rows["dense_areas"]:
        found = f"{said(subject, rule.at)}，而“密集中心城区”表中没有 {subject.county} 的认定范围"
        yield subject.problem(rule.at, found)


@kind
def dense_area_of_a_filed_county(rule: Rule, _: Round, round_: Round) -> Outcome:
    """A certified area lies in one of the counties that filed."""
    for code, rows in round_.rows["dense_areas"].items() if round_.counties else ():
        if code not in round_.counties:
            yield problem_at(rows[0], rule.at, f"区县代码 {code} 没有区县填报表")


@kind
def lease_covers_count_day(rule: Rule, subject: School, round_: Round) -> Outcome:
    """The lease runs on 1 September of the school year."""
    start, end = (subject.values.get(each) for each in rule.columns)
    if not isinstance(start, date) or not isinstance(end, date) or round_.year is None:
        return
    day = _count_day(round_.year)
    if day is not None and not start <= day <= end:
        found = "，".join(said(subject, each) for each in rule.columns)
        yield subject.problem(rule.at, found, numbers={"day": day.isoformat()})


def _count_day(year: int) -> date | None:
    return SchoolYear(year).first_day if date.min.year <= year <= date.max.year else None


@kind
def code_agrees_with_type(rule: Rule, subject: School, _: Round) -> Outcome:
    """The first two digits of the code belong to the school's type."""
    if subject.type is None:
        return
    expected = rule.words.get(subject.type)
    if expected is not None and not subject.code.startswith(expected):
        type_ = amount(column_of("school_type"), subject.type)
        found = f"学校代码 {subject.code} 以 {subject.code[:2]} 开头，而“学校类型”为{type_}"
        yield subject.problem(rule.at, found, numbers={"expected": "、".join(expected)})


@kind
def code_names_province(rule: Rule, subject: School, _: Round) -> Outcome:
    """Digits three and four name the province."""
    if not subject.code[2:].startswith(rule.words["province"]):
        found = f"学校代码 {subject.code} 第3、4位是 {subject.code[2:4]}"
        expected = "、".join(rule.words["province"])
        yield subject.problem(rule.at, found, numbers={"expected": expected})


@kind
def type_has_pupils(rule: Rule, subject: School, _: Round) -> Outcome:
    """A school of these types has pupils in the stage that makes it one."""
    if subject.type not in rule.words["types"]:
        return
    type_ = amount(column_of("school_type"), subject.type)
    for column in rule.columns:
        if subject.values.get(column) == 0:
            yield subject.problem(column, f"“学校类型”为{type_}，而{said(subject, column)}")


@kind
def type_without_pupils(rule: Rule, subject: School, _: Round) -> Outcome:
    """Schools of these types may not have pupils of that kind."""
    value = subject.values.get(rule.at)
    if subject.type in rule.words["types"] and value:
        type_ = amount(column_of("school_type"), subject.type)
        yield subject.problem(rule.at, f"“学校类型”为{type_}，而{said(subject, rule.at)}")


@kind
def no_boarding_no_boarders(rule: Rule, subject: School, _: Round) -> Outcome:
    """Boarders in a school that says it does not board."""
    flag, boarders = (subject.values.get(each) for each in rule.columns)
    if flag is False and boarders:
        found = f"{said(subject, rule.columns[0])}，而{summed(subject, rule.columns[1:], boarders)}"
        yield subject.problem(rule.at, found)
