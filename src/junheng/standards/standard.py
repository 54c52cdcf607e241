"""What is demanded: a scheme, at a place, on a day, under chosen switches.

A `Standard` holds the clauses in force and answers in exact fractions. It judges nothing.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from junheng.errors import DeclarationError, MisuseError
from junheng.schema import Stage
from junheng.standards.books import documents, scheme, superiors
from junheng.standards.nouns import Clause, Document, Relaxation, Scheme, Switches


@dataclass(frozen=True)
class Demand:
    """A clause in force and the document that says it."""

    clause: Clause
    document: Document

    @property
    def citation(self) -> str:
        article = "条号未核对" if self.clause.article == "未核对" else self.clause.article
        return f"{self.document.name}（{article}）"


@dataclass(frozen=True)
class Standard:
    """The demands in force at `place` on `on`, by clause code."""

    scheme: Scheme
    place: str
    on: date
    switches: Switches
    demands: dict[str, Demand]
    relaxations: dict[str, tuple[Relaxation, Document]]

    @classmethod
    def at(
        cls,
        place: str,
        on: date,
        *,
        scheme_code: str = "2017-quality",
        switches: Switches | None = None,
    ) -> "Standard":
        """Raises MisuseError for an unknown scheme, variant or relaxation; DeclarationError where
        two documents in force say the same clause, or the scheme names one that is not in force."""
        chosen = scheme(scheme_code)
        switches = switches or Switches()
        in_force = _in_force(chosen, place, on)
        standard = cls(
            chosen, place, on, switches, _demands(in_force, on), _relaxations(in_force, on)
        )
        standard._refuse_unknown()
        return standard

    def _refuse_unknown(self) -> None:
        for role, code in (*self.scheme.roles.items(), *((i, i) for i in self.indicators)):
            if code not in self.demands:
                raise MisuseError(
                    f"{self.on} 这一天没有有效的“{code}”条款（方案 {self.scheme.code} 的 {role}）。请换一个评估日期。"
                )
        for indicator in self.indicators:
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

    def relaxation(self, code: str) -> Relaxation | None:
        """The relaxation where it is switched on, else None."""
        return self.relaxations[code][0] if code in self.switches.relaxations else None


def _in_force(chosen: Scheme, place: str, on: date) -> list[Document]:
    bound = superiors(place)
    missing = [name for name in chosen.documents if name not in documents()]
    if missing:
        raise DeclarationError(
            f"schemes/{chosen.code}.toml", "documents", f"没有这些文件：{'、'.join(missing)}"
        )
    named = (documents()[name] for name in chosen.documents)
    return [d for d in named if d.place in bound and d.in_force_on(on)]


def _valid(item: Clause | Relaxation, on: date) -> bool:
    return (item.valid_from is None or item.valid_from <= on) and (
        item.valid_to is None or on <= item.valid_to
    )


def _demands(in_force: list[Document], on: date) -> dict[str, Demand]:
    found: dict[str, Demand] = {}
    for document in in_force:
        for clause in document.clause:
            if not _valid(clause, on):
                continue
            if clause.code in found:
                other = found[clause.code].document.name
                raise DeclarationError(
                    document.name,
                    f"code = {clause.code}",
                    f"{on} 这一天与“{other}”的同名条款同时有效",
                )
            found[clause.code] = Demand(clause, document)
    return found


def _relaxations(in_force: list[Document], on: date) -> dict[str, tuple[Relaxation, Document]]:
    return {r.code: (r, d) for d in in_force for r in d.relaxation if _valid(r, on)}
