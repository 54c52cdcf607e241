"""What is demanded of many counties at once: limits as integers in one small table.

Counties bound by the same documents share one `Standard`. Limits of one indicator are brought to
one denominator, so that a comparison with numerator / denominator is a cross-multiplication.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from math import lcm

import narwhals as nw
import polars as pl

from junheng.errors import MisuseError
from junheng.indicators.wide import Counting
from junheng.schema import Stage
from junheng.standards import Standard, Switches, documents, superiors


@dataclass(frozen=True)
class Demanded:
    """The standards of some counties, and what they have in common."""

    standards: Mapping[str, Standard]
    """By county, in order of code."""
    counting: Counting
    variant: str
    codes: tuple[str, ...]

    @classmethod
    def of(
        cls, counties: Iterable[str], on: date, *, scheme: str, switches: Switches
    ) -> "Demanded":
        """Raises MisuseError where the scheme judges no schools, or counties are counted differently."""
        speaking = {document.place for document in documents().values()}
        by_documents: dict[tuple[str, ...], Standard] = {}
        standards = {}
        for county in sorted(counties):
            bound = tuple(place for place in superiors(county) if place in speaking)
            if bound not in by_documents:
                by_documents[bound] = Standard.at(county, on, scheme_code=scheme, switches=switches)
            standards[county] = by_documents[bound]
        different = [*by_documents.values()]
        if not different:
            raise MisuseError("宽表里一行也没有，无从评估。请核对路径。")
        for each in different:
            _refuse(each, different[0])
        first = different[0]
        return cls(standards, Counting.of(first), first.variant, first.indicators)

    @property
    def different(self) -> tuple[Standard, ...]:
        """Each standard once."""
        return tuple({id(each): each for each in self.standards.values()}.values())

    @cached_property
    def scales(self) -> Mapping[str, int]:
        """For each indicator a number that makes every limit and floor of it whole."""
        return {
            code: lcm(
                *(
                    each.denominator
                    for standard in self.different
                    for stage in standard.stages
                    for each in (standard.limit(code, stage), standard.floor(code, stage))
                )
            )
            for code in self.codes
        }

    def spread_limit(self, county: str, stage: Stage) -> Fraction:
        return self.standards[county].spread_limit(stage)

    @cached_property
    def spread_limits(self) -> pl.DataFrame:
        """One row a county and stage: `stage_order`, and `limit` of its coefficients of variation."""
        told = {
            id(standard): [
                (stage.value, order, float(standard.spread_limit(stage)))
                for order, stage in enumerate(standard.stages)
            ]
            for standard in self.different
        }
        rows = [
            (county, *row)
            for county, standard in self.standards.items()
            for row in told[id(standard)]
        ]
        schema = ["county", "stage", "stage_order", "limit"]
        return pl.DataFrame(rows, schema=schema, orient="row").cast({"stage_order": pl.Int64})

    @cached_property
    def greatest(self) -> Mapping[str, int]:
        """The greatest limit of each indicator, times its scale."""
        return {code: max(self.limits[f"{code}_limit"].to_list()) for code in self.codes}

    @cached_property
    def uniform(self) -> Mapping[str, Mapping[str, int]] | None:
        """The numbers of each stage where all counties have the same; else None."""
        alike = self.limits.drop("county").unique(maintain_order=True)
        if len(alike) > len(self.counting.stages):
            return None
        return {row["stage"]: row for row in alike.iter_rows(named=True)}

    def number(self, name: str, stage: Stage) -> nw.Expr:
        """`needed`, or a limit or floor: one number for all, or each row's own."""
        if self.uniform is None:
            return nw.col(name)
        return nw.lit(self.uniform[stage.value][name]).cast(nw.Int64)

    @cached_property
    def limits(self) -> pl.DataFrame:
        """One row a county and stage: `needed`, and for each code `<code>_limit`, `<code>_floor`."""
        told = {
            id(standard): [self._row(stage, standard) for stage in standard.stages]
            for standard in self.different
        }
        rows = [
            [county, *row]
            for county, standard in self.standards.items()
            for row in told[id(standard)]
        ]
        numbers = [f"{code}_{what}" for code in self.codes for what in ("limit", "floor")]
        schema = {"county": pl.String(), "stage": pl.String(), "needed": pl.Int64()}
        return pl.DataFrame(
            rows, schema={**schema, **dict.fromkeys(numbers, pl.Int64())}, orient="row"
        )

    def _row(self, stage: Stage, standard: Standard) -> list[object]:
        found: list[object] = [stage.value, standard.needed]
        for code in self.codes:
            lines = standard.limit(code, stage), standard.floor(code, stage)
            found += [int(each * self.scales[code]) for each in lines]
        return found


def _refuse(standard: Standard, first: Standard) -> None:
    if not standard.judges_schools:
        raise MisuseError(
            f"方案 {standard.scheme.code} 不逐校判定，不能用宽表评估。请用 2017-quality，或不写 --engine。"
        )
    if standard.switches.relaxations or standard.switches.readings:
        raise MisuseError(
            "宽表只按默认口径评估，不采用例外（--relax）和其他读法（--reading）。"
            "请去掉它们，或不写 --engine，对封存的数据评估。"
        )
    alike = (Counting.of(standard), standard.variant, standard.indicators)
    if alike != (Counting.of(first), first.variant, first.indicators):
        raise MisuseError(
            f"{first.place} 与 {standard.place} 计入学校的范围或差异系数算法不同，不能一起评估。请分开运行。"
        )
