"""X3–X6: which schools a clause is relaxed for, where a study switches the relaxation on (standards.md §5).

A relaxation is granted to a school that misses the clause only where its flag, its condition and
a reviewed, valid record of evidence all hold (filing.md §7.7); otherwise the reason is kept. X1 and
X2 change what is counted and stand in `indicators.relaxing`.
"""

from collections import defaultdict
from collections.abc import Callable
from fractions import Fraction

from junheng.diagnosis.case import Allowances, Case
from junheng.diagnosis.every import judge_every, limit_keys, on_a_bound
from junheng.diagnosis.telling import told
from junheng.diagnosis.verdict import Verdict
from junheng.indicators import FiledSchool, RelaxationUse, claim, stages_asked
from junheng.registry.applicability import JUNIOR_TYPES, PRIMARY_TYPES
from junheng.schema import Stage
from junheng.standards import Relaxation

Condition = Callable[[FiledSchool, Relaxation], str | None]
"""Why a school does not come under a relaxation; None where it does."""
PERCENT = 100
AREAS = {
    "music_m2": ("music",),
    "art_m2": ("art",),
    "primary_m2": ("music", "art"),
    "junior_m2": ("music", "art"),
}
"""Numbers of a relaxation that are least areas of rooms → the kinds of rooms that they are of."""


def grant(case: Case) -> tuple[Allowances, tuple[RelaxationUse, ...]]:
    """What is granted in one county, and every claim with its reason."""
    rooms: dict[str, dict[str, Fraction]] = defaultdict(dict)
    sizes: dict[str, Fraction] = {}
    granted: dict[str, list[str]] = defaultdict(list)
    uses = []
    for code, (claims, condition) in CLAIMS.items():
        relaxation = case.standard.relaxation(code)
        if relaxation is None:
            continue
        _on_bounds(relaxation, case)
        for school in _missing_the_clause(relaxation, case):
            if not claims(school, relaxation, case):
                continue
            fault = condition(school, relaxation)
            terms = "" if fault else _terms(relaxation, school)
            who = school.code, school.name
            uses.append(claim(relaxation, case.county, who, fault, case.records, terms))
            if uses[-1].granted:
                granted[school.code].append(code)
                _allow(relaxation, school, rooms[school.code], sizes)
    return Allowances(rooms, sizes, {c: tuple(g) for c, g in granted.items()}), tuple(uses)


def _missing_the_clause(relaxation: Relaxation, case: Case) -> list[FiledSchool]:
    """Schools that fail a clause which the relaxation touches, as it stands without relaxation."""
    failing = {
        point.school_code
        for demand in case.standard.demands.values()
        if demand.clause.kind == "every" and set(relaxation.touches) & set(demand.clause.indicators)
        for point in judge_every(demand, case).schools
        if point.verdict is Verdict.FAIL
    }
    return [s for s in case.filed.schools if s.code in failing]


def _allow(
    relaxation: Relaxation,
    school: FiledSchool,
    rooms: dict[str, Fraction],
    sizes: dict[str, Fraction],
) -> None:
    """Take the wider of what was granted before and now: a bin of rooms is never counted twice."""
    for kind, least in _least_areas(relaxation, school).items():
        rooms[kind] = min(rooms.get(kind, least), least)
    most = _greatest_size(relaxation, school)
    if most is not None:
        sizes[school.code] = max(sizes.get(school.code, most), most)


def _on_bounds(relaxation: Relaxation, case: Case) -> None:
    """Rooms are filed by bins of area (standards.md §5 gives bounds of bins only)."""
    document = case.standard.relaxations[relaxation.code][1]
    for name, kinds in AREAS.items():
        for kind in kinds if name in relaxation.numbers else ():
            on_a_bound(document, relaxation.code, kind, name, relaxation.number(name))


