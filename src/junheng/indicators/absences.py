"""Who is not measured: left out by a rule, or missing though it should be there."""

from dataclasses import dataclass

from junheng.schema import Stage


@dataclass(frozen=True)
class LeftOut:
    """A school, or a stage of one, that is not measured, and why."""

    county: str
    code: str
    name: str
    reason: str


@dataclass(frozen=True)
class Missing:
    """A school that should be measured and has no return, or a return without its pupils."""

    county: str
    code: str
    name: str
    stages: tuple[Stage, ...]
    reason: str
