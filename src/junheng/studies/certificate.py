"""The certificate of a compliance plan: what is known of it without believing the planner."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from junheng.diagnosis import Verdict
from junheng.plan.compliance import Failing

HELD, MET, BEYOND = "本方案约束", "已经达标", "不在本方案之内"


@dataclass(frozen=True)
class LineStanding:
    """One of the 32 indicators and 7 vetoes of one county, before and after."""

    county: str
    code: str
    label: str
    before: Verdict
    after: Verdict
    reach: str
    """HELD, MET or BEYOND."""


@dataclass(frozen=True)
class Certificate:
    """What is known of a plan without believing the planner."""

    facts: str
    plan: str
    """Hash of the plan."""
    cost: Fraction
    """Yuan, priced again."""
    left: tuple[Failing, ...]
    """Requirements that the actions leave unmet, counted again."""
    wrong: tuple[str, ...]
    """What cannot be; empty in a plan that holds."""
    areas: Mapping[str, tuple[tuple[str, Verdict, Verdict], ...]]
    """County → (area, before, after)."""
    lines: tuple[LineStanding, ...]
    code_version: str
    code_sha256: str

    @property
    def holds(self) -> bool:
        """Whether the engine finds met what the plan says it meets, and nothing broken that was met."""
        open_ = {(each.county, each.line) for each in self.left}
        return not self.wrong and all(
            line.after is Verdict.PASS
            for line in self.lines
            if line.reach == HELD
            or (line.reach == MET and not {("", line.code), (line.county, line.code)} & open_)
        )
