"""Who is not measured: left out by a rule, or missing though it should be there."""

from junheng.freezing import frozen
from junheng.schema import Stage


@frozen
class LeftOut:
    """A school, or a stage of one, that is not measured, and why."""

    county: str
    code: str
    name: str
    reason: str


@frozen
class Missing:
    """A school that should be measured and has no return, or a return without its pupils."""

    county: str
    code: str
    name: str
    stages: tuple[Stage, ...]
    reason: str
