"""Exception X2: roof, underground and leased ground is planned where the engine counts it, and only there."""

from datetime import date
from fractions import Fraction

import pytest
from plan.compliance.years import as_filed, forecast

from junheng.diagnosis import Verdict, assess_facts
from junheng.plan.compliance import CompliancePlan, Limits, Question, answered, pose
from junheng.plan.compliance.limits import SchoolLimits
from junheng.registry import Facts
from junheng.sample import make_county
from junheng.standards import Switches

pytestmark = pytest.mark.slow

ON, BY = date(2026, 3, 31), 2028
X2 = Switches(relaxations=("X2",))
ITEMS = {"roof_sports_ground", "underground_sports_ground", "leased_sports_area"}


def rows_of() -> tuple[dict, str]:
    """A county with one school in a certified dense area, short of ground, with its papers in order."""
    rows = make_county(seed=5, schools=9, year=2025)
    school = next(
        r for r in rows["schools"] if r["school_type"] == "primary" and r["counts_as_school"]
    )
    code = school["school_code"]
    school |= {"dense_urban_core": True, "urban_rural_code": "111"}
    place = next(r for r in rows["facilities"] if r["school_code"] == code)
    place |= {
        "sports_ground_area_m2": place["sports_ground_area_m2"] // 3, "other_campus_sports_area_m2": 0,
        "leased_sports_area_m2": 0, "leased_contract_no": "租-1", "lease_start": date(2025, 1, 1),
        "lease_end": date(2030, 1, 1), "walking_minutes": 8,
    }  # fmt: skip
    rows["dense_areas"] = [
        {"county_code": school["location_unit"], "area_name": "示例街道", "certified_by": "示例市教育局",
         "certified_on": date(2025, 3, 1), "document": "认定文件.pdf"}
    ]  # fmt: skip
    paper = {
        **dict.fromkeys(rows["evidence"][0]), "indicator": "X2", "scope": code, "title": "认定文件",
        "file_name": "认定.pdf", "sha256": "0" * 64, "review": "pass", "valid_from": date(2025, 1, 1),
        "valid_to": date(2031, 1, 1),
    }  # fmt: skip
    rows["evidence"] = [e for e in rows["evidence"] if e["indicator"] != "X2"] + [paper]
    return rows, code


def asked(rows: dict, code: str, switches: Switches | None, **more: int) -> Question:
    """No land and no gymnasium at this school; what X2 allows as far as `more` says."""
    limit = SchoolLimits(code=code, sports_ground_m2=0, gymnasium_m2=0, **more)
    facts = Facts.from_rows(rows, year=2025)
    return pose(facts, on=ON, by=BY, switches=switches, limits=Limits("限制", "", (limit,)))


def grounds(question: Question, code: str) -> set[str]:
    return {way.item for site, way in question.asked.ways if site.code == code} & ITEMS


def done(plan: CompliancePlan, code: str) -> dict[str, int]:
    return {a.item: a.amount for a in plan.plan.actions if a.school == code and a.item in ITEMS}


@pytest.fixture(scope="module")
def case() -> tuple[dict, str]:
    return rows_of()


def test_with_the_switch_a_school_without_land_meets_its_ground_on_the_roof(
    case: tuple[dict, str],
) -> None:
    rows, code = case
    question = asked(rows, code, X2, leased_sports_m2=0)
    found = answered(question)
    assert found.left == ()
    assert done(found, code).keys() == {"roof_sports_ground"}  # the cheaper of what is not leased
    ahead = assess_facts(found.plan.apply(question.facts).facts, on=ON, switches=X2)
    assert ahead.counties[0].resource is Verdict.PASS
    without = assess_facts(found.plan.apply(question.facts).facts, on=ON)
    assert without.counties[0].resource is not Verdict.PASS


