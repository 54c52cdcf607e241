"""The 32 indicators and 7 vetoes as lines: what each says of a county, by clause, and the areas.

A line is judged clause by clause; each clause is of one kind and has one judge. The line's verdict
is the worst of its clauses', an area's the worst of its lines', the county's the worst of all.
"""

from fractions import Fraction

from junheng.diagnosis.verdict import Verdict
from junheng.freezing import frozen
from junheng.schema import Stage
from junheng.standards import Demand


@frozen
class Figure:
    """One exact value against one limit: of the county, of a stage, or of one school."""

    label: str
    """What is measured, in official words."""
    stage: Stage | None
    value: Fraction | None
    comparator: str
    """≥ ≤ > < as printed before the limit."""
    limit: Fraction
    unit: str
    """Unit of value and limit; shares carry % and hold 95 for 95 %."""
    verdict: Verdict
    near: bool
    formula: str
    """The formula in words."""
    numbers: str
    """The formula with the numbers."""
    gap: str = ""
    """What is lacking, in natural units and words: 还差 3 人; empty where it is met."""


@frozen
class SchoolPoint:
    """What a clause that asks every school says of one school."""

    school_code: str
    school_name: str
    verdict: Verdict
    figures: tuple[Figure, ...]
    reason: str


@frozen
class ClauseVerdict:
    """One clause of one line, judged for one county."""

    demand: Demand
    verdict: Verdict
    figures: tuple[Figure, ...]
    """County-wide figures; empty for evidence and statements."""
    schools: tuple[SchoolPoint, ...]
    """Every school that the clause asks, in order of code; empty where it asks the county only."""
    reasons: tuple[str, ...]
    """Short sentences, the heaviest first; never empty unless it passes."""
    wanting: tuple[str, ...]
    """What must be filed before it can be judged; empty unless 缺数据."""


@frozen
class Line:
    """One of the scheme's lines: L1 … VT7."""

    code: str
    label: str
    verdict: Verdict
    clauses: tuple[ClauseVerdict, ...]
    reasons: tuple[str, ...]
    wanting: tuple[str, ...]

    @property
    def failing_schools(self) -> tuple[SchoolPoint, ...]:
        return tuple(s for c in self.clauses for s in c.schools if s.verdict is Verdict.FAIL)


@frozen
class AreaVerdict:
    """资源配置, 政府保障, 教育质量, 社会认可 or 一票否决 of one county."""

    code: str
    title: str
    verdict: Verdict
    lines: tuple[Line, ...]
    reasons: tuple[str, ...]
    """The weakest point first."""
