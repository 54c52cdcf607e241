"""Robust verdicts: which hold under every open reading of the rules, and which reading flips which.

Every option of every open point is taken by itself and the whole county judged again. Pairs of
options are tried only where both touch the same line, only for verdicts that no single option
flips, and only up to a number that is said; so is what was not tried. Options that nobody claims to
be the rule (`only_compared`) are shown, but leave no verdict open.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations

from junheng.diagnosis import Assessment, Kept, Verdict, assess_facts
from junheng.errors import MisuseError
from junheng.registry import Facts, Snapshot
from junheng.standards import Document, Option, Switch, Switches
from junheng.studies.points import Key, Point, changed_lines, points_of

MOST_PAIRS = 40
"""Pairs of options tried: each is one more assessment of everything."""


@dataclass(frozen=True)
class Choice:
    """One option of one open point, other than the one that the study takes."""

    switch: Switch
    option: Option
    document: Document

    @property
    def name(self) -> str:
        return f"{self.switch.code}={self.option.code}"


@dataclass(frozen=True)
class Turn:
    """What one point becomes under one choice, or under two together."""

    choices: tuple[Choice, ...]
    was: Verdict | None
    """As the study reads the rules; None: not judged there."""
    becomes: Verdict | None
    """None: no longer judged, for instance because the school does not count."""

    @property
    def flips(self) -> bool:
        """Whether a verdict becomes another; else somebody only enters the count, or leaves it."""
        return self.was is not None and self.becomes is not None

    @property
    def only_compared(self) -> bool:
        return any(each.option.only_compared for each in self.choices)


@dataclass(frozen=True)
class Robustness:
    """One verdict, and everything that flips it or takes it out of the count."""

    point: Point
    verdict: Verdict | None
    """As the study reads the rules; None: judged under some other reading only."""
    turns: tuple[Turn, ...]

    @property
    def holds(self) -> bool:
        """Whether it is the same under every reading that somebody may claim to be the rule."""
        return not any(turn.flips and not turn.only_compared for turn in self.turns)

    @property
    def counted(self) -> bool:
        """Whether it is judged under every such reading."""
        return all(turn.flips or turn.only_compared for turn in self.turns)


@dataclass(frozen=True)
class Tried:
    """One choice, tried by itself."""

    choice: Choice
    changed: frozenset[Key]
    """Points of which a figure or the verdict changed, or that came or went."""
    lines: frozenset[str]
    """The lines of which they are."""


@dataclass(frozen=True)
class Readings:
    """A study of one snapshot under every open reading."""

    snapshot: Snapshot
    base: Assessment
    switches: Switches
    tried: tuple[Tried, ...]
    refused: tuple[tuple[Choice, str], ...]
    """Options that could not be taken on this day, and why."""
    found: tuple[Robustness, ...]
    pairs_tried: int
    pairs_untried: tuple[str, ...]
    """Sentences: which pairs were left out, and why."""

    def of(self, *key: str) -> Robustness:
        """The verdict with that key: kind, county, code, school, stage; trailing blanks may be left out."""
        wanted = (*key, *[""] * (5 - len(key)))
        return next(each for each in self.found if each.point.key == wanted)

    @cached_property
    def open_ones(self) -> tuple[Robustness, ...]:
        return tuple(each for each in self.found if not each.holds)

    @property
    def questions(self) -> tuple[tuple[Switch, int], ...]:
        """Each open point with the number of verdicts that hang on it, the heaviest first."""
        points = {t.choice.switch.code: t.choice.switch for t in self.tried}
        points |= {c.switch.code: c.switch for c, _ in self.refused}
        hanging = {
            code: sum(
                any(c.switch.code == code for t in each.turns if t.flips for c in t.choices)
                for each in self.open_ones
            )
            for code in points
        }
        listed = list(points)
        order = sorted(listed, key=lambda code: (-hanging[code], listed.index(code)))
        return tuple((points[code], hanging[code]) for code in order)


def read_every_way(
    snapshot: Snapshot,
    *,
    on: date,
    scheme: str = "2017-quality",
    switches: Switches | None = None,
    most_pairs: int = MOST_PAIRS,
) -> Readings:
    """Judge a snapshot under every open reading that touches a line of the scheme.

    Raises MisuseError as `assess` does for the switches of the study itself; an option that is not
    available on that day is listed instead.
    """
    desk = _Desk(snapshot.facts, on, scheme, switches or Switches(), Kept())
    base = desk.assess(())
    before = points_of(base)
    singles: list[_Seen] = []
    refused = []
    for choice in _choices(base):
        try:
            singles.append(((choice,), points_of(desk.assess((choice,)))))
        except MisuseError as error:
            refused.append((choice, str(error)))
    tried = tuple(_tried(choices[0], before, after) for choices, after in singles)
    turns = _turns(singles, before)
    pairs, untried = _pairs(tried, most_pairs)
    doubles: list[_Seen] = [(pair, points_of(desk.assess(pair))) for pair in pairs]
    for key, found in _turns(doubles, before).items():
        if all(turn.only_compared for turn in turns.get(key, ())):
            turns[key] = [*turns.get(key, ()), *found]
    everything = dict(before)
    for _, after in (*singles, *doubles):
        everything |= {key: point for key, point in after.items() if key not in everything}
    return Readings(
        snapshot=snapshot,
        base=base,
        switches=base.counties[0].standard.switches if base.counties else Switches(),
        tried=tried,
        refused=tuple(refused),
        found=tuple(
            Robustness(
                point, before[key].verdict if key in before else None, tuple(turns.get(key, ()))
            )
            for key, point in everything.items()
        ),
        pairs_tried=len(pairs),
        pairs_untried=tuple(untried),
    )


_Seen = tuple[tuple[Choice, ...], dict[Key, Point]]
"""Choices taken together, and what the assessment then says."""


@dataclass(frozen=True)
class _Desk:
    """What stays the same from one assessment to the next."""

    facts: Facts
    on: date
    scheme: str
    switches: Switches
    kept: Kept

    def assess(self, choices: Sequence[Choice]) -> Assessment:
        switches = self.switches
        for each in choices:
            switches = switches.taking(each.switch, each.option)
        return assess_facts(
            self.facts, on=self.on, scheme=self.scheme, switches=switches, kept=self.kept
        )


def _choices(base: Assessment) -> Iterator[Choice]:
    """Every option not taken, of every open point that touches a line of the scheme."""
    seen = set()
    for county in base.counties:
        standard = county.standard
        lines = {line.code for area in standard.scheme.area for line in area.line}
        for code, (switch, document) in standard.open_points.items():
            if code in seen or not {*switch.touches} & {*lines, *standard.indicators}:
                continue
            seen.add(code)
            taken = standard.reading(code)
            yield from (Choice(switch, o, document) for o in switch.option if o.code != taken)


def _tried(choice: Choice, before: dict[Key, Point], after: dict[Key, Point]) -> Tried:
    keys = frozenset(k for k in {*before, *after} if before.get(k) != after.get(k))
    lines = frozenset(line for k in keys for line in changed_lines(before.get(k), after.get(k)))
    return Tried(choice, keys, lines)


def _turns(seen: Iterable[_Seen], before: dict[Key, Point]) -> dict[Key, list[Turn]]:
    """For each point the choices under which its verdict is another."""
    found: dict[Key, list[Turn]] = {}
    for choices, after in seen:
        for key in dict.fromkeys([*before, *after]):
            was = before[key].verdict if key in before else None
            becomes = after[key].verdict if key in after else None
            if becomes is not was:
                found.setdefault(key, []).append(Turn(choices, was, becomes))
    return found


def _pairs(tried: Iterable[Tried], most: int) -> tuple[list[tuple[Choice, Choice]], list[str]]:
    """Pairs worth trying, and what is said of the others."""
    live = [t for t in tried if not t.choice.option.only_compared]
    touching = [
        (a.choice, b.choice)
        for a, b in combinations(live, 2)
        if a.choice.switch.code != b.choice.switch.code and a.lines & b.lines
    ]
    said = []
    if len(touching) > most:
        said.append(f"两种口径同时改变的组合有{len(touching) - most}对没有试（只试前{most}对）")
    said.append("没有试：不改动同一项指标的两种口径、只作比较的口径的组合，以及三种以上口径的组合")
    return touching[:most], said
