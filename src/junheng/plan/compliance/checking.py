"""What an answer leaves unmet, decided exactly: the same comparisons that the assessment makes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from junheng.indicators import exceeds
from junheng.plan.compliance.problem import PartRule, Problem, Spread


@dataclass(frozen=True)
class Unmet:
    """The requirements that an answer leaves unmet, by their place in the problem."""

    needs: tuple[int, ...] = ()
    spreads: tuple[int, ...] = ()
    demands: tuple[int, ...] = ()

    def __len__(self) -> int:
        return len(self.needs) + len(self.spreads) + len(self.demands)


def everything(problem: Problem) -> Unmet:
    """All there is to meet."""
    return Unmet(
        tuple(range(len(problem.needs))), tuple(range(len(problem.spreads))),
        tuple(range(len(problem.demands))),
    )  # fmt: skip


def unmet(problem: Problem, amounts: Sequence[int]) -> Unmet:
    """Every requirement that the amounts do not meet.

    Of a part that misses its rule the fewest needs are named that would have to be brought to
    their limit (or floor) to mend it, those that fall furthest short of the floor first.
    """
    return Unmet(
        tuple(n for part in problem.parts for n in _missed(problem, part, amounts)),
        overstepped(problem, amounts),
        tuple(i for i, demand in enumerate(problem.demands) if demand.value(amounts) < 0),
    )


def overstepped(problem: Problem, amounts: Sequence[int]) -> tuple[int, ...]:
    """Places of the coefficients of variation that are not within their limits."""
    return tuple(
        place
        for place, spread in enumerate(problem.spreads)
        if not is_within(problem, spread, amounts)
    )


def is_within(problem: Problem, spread: Spread, amounts: Sequence[int]) -> bool:
    """Whether a coefficient is within its limit, exactly; one that is undefined is not."""
    return exceeds(problem.sample(spread, amounts), spread.variant, spread.limit) is False


def _missed(problem: Problem, part: PartRule, amounts: Sequence[int]) -> Iterator[int]:
    values = {n: problem.needs[n].value(amounts) for n in part.needs}
    below = [n for n in part.needs if values[n] < problem.needs[n].limit]
    allowed = len(part.needs) - part.needed
    under = [n for n in below if values[n] < problem.needs[n].floor]
    between = [n for n in below if n not in under]
    yield from under
    yield from between[allowed:]


def broken(problem: Problem, amounts: Sequence[int]) -> list[str]:
    """Names of the limits that the amounts overstep: an answer must have none."""
    found = [
        lever.name
        for lever, n in zip(problem.levers, amounts, strict=True)
        if n < 0 or (lever.most is not None and n > lever.most)
    ]
    found += [
        pool
        for pool, levers in problem.pools.items()
        if sum(problem.levers[i].sign * amounts[i] for i in levers)
    ]
    found += [
        cap.name
        for cap in problem.caps
        if sum(weight * amounts[lever] for lever, weight in cap.weights.items()) > cap.most
    ]
    return found
