"""What a judge of a clause may look at: one county under one standard."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from fractions import Fraction

from junheng.diagnosis.lines import ClauseVerdict, SchoolPoint
from junheng.diagnosis.nouns import PartVerdict, SpreadVerdict
from junheng.diagnosis.verdict import Verdict, worst
from junheng.errors import DeclarationError
from junheng.freezing import frozen
from junheng.indicators import CATALOGUE, FiledCounty, Indicator, Missing
from junheng.registry.records import Records
from junheng.standards import Demand, Standard


@frozen
class Allowances:
    """What X3–X6 grant to single schools, by school code."""

    rooms: Mapping[str, Mapping[str, Fraction]] = field(default_factory=dict)
    """Least area of rooms by kind: `least_music_m2`, `least_art_m2`."""
    sizes: Mapping[str, Fraction] = field(default_factory=dict)
    """Greatest number of pupils."""
    granted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Codes of the relaxations granted."""


@frozen
class Case:
    """One county: what was filed, what was judged of its parts, what is demanded of it."""

    standard: Standard
    filed: FiledCounty
    records: Records
    parts: Sequence[PartVerdict]
    spreads: Sequence[SpreadVerdict]
    missing: Sequence[Missing]
    allowances: Allowances = Allowances()

    @property
    def county(self) -> str:
        return self.filed.code


def measure_of(demand: Demand) -> Indicator:
    """The catalogue indicator that a clause compares; raises DeclarationError where there is none."""
    code = demand.clause.measure or demand.clause.code
    if code not in CATALOGUE:
        raise DeclarationError(
            demand.document.name,
            f"code = {demand.clause.code}",
            f"程序里没有名为“{code}”的指标，无法判定",
        )
    return CATALOGUE[code]


def from_points(
    demand: Demand, points: Sequence[SchoolPoint], *, wanting: Iterable[str], nobody: str
) -> ClauseVerdict:
    """A clause that holds where it holds for every school; `points` with the weakest first."""
    failing = [each for each in points if each.verdict is Verdict.FAIL]
    open_ = [each for each in points if each.verdict is Verdict.NO_DATA]
    reasons = []
    if failing:
        reasons.append(f"{len(failing)}所学校未达标{_weakest(failing)}")
    if open_:
        reasons.append(f"{len(open_)}所学校缺数据{_weakest(open_)}")
    verdict = worst([each.verdict for each in points]) if points else Verdict.NOT_APPLICABLE
    if not reasons and verdict is not Verdict.PASS:
        reasons.append(points[0].reason if points else nobody)
    return ClauseVerdict(
        demand,
        verdict,
        (),
        tuple(sorted(points, key=lambda each: each.school_code)),
        tuple(reasons),
        tuple(wanting) if verdict is Verdict.NO_DATA else (),
    )


def _weakest(points: Sequence[SchoolPoint]) -> str:
    """The first school with its reason; the points hold them all."""
    lead = "：" if len(points) == 1 else "，最弱的是"
    return f"{lead}{points[0].school_name}（{points[0].reason}）"
