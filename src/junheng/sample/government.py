"""区县填报表: the county's own return, in step with the sums over its schools."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from junheng.sample.draws import DEMONSTRATION, stream, yuan
from junheng.sample.finance import STANDARD
from junheng.sample.treasury import Treasury

STAGES = ("primary", "junior")


def county_row(
    seed: int,
    schools: Sequence[dict[str, Any]],
    *,
    code: str,
    name: str,
    year: int,
    treasury: Treasury,
) -> dict[str, Any]:
    """The one row of the table `county`; `schools` are the wide records."""
    chance = stream(seed, "county")
    character = treasury.character
    behind = treasury.last - year if character.lapsed("rotation") else 0
    return {
        "county_name": name,
        "county_code": code,
        "filing_year": year,
        **_money(schools, treasury, year),
        **_rotation(
            schools,
            chance.random(),
            year,
            0.11 * character.rate("rotated") - 0.006 * behind,
            behind,
        ),
        **_senior_places(schools, chance.random(), character.rate("quota")),
        **_migrants(schools, chance.random(), character.rate("migrant_places")),
        **_disabled(schools, chance.randint(0, 3), strict=not character.lapsed("disabled")),
        "key_teacher_rule": f"{DEMONSTRATION}：县级及以上教育行政部门骨干教师认定文件",
        "key_teacher_rule_document": f"{DEMONSTRATION}骨干教师认定文件.pdf",
        "left_behind_children": int(_pupils(schools) * 0.012),
    }


def _total(schools: Sequence[dict[str, Any]], *columns: str) -> int:
    return sum(int(s.get(c) or 0) for s in schools for c in columns)


def _pupils(schools: Sequence[dict[str, Any]]) -> int:
    return _total(schools, *(f"enrolment_grade_{g}" for g in range(1, 10)))


def _money(schools: Sequence[dict[str, Any]], treasury: Treasury, year: int) -> dict[str, Any]:
    special = [s for s in schools if s["school_type"] == "special"]
    civil = treasury.civil_pay(year - 1)
    ahead = treasury.teachers_over_civil(year - 1)
    return {
        "fund_standard_primary_yuan": yuan(STANDARD["primary"], step=1),
        "fund_standard_junior_yuan": yuan(STANDARD["junior"], step=1),
        "special_ed_funds_total_yuan": sum(s["public_funds_budget_prev_yuan"] for s in special)
        if special
        else None,
        "special_ed_pupils": _pupils(special) if special else None,
        "teacher_mean_pay_prev_yuan": yuan(civil * ahead + 100),
        "civil_servant_mean_pay_prev_yuan": yuan(civil),
        "general_budget_edu_prev_yuan": yuan(treasury.spent(year - 1)),
        "general_budget_edu_prev2_yuan": yuan(treasury.spent(year - 2)),
        "enrolled_pupils_prev": treasury.pupils(year - 1),
        "enrolled_pupils_prev2": treasury.pupils(year - 2),
    }


def _rotation(
    schools: Sequence[dict[str, Any]], luck: float, year: int, share: float, behind: int
) -> dict[str, Any]:
    """More teachers rotate every year: `behind` years before the last, less than the rule asks."""
    teachers = _total(schools, *(f"full_time_teachers_{s}" for s in STAGES))
    eligible = int(teachers * (0.3 + 0.1 * luck))
    rotated = int(eligible * share) + 1
    key = min(
        int(rotated * (0.21 - 0.004 * behind)) + 1,
        _total(schools, *(f"key_teachers_county_plus_{s}" for s in STAGES)),
    )
    return {
        "rotation_eligible": eligible,
        "rotated": min(rotated, eligible),
        "rotated_key": min(key, rotated, eligible),
        "rotation_rule": f"{DEMONSTRATION}：同一学校任教满6年",
        "rotation_rule_date": date(min(2016, year), 9, 1),
    }


def _senior_places(schools: Sequence[dict[str, Any]], luck: float, rate: float) -> dict[str, Any]:
    graduates = _total(schools, "graduates_junior")
    plan = int(graduates * (0.35 + 0.05 * luck))
    quota = int(plan * 0.6 * rate) + (1 if plan else 0)
    return {
        "quality_senior_plan": plan,
        "quality_senior_quota": min(plan, quota),
        "quality_senior_quota_rural": int(quota * 0.45),
    }


def _migrants(schools: Sequence[dict[str, Any]], luck: float, rate: float) -> dict[str, Any]:
    by_owner = {
        owner: sum(s["migrant_children_enrolled"] for s in schools if s["ownership"] == owner)
        for owner in ("public", "private")
    }
    in_public = int(by_owner["public"] * 0.97 * rate)
    bought = int(by_owner["private"] * 0.6)
    return {
        "migrant_eligible": int((in_public / rate + bought) * (1.02 + 0.06 * luck)) + 1,
        "migrant_in_public": in_public,
        "migrant_in_bought_private": bought,
    }


def _disabled(schools: Sequence[dict[str, Any]], outside: int, *, strict: bool) -> dict[str, Any]:
    special = _pupils([s for s in schools if s["school_type"] == "special"])
    inclusion, home = int(_pupils(schools) * 0.0015), int(_pupils(schools) * 0.0002)
    enrolled = special + inclusion + home
    if strict:
        outside = min(outside, enrolled // 25)
    return {
        "disabled_school_age": enrolled + outside,
        "disabled_enrolled": enrolled,
        "disabled_special": special,
        "disabled_inclusion": inclusion,
        "disabled_home": home,
    }
