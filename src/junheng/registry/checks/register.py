"""Which schools are there: register against returns, places, main schools (K3, K11)."""

from junheng.registry.checks.kinds import Outcome, kind, kind_of_filing
from junheng.registry.checks.returns import UPPER_TYPES, Round, School, problem_at
from junheng.registry.checks.rule import Rule
from junheng.registry.checks.wording import after, amount, column_of, said


@kind_of_filing
def register_present(round_: Round) -> Outcome:
    """A filing with schools holds the register."""
    if round_.register or round_.unreadable("register") or not round_.schools:
        return
    if "register" in round_.unread:
        return
    first = next(iter(round_.schools.values()))
    yield first.problem("school_code", "“学校名册”是空的")


@kind_of_filing
def listed_school_filed(round_: Round) -> Outcome:
    """Each school of the register has a return."""
    for each in round_.missing if "schools" not in round_.unread else ():
        yield problem_at(
            each, "school_code", f"“{_name(round_, each.key[0])}”（{each.key[0]}）没有填报"
        )


@kind_of_filing
def upper_school_listed(round_: Round) -> Outcome:
    """Senior and vocational schools of the register need a return only with attached classes."""
    for each in round_.register:
        if each.value("school_type") in UPPER_TYPES and each.key[0] not in round_.schools:
            type_ = amount(column_of("school_type"), each.value("school_type"))
            found = f"“{_name(round_, each.key[0])}”（{each.key[0]}）类型为{type_}，没有填报"
            yield problem_at(each, "school_code", found)


def _name(round_: Round, code: str) -> str:
    listed = round_.listed.get(code)
    return str((listed and listed.value("school_name")) or code)


@kind_of_filing
def filed_school_listed(round_: Round) -> Outcome:
    """Each return is of a school on the register."""
    unlisted = [s for code, s in round_.schools.items() if code not in round_.listed]
    if not round_.register or len(unlisted) <= round_.unreadable("register"):
        return
    for school in unlisted:
        yield school.problem("school_code", f"“{school.name}”（{school.code}）不在学校名册上")


@kind
def same_as_register(rule: Rule, school: School, round_: Round) -> Outcome:
    """A column of the return says what the register says."""
    listed = round_.listed.get(school.code)
    here, there = school.values.get(rule.at), listed and listed.value(rule.at)
    if here is not None and there is not None and here != there:
        found = f"{said(school, rule.at)}，而{after('学校名册上为', column_of(rule.at), there)}"
        yield school.problem(rule.at, found)


@kind
def same_place_as_register(rule: Rule, school: School, round_: Round) -> Outcome:
    """As `same_as_register`, for the county; one that filed nothing is told by its own rule."""
    if not round_.counties or school.county in round_.counties:
        yield from same_as_register(rule, school, round_)


@kind
def lies_in_a_filed_county(rule: Rule, school: School, round_: Round) -> Outcome:
    """The school's county is among those that filed."""
    if school.county is None or not _known_counties(round_):
        return
    if school.county not in round_.counties:
        codes = "、".join(round_.counties)
        yield school.problem(rule.at, said(school, rule.at), numbers={"counties": codes})


@kind_of_filing
def listed_in_a_filed_county(round_: Round) -> Outcome:
    """A school of the register that filed nothing lies in one of the counties that filed."""
    for each in round_.missing if _known_counties(round_) else ():
        place = each.value("location_unit")
        if place is not None and place not in round_.counties:
            found = f"“{_name(round_, each.key[0])}”（{each.key[0]}）的所在区县代码为“{place}”"
            yield problem_at(each, "location_unit", found)


def _known_counties(round_: Round) -> bool:
    """Every county form given has a code that can be read."""
    return bool(round_.counties) and not round_.unreadable("county")


def _parent(school: School) -> str | None:
    return school.values.get("parent_school_code")


@kind
def parent_is_another(rule: Rule, school: School, _: Round) -> Outcome:
    if _parent(school) == school.code:
        yield school.problem(rule.at, f"主校代码 {school.code} 就是该校自己的代码")


@kind
def parent_filed(rule: Rule, school: School, round_: Round) -> Outcome:
    code = _parent(school)
    if code is not None and code not in round_.schools and code not in _stray_codes(round_):
        yield school.problem(rule.at, f"主校代码 {code} 没有填报")


def _stray_codes(round_: Round) -> set[str]:
    """Filed, though not in 学校基本情况: named elsewhere."""
    return {each.key[0] for each in round_.strays}


@kind
def parent_counts(rule: Rule, school: School, round_: Round) -> Outcome:
    parent = round_.schools.get(_parent(school) or "")
    if parent is None or parent.code == school.code:
        return
    if parent.values.get("counts_as_school") is False:
        found = f"主校代码指向“{parent.name}”（{parent.code}），而该单位本身也不计校数"
        yield school.problem(rule.at, found)


@kind
def parent_in_same_county(rule: Rule, school: School, round_: Round) -> Outcome:
    parent = round_.schools.get(_parent(school) or "")
    if parent is None or parent.county is None or school.county is None:
        return
    if parent.county != school.county:
        found = f"该校在 {school.county}，主校“{parent.name}”（{parent.code}）在 {parent.county}"
        yield school.problem(rule.at, found)
