"""The form of 方案.json: every key with its kind and range, so that nothing else is ever read."""

import re
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from junheng.errors import UnreadableFileError
from junheng.plan.compliance import Forecast, outlooks_of
from junheng.plan.nouns import Action, Effect, Goal, Outlook, Plan
from junheng.registry import Facts
from junheng.schema import Stage
from junheng.standards import Switches

FORMAT = "junheng compliance plan 1"
Above = Annotated[int, msgspec.Meta(gt=0, le=10**12)]
Count = Annotated[int, msgspec.Meta(ge=0)]
Year = Annotated[int, msgspec.Meta(ge=2000, le=2100)]
Money = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,30}(/[1-9][0-9]{0,29})?$")]
"""A number from nought, exact: whole or a fraction."""
Whole = Annotated[str, msgspec.Meta(pattern=r"^-?[0-9]{1,12}$")]
Part = Annotated[float, msgspec.Meta(ge=0, le=1)]
Rows = list[dict[str, Any]]


class _Form(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """No key that is not known."""


class _Settings(_Form, frozen=True):
    on: date
    by: Year
    scheme: str
    counties: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    prices: str
    prices_sha256: str
    limits: str
    limits_sha256: str
    budget_yuan: Money | None
    switches: Switches
    pupils: Forecast | None = None
    """Pupils and classes by year, where they were given: the whole content, and its hash."""

    def settings(self) -> dict[str, Any]:
        """What was chosen, as a plan holds it."""
        found: dict[str, Any] = msgspec.structs.asdict(self)
        told = found.pop("pupils")
        return {
            **found,
            **({} if told is None else {"pupils": told.to_json()}),
            "on": self.on.isoformat(),
            "counties": list(self.counties),
            "switches": self.switches.to_json(),
        }


class _Action(_Form, frozen=True):
    school: str
    item: str
    what: str
    amount: Above
    unit: str
    year: Year
    cost_yuan: Money
    yearly_cost_yuan: Money
    clause: str
    stage: Stage | None
    effects: dict[str, Whole]
    at: str

    def action(self) -> Action:
        effects = tuple(Effect(self.at, c, Fraction(n)) for c, n in self.effects.items())
        return Action(
            self.school, self.item, self.amount, self.unit, self.year, Fraction(self.cost_yuan),
            Fraction(self.yearly_cost_yuan), self.what, self.clause, self.stage, effects=effects,
        )  # fmt: skip


_Goal = tuple[str, str, Money, Money]


class _Plan(_Form, frozen=True):
    question: Literal["compliance"]
    basis: str
    base_year: Year
    settings: _Settings
    years: Annotated[tuple[Year, ...], msgspec.Meta(min_length=1)]
    """The year of compliance, and every later one that is told of."""
    goals: tuple[_Goal, _Goal, _Goal]
    """Requirements unmet, cost, teachers moved."""
    actions: tuple[_Action, ...]

    def plan(self, facts: Facts | None) -> Plan:
        """The plan; its outlooks say pupils and classes only on the facts that it was made from."""
        bare = tuple(Outlook(year, {}, {}) for year in self.years)
        told = self.settings.pupils
        outlooks = (
            bare if told is None or facts is None else outlooks_of(facts, told, self.settings.by)
        )
        return Plan(
            self.question, self.basis, self.base_year, self.settings.settings(),
            tuple(each.action() for each in self.actions),
            outlooks,
            tuple(Goal(g, u, Fraction(v), Fraction(b)) for g, u, v, b in self.goals),
        )  # fmt: skip


class WrittenCertificate(_Form, frozen=True):
    """What the file says the engine said."""

    holds: bool
    facts: str
    plan: str
    cost_yuan: Money
    wrong: list[str]
    areas: dict[str, Rows]
    lines: Rows
    code_version: str
    code_sha256: str
    required_on: str
    """The day whose requirements hold in the year of compliance."""
    later: Rows
    """The years after, each with its day, areas and lines."""
    new_land: Rows = []
    """Schools whose new sports ground needs more land than they have, with square metres."""


class Written(_Form, frozen=True):
    """A whole file; what is in it is what somebody says, not what is so."""

    format: Literal["junheng compliance plan 1"]
    counties: dict[str, str]
    on: str
    by: Year
    cost_yuan: Money
    bound_yuan: Annotated[float, msgspec.Meta(ge=0)]
    gap: Part
    stopped_early: bool
    prices: dict[str, str]
    assumptions: list[str]
    paid_by_budget: Rows
    unmet_before: Rows
    unmet_after: Rows
    fewest_unmet_proven: Count
    teachers_moved: Count
    fewest_moved_proven: Count
    certificate: WrittenCertificate
    spreads: Rows
    plan: _Plan
    frontier: Rows
    what_if: Rows
    cost_by_line: Rows

    @property
    def read(self) -> Plan:
        """The plan that the file holds, with its years by name only where it was told pupils."""
        return self.plan.plan(None)

    def on_facts(self, facts: Facts) -> Plan:
        """The plan with the pupils and classes that it was told, school by school."""
        return self.plan.plan(facts)


def read_written(path: Path) -> Written:
    """The file, every value of its kind and in its range.

    Raises UnreadableFileError where the file is none of ours, or a value cannot be."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Written)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        place = re.search(r" - at `\$\.?(.*?)`$", str(error))
        where = f"：{place[1]} 不是该有的值" if place else ""
        raise UnreadableFileError(
            str(path),
            f"不是达标方案文件（方案.json）{where}",
            "请给出 plan comply 写出的 方案.json。",
        ) from error