def test_limits_send_it_from_the_roof_underground_and_outside(case: tuple[dict, str]) -> None:
    rows, code = case
    free = done(answered(asked(rows, code, X2)), code)
    assert free.keys() == {"leased_sports_area"}  # a year's lease is the cheapest
    needed = sum(free.values())
    most = {"leased_sports_m2": needed // 10, "roof_sports_m2": needed // 10}
    mixed = done(answered(asked(rows, code, X2, **most)), code)
    assert mixed.keys() == ITEMS
    assert mixed["leased_sports_area"] == mixed["roof_sports_ground"] == needed // 10
    assert mixed["underground_sports_ground"] > needed // 10


def test_a_lease_is_paid_every_year(case: tuple[dict, str]) -> None:
    rows, code = case
    found = answered(asked(rows, code, X2))
    (lease,) = (a for a in found.plan.actions if a.item == "leased_sports_area")
    assert lease.cost_yuan == 0
    assert lease.yearly_cost_yuan == found.prices.amount("leased_sports_area") * lease.amount
    assert lease.cost_by(BY + 1) == Fraction(2) * lease.cost_by(BY)


def changed(rows: dict, table: str, code: str, **values: object) -> dict:
    key = "scope" if table == "evidence" else "school_code"
    held = [
        {**r, **values} if r.get(key) == code and r.get("indicator", "X2") == "X2" else r
        for r in rows[table]
    ]
    return {**rows, table: held}


@pytest.mark.parametrize(
    ("table", "values", "left"),
    [
        ("schools", {"dense_urban_core": False}, set()),
        ("schools", {"urban_rural_code": "210"}, set()),
        ("evidence", {"review": "return"}, set()),
        ("evidence", {"valid_to": date(2025, 6, 1)}, set()),
        ("facilities", {"walking_minutes": 11}, ITEMS - {"leased_sports_area"}),
        ("facilities", {"lease_end": date(2026, 1, 1)}, ITEMS - {"leased_sports_area"}),
        ("facilities", {"leased_contract_no": None}, ITEMS - {"leased_sports_area"}),
        ("facilities", {"other_campus_sports_area_m2": None}, {"leased_sports_area"}),
    ],
)  # fmt: skip
def test_what_the_engine_does_not_count_is_not_planned(
    case: tuple[dict, str], table: str, values: dict, left: set[str]
) -> None:
    rows, code = case
    assert grounds(asked(rows, code, X2), code) == ITEMS
    assert grounds(asked(changed(rows, table, code, **values), code, X2), code) == left


def test_without_the_switch_there_is_no_such_way(case: tuple[dict, str]) -> None:
    rows, code = case
    question = asked(rows, code, None)
    assert grounds(question, code) == set()
    found = answered(question)
    assert {(each.school, each.line) for each in found.left} >= {(code, "L5")}


def test_other_schools_have_no_such_way(case: tuple[dict, str]) -> None:
    rows, code = case
    question = asked(rows, code, X2)
    others = {site.code for site, way in question.asked.ways if way.item in ITEMS} - {code}
    assert others == set()


# --- papers that run out before the planned year, or between its years ------------------------------


def year_lines(plan: CompliancePlan, facts: Facts, year: int) -> dict[str, Verdict]:
    """What the ordinary engine says on the first day of a school year."""
    held = plan.plan.apply(facts, year=year).facts
    (county,) = assess_facts(held, on=date(year, 9, 1), switches=X2).counties
    return {line.code: line.verdict for line in county.lines}


@pytest.mark.parametrize(
    ("table", "values", "left", "said"),
    [
        ("facilities", {"lease_end": date(2028, 2, 28)}, ITEMS - {"leased_sports_area"}, "租赁合同在2028-09-01这一天不在有效期内"),
        ("evidence", {"valid_to": date(2026, 8, 31)}, set(), "已于2026-08-31失效"),
    ],
)  # fmt: skip
def test_ground_whose_papers_run_out_before_the_year_is_not_offered_and_the_school_is_named(
    case: tuple[dict, str], table: str, values: dict, left: set[str], said: str
) -> None:
    rows, code = case
    question = asked(changed(rows, table, code, **values), code, X2)
    assert grounds(question, code) == left
    assert question.required_on == date(2028, 9, 1)
    (told,) = [each for each in question.assumptions if said in each]
    assert code in told


def test_ground_that_is_there_counts_only_while_its_papers_hold(case: tuple[dict, str]) -> None:
    rows, code = case
    lasting = changed(rows, "facilities", code, leased_sports_area_m2=30_000)
    ending = changed(lasting, "facilities", code, lease_end=date(2028, 2, 28))
    for held, met in ((lasting, True), (ending, False)):
        none = {"roof_sports_m2": 0, "underground_sports_m2": 0, "leased_sports_m2": 0}
        question = asked(held, code, X2, **none)
        found = answered(question)
        short = {(each.school, each.line) for each in found.left}
        assert ((code, "L5") not in short) is met
        assert (year_lines(found, question.facts, BY)["L5"] is Verdict.PASS) is met
    assert any(f"{code}）：租赁合同在2028-09-01" in each for each in found.assumptions)


def test_a_plan_with_leases_is_confirmed_on_the_first_day_of_every_year(
    case: tuple[dict, str],
) -> None:
    """The lease ends between the two years: what it gives in the first is on the roof in the second."""
    rows, code = case
    held = changed(rows, "facilities", code, lease_end=date(2029, 2, 28))
    facts = Facts.from_rows(held, year=2025)
    told = forecast(as_filed(facts, BY), as_filed(facts, BY + 1))
    limit = SchoolLimits(code=code, sports_ground_m2=0, gymnasium_m2=0)
    question = pose(
        facts, on=ON, by=BY, switches=X2, limits=Limits("限制", "", (limit,)), forecast=told
    )
    found = answered(question)
    assert found.left == ()
    for year in (BY, BY + 1):
        assert year_lines(found, facts, year)["L5"] is Verdict.PASS
    assert "leased_sports_area" not in {a.item for a in found.plan.actions if a.year > BY}
    assert any("2029学年" in each and code in each for each in question.assumptions)
