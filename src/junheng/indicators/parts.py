"""From facts to stage parts: who is measured, after merging, with which pupils (standards.md §§1, 3).

Rows that do not count as a school (不计校数) merge into their parent first; then schools outside
the scope are left out, each with its reason; then each school becomes one part a stage, with its
pupils weighted for sharing. X1 and X2 change what is counted, here and nowhere else.
"""

from collections.abc import Iterator
from functools import cache
from math import lcm

import polars as pl

from junheng.freezing import frozen
from junheng.indicators.absences import LeftOut, Missing
from junheng.indicators.definition import (
    CATALOGUE,
    HUNDREDTHS,
    part_columns,
    part_indicators,
)
from junheng.indicators.merging import merged
from junheng.indicators.relaxing import RelaxationUse, relax
from junheng.indicators.scope import fewest_pupils, placed
from junheng.indicators.stages import School, stages_of, sum_known
from junheng.registry import Facts
from junheng.schema import Stage
from junheng.standards import Standard


@frozen
class Parts:
    """The parts of all counties in the facts, sorted by county, school, stage."""

    frame: pl.DataFrame
    left_out: tuple[LeftOut, ...]
    missing: tuple[Missing, ...]
    relaxations: tuple[RelaxationUse, ...]
    schools: tuple[School, ...]
    """Whole schools after merging, each where it lies, whether it enters L1–L7 or not."""


def build_parts(facts: Facts, standard: Standard) -> Parts:
    """Everything that enters L1–L7 and the coefficients of variation, and everything that does not."""
    schools, orphans = merged(facts, standard)
    schools, uses = relax(schools, facts, standard)
    counting, elsewhere = placed(schools, standard)
    counted = _Counted(standard, elsewhere)
    rows = [row for school in counting for row in counted.parts(school)]
    counted.missing += [*orphans, *_not_filed(facts, standard)]
    frame = pl.DataFrame(rows, schema=_schema(), orient="row").sort(
        "county", "school_code", "stage_order"
    )
    return Parts(
        frame,
        tuple(sorted(counted.left_out, key=_place)),
        tuple(sorted(counted.missing, key=_place)),
        uses,
        tuple(schools),
    )


def _place(item: LeftOut | Missing) -> tuple[str, str, str]:
    return (item.county, item.code, item.reason)


class _Counted:
    """Applies the scope clauses to one school after another and collects what falls out."""

    def __init__(self, standard: Standard, left_out: list[LeftOut]) -> None:
        self.standard = standard
        self.left_out = left_out
        self.missing: list[Missing] = []
        self.excluded = frozenset(standard.role("scope").clause.excluded_types)
        self.fewest = fewest_pupils(standard)
        weights = standard.weights
        self.scale = lcm(*(weight.denominator for weight in weights.values()))
        self.weights = {stage: int(weight * self.scale) for stage, weight in weights.items()}

    def parts(self, school: School) -> Iterator[School]:
        reason = self._reason_out(school)
        if reason:
            self.left_out.append(
                LeftOut(
                    school["location_unit"], school["school_code"], school["school_name"], reason
                )
            )
            return
        unknown = tuple(s for s in Stage if school[f"pupils_{s}"] is None)
        if unknown:
            judged = tuple(s for s in self.standard.stages if s in school["stages"])
            self._miss(school, judged, f"{'、'.join(s.label for s in unknown)}学生数没有填报")
            return
        yield from self._filled(school)

    def _miss(self, school: School, stages: tuple[Stage, ...], reason: str) -> None:
        self.missing.append(
            Missing(
                school["location_unit"],
                school["school_code"],
                school["school_name"],
                stages,
                reason,
            )
        )

    def _reason_out(self, school: School) -> str | None:
        compulsory = [school[f"pupils_{stage}"] for stage in self.standard.stages]
        total = sum_known(compulsory)
        if school["school_type"] in self.excluded:
            return f"学校类型不在范围内（{self.standard.role('scope').citation}）"
        if not any(stage in school["stages"] for stage in self.standard.stages):
            return "没有义务教育学段"
        if (
            school["school_type"] == "teaching_point"
            and total is not None
            and 0 < total < self.fewest
        ):
            return f"教学点不足{self.fewest}人（{self.standard.role('scope_point').citation}）"
        return "尚无学生" if total == 0 else None

    def _filled(self, school: School) -> Iterator[School]:
        weighted = {stage: school[f"pupils_{stage}"] * self.weights[stage] for stage in Stage}
        combined = sum(school[f"pupils_{stage}"] > 0 for stage in Stage) > 1
        for order, stage in enumerate(self.standard.stages):
            pupils = school[f"pupils_{stage}"]
            if pupils == 0:
                if stage in school["stages"]:
                    self.left_out.append(
                        LeftOut(
                            school["location_unit"],
                            school["school_code"],
                            school["school_name"],
                            f"{stage.part_label}尚无学生",
                        )
                    )
                continue
            yield {
                "county": school["location_unit"],
                "school_code": school["school_code"],
                "school_name": school["school_name"],
                "school_type": school["school_type"],
                "ownership": school["ownership"],
                "urban_rural_code": school["urban_rural_code"],
                "stage": stage.value,
                "stage_order": order,
                "combined": combined,
                "merged": "、".join(school["merged"]),
                "pupils": pupils,
                "weighted_pupils": weighted[stage],
                "weighted_pupils_school": sum(weighted.values()),
                "weight_scale": self.scale,
                **_inputs(school, stage),
            }


@cache
def _read_columns() -> tuple[str, ...]:
    """Parts columns that some indicator reads."""
    measured = [CATALOGUE[code] for code in part_indicators()]
    read = {column for each in measured for column in each.ratio.columns()} - {"pupils"}
    return tuple(sorted(read))


def _inputs(school: School, stage: Stage) -> dict[str, int | None]:
    """The indicator inputs of one part as integers: counts, 0.01 m², fen."""
    found: dict[str, int | None] = {}
    for name in _read_columns():
        own = f"{name}_{stage}"
        elsewhere = name not in school and own not in school
        value = 0 if elsewhere else school[own if own in school else name]
        hundredths = part_columns()[name].kind in HUNDREDTHS
        found[name] = None if value is None else int(value * 100 if hundredths else value)
    return found


def _schema() -> pl.Schema:
    texts = (
        "county",
        "school_code",
        "school_name",
        "school_type",
        "ownership",
        "urban_rural_code",
        "stage",
    )
    counts = (
        "pupils",
        "weighted_pupils",
        "weighted_pupils_school",
        "weight_scale",
        *_read_columns(),
    )
    return pl.Schema(
        {
            **dict.fromkeys(texts, pl.String()),
            "stage_order": pl.Int64(),
            "combined": pl.Boolean(),
            "merged": pl.String(),
            **dict.fromkeys(counts, pl.Int64()),
        }
    )


def _not_filed(facts: Facts, standard: Standard) -> list[Missing]:
    filed = set(facts["schools"]["school_code"])
    excluded = standard.role("scope").clause.excluded_types
    found = []
    for row in facts["register"].iter_rows(named=True):
        stages = tuple(s for s in standard.stages if s in stages_of(row["school_type"]))
        if row["school_code"] not in filed and row["school_type"] not in excluded and stages:
            found.append(
                Missing(
                    row["location_unit"],
                    row["school_code"],
                    row["school_name"],
                    stages,
                    "在学校名册上，没有填报",
                )
            )
    return found
