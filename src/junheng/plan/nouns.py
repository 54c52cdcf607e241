"""What a planner answers with: a plan, its actions, and the facts as they would be after it.

A projection is no record. It can be assessed and drawn; it is never sealed and never published as
fact, so it is neither a `Report` nor a `Snapshot`.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from junheng.errors import MisuseError, RefusedError
from junheng.plan.applying import applied
from junheng.registry import Facts, Snapshot
from junheng.schema import Stage
from junheng.years import SchoolYear


@dataclass(frozen=True)
class Effect:
    """What an action adds to one count or amount of one school's return; negative = takes away."""

    school: str
    column: str
    amount: Fraction


@dataclass(frozen=True)
class Action:
    """One thing to do at one school in one year."""

    school: str
    item: str
    """Item of the price list; `ITEMS` says what each is. An action without a price is not among them."""
    amount: int
    unit: str
    year: int
    """School year from whose beginning it counts."""
    cost_yuan: Fraction
    """Paid once, in that year."""
    yearly_cost_yuan: Fraction
    """Paid in that year and in every later one, up to `last_year`."""
    reason: str
    clause: str
    """Code of the clause that it serves."""
    stage: Stage | None = None
    grade: int | None = None
    to: str = ""
    """The school that receives, where pupils change school."""
    distance_m: int | None = None
    effects: tuple[Effect, ...] = ()
    last_year: int | None = None
    """The last year of the yearly cost; None = it goes on."""
    completes: bool = True
    """False: it eases a school that stays above the limit all the same."""

    def cost_by(self, year: int) -> Fraction:
        """Everything paid for it up to the end of `year`."""
        if year < self.year:
            return Fraction(0)
        last = year if self.last_year is None else min(year, self.last_year)
        return self.cost_yuan + self.yearly_cost_yuan * (last - self.year + 1)


@dataclass(frozen=True)
class Outlook:
    """What the returns of one later year would say: values set, and whole lists replaced."""

    year: int
    values: Mapping[str, Mapping[str, Any]]
    """School → column → value."""
    rows: Mapping[str, tuple[Mapping[str, Any], ...]]
    """Table → its rows for the schools in `values`; their former rows are taken out."""


@dataclass(frozen=True)
class Goal:
    """One goal of a lexicographic optimisation, proven."""

    goal: str
    unit: str
    value: Fraction
    bound: Fraction

    @property
    def gap(self) -> Fraction:
        """(value − bound) / value; 0 where nothing is left between them."""
        return (self.value - self.bound) / self.value if self.value else Fraction(0)


@dataclass(frozen=True, repr=False)
class Plan:
    """Actions for the schools of one set of facts, and the years they lead to."""

    question: str
    basis: str
    """Fingerprint of the facts it was made from."""
    base_year: int
    settings: Mapping[str, Any]
    """Everything that was chosen: day, scheme, prices, horizon, distances."""
    actions: tuple[Action, ...]
    outlooks: tuple[Outlook, ...]
    goals: tuple[Goal, ...]

    def __repr__(self) -> str:
        years = "、".join(str(each.year) for each in self.outlooks)
        return f"<方案 {self.question}：{len(self.actions)}项行动，{years}学年，{self.hash[:12]}>"

    @cached_property
    def hash(self) -> str:
        """SHA-256 over the canonical text of the plan, in hexadecimal."""
        return hashlib.sha256(_canonical(self).encode()).hexdigest()

    @property
    def last_year(self) -> int:
        return self.outlooks[-1].year

    def cost_by(self, year: int) -> Fraction:
        """Yuan paid up to the end of a school year."""
        return sum((each.cost_by(year) for each in self.actions), Fraction(0))

    def refuse_others(self, facts: Facts) -> None:
        """Raises RefusedError for other facts than those it was made from."""
        if facts.fingerprint != self.basis:
            raise RefusedError(
                f"这个方案是按事实 {self.basis[:12]} 做的，给出的事实是 {facts.fingerprint[:12]}，不能套用。"
                "请用原来的封存，或重新做方案。"
            )

    def apply(self, recorded: Snapshot | Facts, *, year: int | None = None) -> "Projection":
        """The facts as they would be in `year` (the last one planned), if everything is done.

        Raises RefusedError for other facts than those it was made from, MisuseError for a year
        that it does not reach."""
        facts = recorded.facts if isinstance(recorded, Snapshot) else recorded
        self.refuse_others(facts)
        asked = self.last_year if year is None else year
        outlook = next((each for each in self.outlooks if each.year == asked), None)
        if outlook is None:
            reached = "、".join(str(each.year) for each in self.outlooks)
            raise MisuseError(f"方案不包含 {asked} 学年。可用：{reached}。")
        done = [each for action in self.actions if action.year <= asked for each in action.effects]
        sums: dict[tuple[str, str], Fraction] = {}
        for effect in done:
            key = (effect.school, effect.column)
            sums[key] = sums.get(key, Fraction(0)) + effect.amount
        return Projection(
            self.basis, self.hash, asked, applied(facts, asked, outlook.values, outlook.rows, sums)
        )


@dataclass(frozen=True, repr=False)
class Projection:
    """Facts that nobody filed: what the schools would be in `year` if a plan were carried out."""

    basis: str
    """Fingerprint of the facts that were filed."""
    plan: str
    """Hash of the plan."""
    year: int
    facts: Facts
    """For the engine that assesses; not for the store."""

    def __repr__(self) -> str:
        return f"<推演：{SchoolYear(self.year)}，依据事实 {self.basis[:12]}，方案 {self.plan[:12]}；不是填报数据>"


def _canonical(plan: Plan) -> str:
    content = [
        "junheng plan 2",
        plan.question,
        plan.basis,
        plan.base_year,
        plan.settings,
        [_action_row(each) for each in plan.actions],
        [[each.year, each.values, each.rows] for each in plan.outlooks],
        [[each.goal, each.unit, str(each.value), str(each.bound)] for each in plan.goals],
    ]
    return json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)


def _action_row(action: Action) -> list[Any]:
    effects = [[e.school, e.column, str(e.amount)] for e in action.effects]
    return [
        action.school, action.item, action.amount, action.year, str(action.cost_yuan),
        str(action.yearly_cost_yuan), action.reason, action.clause, action.stage, action.grade,
        action.to, action.distance_m, action.last_year, action.completes, effects,
    ]  # fmt: skip
