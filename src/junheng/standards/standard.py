"""What is demanded: a scheme, at a place, on a day, under chosen switches.

A `Standard` holds the clauses in force and answers in exact fractions. It judges nothing.
"""

from datetime import date
from fractions import Fraction

from junheng.errors import DeclarationError, MisuseError
from junheng.freezing import frozen
from junheng.schema import Stage
from junheng.standards.books import scheme
from junheng.standards.choosing import (
    Demand,
    demands_in_force,
    documents_in_force,
    options_taken,
    relaxations_in_force,
    resolved,
)
from junheng.standards.nouns import (
    Document,
    Option,
    Relaxation,
    Scheme,
    Switch,
    Switches,
)


@frozen
class Standard:
    """The demands in force at `place` on `on`, by clause code."""

    scheme: Scheme
    place: str
    on: date
    switches: Switches
    demands: dict[str, Demand]
    relaxations: dict[str, tuple[Relaxation, Document]]
    open_points: dict[str, tuple[Switch, Document]]
    """The open readings in force, by code."""

    @classmethod
    def at(
        cls,
        place: str,
        on: date,
        *,
        scheme_code: str = "2017-quality",
        switches: Switches | None = None,
        drafts: tuple[Document, ...] = (),
    ) -> "Standard":
        """`drafts` are further documents taken as in force, for a comparison with an amendment.

        Raises MisuseError for an unknown scheme, variant, relaxation or reading; DeclarationError
        where two documents in force say the same clause, or the scheme names one not in force."""
        chosen = scheme(scheme_code)
        switches = switches or Switches()
        in_force = documents_in_force(chosen, place, on, drafts)
        points = {s.code: (s, d) for d in in_force for s in d.switch}
        taken = options_taken(points, switches)
        switches = resolved(points, switches)
        standard = cls(
            chosen,
            place,
            on,
            switches,
            demands_in_force(in_force, on, taken),
            relaxations_in_force(in_force, on),
            points,
        )
        standard._refuse_unknown()
        return standard

    def _refuse_unknown(self) -> None:
        for role, code in (*self.scheme.roles.items(), *((i, i) for i in self.indicators)):
            if code not in self.demands:
                raise MisuseError(
                    f"{self.on} 这一天没有有效的“{code}”条款（方案 {self.scheme.code} 的 {role}）。请换一个评估日期。"
                )
        for indicator in self.indicators if self.judges_schools else ():
            self._refuse_unlimited(self.demands[indicator])
        if self.variant not in self.variants:
            raise MisuseError(
                f"没有名为“{self.variant}”的差异系数算法。可用：{'、'.join(self.variants)}。"
            )
        for code in self.switches.relaxations:
            if code not in self.relaxations:
                raise MisuseError(
                    f"{self.on} 这一天没有例外“{code}”。可用：{'、'.join(self.relaxations) or '无'}。"
                )

    def _refuse_unlimited(self, demand: Demand) -> None:
        lacking = [stage.label for stage in self.stages if stage not in demand.clause.at_least]
        if lacking:
            raise DeclarationError(
                demand.document.name,
                f"code = {demand.clause.code}",
                f"at_least 里没有{'、'.join(lacking)}的限值",
            )

    def role(self, name: str) -> Demand:
        return self.demands[self.scheme.roles[name]]

    @property
    def stages(self) -> tuple[Stage, ...]:
        return tuple(Stage(stage) for stage in self.scheme.stages)

    @property
    def indicators(self) -> tuple[str, ...]:
        return self.scheme.indicators

    @property
    def judges_schools(self) -> bool:
        """Whether schools have limits and a rule; the scheme of 2012 judges counties only."""
        return "school_count" in self.scheme.roles

    @property
    def judges_each_spread(self) -> bool:
        """Whether each coefficient of variation has a limit of its own."""
        return "spread" in self.scheme.roles

    def limit(self, indicator: str, stage: Stage) -> Fraction:
        """The value that a school must reach."""
        return Fraction(self.demands[indicator].clause.at_least[stage])

    def floor(self, indicator: str, stage: Stage) -> Fraction:
        """The least value allowed to an indicator that is not met: its share of the limit."""
        return self.limit(indicator, stage) * self.floor_share

    @property
    def floor_share(self) -> Fraction:
        return self.role("school_floor").clause.number("floor_share")

    @property
    def needed(self) -> int:
        """How many of the indicators each school must meet."""
        return int(self.role("school_count").clause.number("needed"))

    def spread_limit(self, stage: Stage) -> Fraction:
        """The greatest coefficient of variation allowed to each indicator."""
        return Fraction(self.role("spread").clause.at_most[stage])

    @property
    def variant(self) -> str:
        return self.switches.variant or self.scheme.variant

    @property
    def variants(self) -> dict[str, Demand]:
        """CV variants by name, the one used first by the scheme leading."""
        return {d.clause.variant: d for d in self.demands.values() if d.clause.variant}

    @property
    def near_margin(self) -> Fraction:
        """Share of a limit within which a value is marked 临界."""
        return self.role("near").clause.number("margin_share")

    @property
    def weights(self) -> dict[Stage, Fraction]:
        """Weight of one pupil of each stage when a school's resources are shared between stages."""
        clause = self.role("split").clause
        return {stage: clause.number(stage) for stage in Stage}

    def composite_limit(self, stage: Stage) -> Fraction | None:
        """The greatest mean of all coefficients of variation; None where the scheme has none."""
        if "composite" not in self.scheme.roles:
            return None
        return Fraction(self.role("composite").clause.at_most[stage])

    def reading(self, switch: str) -> str:
        """The option of an open point that this study takes; empty where the scheme has no such point.

        A variant or a relaxation chosen by itself is the option that names it."""
        if switch not in self.open_points:
            return ""
        point, _ = self.open_points[switch]
        named = (each.code for each in point.option if self._chosen_by_itself(each))
        return self.switches.readings.get(switch) or next(named, point.default)

    def _chosen_by_itself(self, option: Option) -> bool:
        if option.variant:
            return option.variant == self.switches.variant
        return bool(option.relaxations) and {*option.relaxations} <= {*self.switches.relaxations}

    def relaxation(self, code: str) -> Relaxation | None:
        """The relaxation where it is switched on, else None."""
        return self.relaxations[code][0] if code in self.switches.relaxations else None
