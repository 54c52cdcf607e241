"""X1 and X2: what may be counted in addition, where a study switches them on (standards.md §5).

A relaxation is granted to a school only where its flag, its condition, a reviewed and valid record
of evidence and the dates all hold (filing.md §7.7); otherwise the reason is kept and shown.
Indicators do not know that relaxations exist.
"""

from dataclasses import dataclass
from datetime import date

from junheng.indicators.stages import School
from junheng.registry import Facts
from junheng.registry.records import Records
from junheng.schema import Stage
from junheng.standards import Relaxation, Standard

VISITING = {"teachers_pe": "visiting_pe_teachers", "teachers_music": "visiting_music_teachers",
            "teachers_fine_arts": "visiting_fine_arts_teachers", "teachers_arts": "visiting_arts_teachers"}  # fmt: skip
LEASED = "leased_sports_area_m2"
OTHER = "other_campus_sports_area_m2"


@dataclass(frozen=True)
class RelaxationUse:
    """One school that claims a relaxation that is switched on: granted or not, and why."""

    code: str
    county: str
    school: str
    name: str
    granted: bool
    reason: str


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


def _use(code: str, school: School, reason: str | None, granted: str) -> RelaxationUse:
    return RelaxationUse(
        code,
        school["location_unit"],
        school["school_code"],
        school["school_name"],
        reason is None,
        reason or granted,
    )


def _apply_x1(
    school: School, x1: Relaxation, uses: list[RelaxationUse], records: Records
) -> School:
    compulsory = [school[f"pupils_{stage}"] for stage in (Stage.PRIMARY, Stage.JUNIOR)]
    stages = [stage for stage in (Stage.PRIMARY, Stage.JUNIOR) if stage in school["stages"]]
    visiting = [school[f"{column}_{stage}"] for column in VISITING.values() for stage in stages]
    reason = None
    if None in compulsory or not x1.number("fewest_pupils") <= sum(compulsory) < x1.number(
        "pupils_below"
    ):
        reason = f"学生数不在{x1.numbers['fewest_pupils']}人及以上、不足{x1.numbers['pupils_below']}人的范围内"
    elif not str(school["urban_rural_code"]).startswith("2"):
        reason = "城乡分类不是乡村"
    elif all(each is None for each in visiting):
        reason = "没有填报交流轮岗、兼职、走教教师数"
    else:
        reason = records.refusal("X1", school["school_code"], x1.evidence)
    uses.append(
        _use(
            "X1",
            school,
            reason,
            f"加计{sum(each or 0 for each in visiting)}名交流轮岗、兼职、走教教师",
        )
    )
    if reason is not None:
        return school
    added = {}
    for column, extra in VISITING.items():
        for stage in stages:
            own = school[f"{column}_{stage}"]
            added[f"{column}_{stage}"] = (
                None if own is None else own + (school[f"{extra}_{stage}"] or 0)
            )
    return {**school, **added}


def _apply_x2(
    school: School,
    x2: Relaxation,
    uses: list[RelaxationUse],
    certified: set[str],
    records: Records,
) -> School:
    leased, other = school[LEASED] or 0, school[OTHER] or 0
    reason = None
    if school["location_unit"] not in certified:
        reason = "所在区县没有填报经认定的人口密度过高中心城区"
    elif not str(school["urban_rural_code"]).startswith("11"):
        reason = "城乡分类不是城区（111、112）"
    elif not leased and not other:
        reason = "没有填报租赁场馆或校内其他场地面积"
    else:
        reason = records.refusal("X2", school["school_code"], x2.evidence)
    if reason is None and leased:
        reason = _lease_fault(school, x2, records.on)
        if reason is not None and other:
            uses.append(_use("X2", school, f"租赁场馆不计：{reason}", ""))
            leased, reason = 0, None
    uses.append(_use("X2", school, reason, f"加计{leased + other}㎡"))
    own = school["sports_ground_area_m2"]
    if reason is not None or own is None:
        return school
    return {**school, "sports_ground_area_m2": own + leased + other}


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
