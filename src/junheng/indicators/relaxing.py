"""X1 and X2: what may be counted in addition, where a study switches them on (standards.md §5).

A relaxation is granted to a school only where its flag, its condition, a reviewed and valid record
of evidence and the dates all hold (filing.md §7.7); otherwise the reason is kept and shown.
Indicators do not know that relaxations exist.
"""

from datetime import date
from typing import Any

from junheng.freezing import frozen
from junheng.indicators.stages import School
from junheng.registry import Facts
from junheng.registry.records import Records
from junheng.schema import Stage
from junheng.standards import Relaxation, Standard

VISITING = {"teachers_pe": "visiting_pe_teachers", "teachers_music": "visiting_music_teachers",
            "teachers_fine_arts": "visiting_fine_arts_teachers", "teachers_arts": "visiting_arts_teachers"}  # fmt: skip
LEASED = "leased_sports_area_m2"
OTHER = "other_campus_sports_area_m2"


@frozen
class RelaxationUse:
    """One school that claims a relaxation that is switched on: granted or not, and why."""

    code: str
    county: str
    school: str
    name: str
    granted: bool
    reason: str
    wanting: str = ""
    """The papers to file, where nothing but a record of them that counts is lacking."""


def claim(
    relaxation: Relaxation,
    county: str,
    school: tuple[str, str],
    fault: str | None,
    records: Records,
    terms: str,
) -> RelaxationUse:
    """What becomes of the claim of one school (code, name).

    `fault` says why its condition does not hold, None where it does; only then its proof is asked
    for. `terms` say what is granted.
    """
    code, name = school
    lacking = None
    if fault is None:
        lacking = records.refusal(relaxation.code, code, relaxation.evidence)
    return RelaxationUse(
        relaxation.code,
        county,
        code,
        name,
        fault is None and lacking is None,
        fault or lacking or terms,
        "" if lacking is None else relaxation.evidence,
    )


def relax(
    schools: list[School], facts: Facts, standard: Standard
) -> tuple[list[School], tuple[RelaxationUse, ...]]:
    """The schools with what X1 and X2 add, and each use with its reason."""
    uses: list[RelaxationUse] = []
    x1, x2 = standard.relaxation("X1"), standard.relaxation("X2")
    if x1 is None and x2 is None:
        return schools, ()
    records = Records.of(facts, standard.on)
    certified = set(facts["dense_areas"]["county_code"])
    relaxed = []
    for school in schools:
        if x1 is not None and school["rural_small_50_99"]:
            school = _apply_x1(school, x1, uses, records)  # noqa: PLW2901
        if x2 is not None and school["dense_urban_core"]:
            school = _apply_x2(school, x2, uses, certified, records)  # noqa: PLW2901
        relaxed.append(school)
    return relaxed, tuple(uses)


def _claim(
    relaxation: Relaxation, school: School, fault: str | None, records: Records, terms: str
) -> RelaxationUse:
    who = school["school_code"], school["school_name"]
    return claim(relaxation, school["location_unit"], who, fault, records, terms)


def _apply_x1(
    school: School, x1: Relaxation, uses: list[RelaxationUse], records: Records
) -> School:
    stages = [stage for stage in (Stage.PRIMARY, Stage.JUNIOR) if stage in school["stages"]]
    visiting = [school[f"{column}_{stage}"] for column in VISITING.values() for stage in stages]
    terms = f"加计{sum(each or 0 for each in visiting)}名交流轮岗、兼职、走教教师"
    use = _claim(x1, school, _not_small_and_rural(school, x1, visiting), records, terms)
    uses.append(use)
    if not use.granted:
        return school
    added = {}
    for column, extra in VISITING.items():
        for stage in stages:
            own = school[f"{column}_{stage}"]
            added[f"{column}_{stage}"] = (
                None if own is None else own + (school[f"{extra}_{stage}"] or 0)
            )
    return {**school, **added}


def _not_small_and_rural(school: School, x1: Relaxation, visiting: list[int | None]) -> str | None:
    compulsory = [school[f"pupils_{stage}"] for stage in (Stage.PRIMARY, Stage.JUNIOR)]
    if None in compulsory or not x1.number("fewest_pupils") <= sum(compulsory) < x1.number(
        "pupils_below"
    ):
        return f"学生数不在{x1.numbers['fewest_pupils']}人及以上、不足{x1.numbers['pupils_below']}人的范围内"
    if not str(school["urban_rural_code"]).startswith("2"):
        return "城乡分类不是乡村"
    if all(each is None for each in visiting):
        return "没有填报交流轮岗、兼职、走教教师数"
    return None


def _apply_x2(
    school: School,
    x2: Relaxation,
    uses: list[RelaxationUse],
    certified: set[str],
    records: Records,
) -> School:
    leased, other = school[LEASED] or 0, school[OTHER] or 0
    fault = _not_dense(school, certified, leased or other)
    if fault is None and leased:
        fault = _lease_fault(school, x2, records.on)
        if fault is not None and other:
            uses.append(_claim(x2, school, f"租赁场馆不计：{fault}", records, ""))
            leased, fault = 0, None
    use = _claim(x2, school, fault, records, f"加计{leased + other}㎡")
    uses.append(use)
    own = school["sports_ground_area_m2"]
    if not use.granted or own is None:
        return school
    return {**school, "sports_ground_area_m2": own + leased + other}


def _not_dense(school: School, certified: set[str], area: Any) -> str | None:
    if school["location_unit"] not in certified:
        return "所在区县没有填报经认定的人口密度过高中心城区"
    if not str(school["urban_rural_code"]).startswith("11"):
        return "城乡分类不是城区（111、112）"
    return None if area else "没有填报租赁场馆或校内其他场地面积"


def _lease_fault(school: School, x2: Relaxation, on: date) -> str | None:
    """What is wrong with the lease on the day of assessment, or None."""
    if not school["leased_contract_no"]:
        return "租赁场馆没有合同编号"
    start, end = school["lease_start"], school["lease_end"]
    if start is None or end is None or not start <= on <= end:
        return f"租赁合同在{on.isoformat()}这一天不在有效期内"
    minutes = school["walking_minutes"]
    if minutes is None or minutes > x2.number("walking_minutes"):
        return f"步行时间没有填报或超过{x2.numbers['walking_minutes']}分钟"
    return None
