"""What of a standard decides who is counted: the scope, the weights of pupils, the stages."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import lcm

from junheng.indicators.scope import fewest_pupils
from junheng.schema import Stage
from junheng.standards import Standard


@dataclass(frozen=True)
class Counting:
    """Who enters L1–L7 under one standard, by default readings, without X1 and X2."""

    stages: tuple[Stage, ...]
    excluded: tuple[str, ...]
    """School types outside the scope."""
    fewest: int
    """Pupils from which a teaching point counts."""
    scale: int
    weights: Mapping[Stage, int]
    """Weight of one pupil of each stage, times `scale`."""

    @classmethod
    def of(cls, standard: Standard) -> "Counting":
        weights = standard.weights
        scale = lcm(*(weight.denominator for weight in weights.values()))
        return cls(
            stages=standard.stages,
            excluded=tuple(sorted(standard.role("scope").clause.excluded_types)),
            fewest=fewest_pupils(standard),
            scale=scale,
            weights={stage: int(weight * scale) for stage, weight in weights.items()},
        )