def _least_areas(relaxation: Relaxation, school: FiledSchool) -> dict[str, Fraction]:
    if "music_m2" in relaxation.numbers:
        return {f"least_{k}_m2": relaxation.number(f"{k}_m2") for k in ("music", "art")}
    if "primary_m2" in relaxation.numbers:
        # The smallest rooms are for primary schools: a school with junior classes keeps the larger.
        stage = Stage.PRIMARY if stages_asked(school) == (Stage.PRIMARY,) else Stage.JUNIOR
        return dict.fromkeys(("least_music_m2", "least_art_m2"), relaxation.number(f"{stage}_m2"))
    return {}


def _greatest_size(relaxation: Relaxation, school: FiledSchool) -> Fraction | None:
    """The limit that the relaxation gives; a type that has one of its own in the law takes no other's."""
    own = school.row["school_type"]
    keys = (own,) if own in PRIMARY_TYPES | JUNIOR_TYPES else limit_keys(school)
    key = next((each for each in keys if each in relaxation.numbers), None)
    return None if key is None else relaxation.number(key)


def _terms(relaxation: Relaxation, school: FiledSchool) -> str:
    most = _greatest_size(relaxation, school)
    if most is not None:
        return f"规模上限放宽到{told(most)}人"
    areas = _least_areas(relaxation, school)
    return f"音乐教室{told(areas['least_music_m2'])}㎡、美术教室{told(areas['least_art_m2'])}㎡及以上的计入"


def _built(flag: str) -> Condition:
    def condition(school: FiledSchool, relaxation: Relaxation) -> str | None:
        founded, latest = school.row["founding_year"], relaxation.number("built_by")
        if founded is None:
            return "建校时间没有填报"
        if founded > latest:
            return f"建校时间{founded}年晚于{latest}年，与填报的“{flag}”不符"
        return None

    return condition


def _small_classes(school: FiledSchool, relaxation: Relaxation) -> str | None:
    if not str(school.row["urban_rural_code"]).startswith("2"):
        return "城乡分类不是乡村"
    below = relaxation.number("max_class_below")
    largest = [school.class_sizes(stage).largest for stage in stages_asked(school)]
    if None in largest:
        return "最大班额没有填报"
    if any(each >= below for each in largest if each is not None):
        return f"最大班额不低于{told(below)}人"
    return None


def _of_a_limited_type(other: Condition) -> Condition:
    def condition(school: FiledSchool, relaxation: Relaxation) -> str | None:
        if _greatest_size(relaxation, school) is None:
            return "该例外没有规定这类学校的上限（未核对）"
        return other(school, relaxation)

    return condition


def _mostly_migrant(school: FiledSchool, relaxation: Relaxation) -> str | None:
    migrants = school.row["migrant_children_enrolled"]
    pupils = [school.pupils(stage) for stage in stages_asked(school)]
    if migrants is None or None in pupils:
        return "随迁子女人数或学生人数没有填报"
    share = relaxation.number("migrant_share_above")
    if migrants * PERCENT <= share * sum(each for each in pupils if each is not None):
        return f"随迁子女不超过学生数的{told(share)}%"
    return None


def _flagged(column: str) -> Callable[[FiledSchool, Relaxation, Case], bool]:
    return lambda school, _relaxation, _case: school.row[column] is True


def _claims_migrants(school: FiledSchool, relaxation: Relaxation, case: Case) -> bool:
    """No form has a flag for it: the figures claim it, or a record of evidence does."""
    filed = (relaxation.code, school.code) in case.records.evidence
    return filed or _mostly_migrant(school, relaxation) is None


CLAIMS: dict[str, tuple[Callable[[FiledSchool, Relaxation, Case], bool], Condition]] = {
    "X3": (_flagged("built_by_2016"), _built("2016年及之前规划并建成")),
    "X4": (_flagged("rural_small_max_class_lt30"), _small_classes),
    "X5": (_flagged("built_by_2010"), _of_a_limited_type(_built("2010年及之前规划并建成"))),
    "X6": (_claims_migrants, _of_a_limited_type(_mostly_migrant)),
}
