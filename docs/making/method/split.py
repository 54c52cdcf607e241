"""Sharing the premises of a combined school between its stages."""

from collections.abc import Iterator
from fractions import Fraction
from math import gcd, lcm

from junheng.diagnosis import PartVerdict
from junheng.indicators import CATALOGUE
from junheng.schema import Stage
from making.grids import grid
from making.method import written
from making.method.written import number, standard, valued

LETTERS = {Stage.PRIMARY: "A", Stage.JUNIOR: "B", Stage.SENIOR: "C"}
SCHOOLS = (
    ("九年一贯制", (Stage.PRIMARY, Stage.JUNIOR)),
    ("完全中学", (Stage.JUNIOR, Stage.SENIOR)),
    ("十二年一贯制", tuple(Stage)),
)


def weight(stage: str) -> Iterator[str]:
    yield number(standard().weights[Stage(stage)])


def quotient(above: str, below: str) -> Iterator[str]:
    """Weight of one stage over that of another."""
    weights = standard().weights
    yield number(weights[Stage(above)] / weights[Stage(below)])


def table() -> Iterator[str]:
    """The shares of each kind of school, with whole coefficients."""
    rows = []
    for kind, stages in SCHOOLS:
        whole = _whole(stages)
        below = " ＋ ".join(f"{w}{LETTERS[s]}" for s, w in whole.items())
        shares = [f"{whole[s]}{LETTERS[s]} ÷（{below}）" if s in whole else "—" for s in LETTERS]
        rows.append((kind, " : ".join(str(whole[s]) for s in stages), *shares))
    yield from grid(("学校", "整数比", "小学部", "初中部", "高中部"), rows)


def junior_per_pupil() -> Iterator[str]:
    """Value of a pupil of the junior part of a nine-year school, in whole coefficients."""
    whole = _whole((Stage.PRIMARY, Stage.JUNIOR))
    yield f"{whole[Stage.JUNIOR]}·R ÷（{whole[Stage.PRIMARY]}·A ＋ {whole[Stage.JUNIOR]}·B）"


def _whole(stages: tuple[Stage, ...]) -> dict[Stage, int]:
    """The weights of the stages as whole numbers without a common factor."""
    weights = {stage: standard().weights[stage] for stage in stages}
    scale = lcm(*(w.denominator for w in weights.values()))
    whole = {stage: int(w * scale) for stage, w in weights.items()}
    common = gcd(*whole.values())
    return {stage: w // common for stage, w in whole.items()}


def least() -> Iterator[str]:
    """What a nine-year school must have a weighted pupil, and the stage that decides it."""
    rows = []
    for code in standard().indicators:
        each = CATALOGUE[code]
        if not each.shared:
            continue
        needed = {
            stage: standard().limit(code, stage) / standard().weights[stage]
            for stage in standard().stages
        }
        most = max(needed.values())
        deciding = "、".join(stage.label for stage in needed if needed[stage] == most)
        rows.append((code, *map(valued, needed.values()), valued(most), deciding))
    heading = [f"{s.label}限值 ÷ {number(standard().weights[s])}" for s in standard().stages]
    yield from grid(("指标", *heading, "k", "由谁决定"), rows)


def shared(name: str, code: str) -> Iterator[str]:
    """How one quantity of the schools of a worked example is shared, every step."""
    rows = []
    for school in written.example(name).school:
        parts = [each for each in written.county(name).parts if each.school_code == school.code]
        assert parts, "a school of the example has parts"
        whole = sum(n * standard().weights[Stage(s)] for s, n in school.pupils.items())
        rows += [_shared(part, code, whole) for part in parts]
    yield from grid(("学段部", "折算学生数", "份额", "分到", "每生"), rows)


def _shared(part: PartVerdict, code: str, whole: Fraction) -> tuple[str, ...]:
    value = part.of(code).value
    assert value is not None
    own = part.pupils * standard().weights[part.stage]
    per = CATALOGUE[code].ratio.per
    amount = value * part.pupils / per
    return (
        part.stage.part_label,
        f"{part.pupils} × {number(standard().weights[part.stage])} ＝ {number(own)}",
        f"{number(own)} ÷ {number(whole)} ＝ {own / whole}",
        valued(amount),
        valued(value),
    )


def adds_up(name: str, code: str) -> Iterator[str]:
    """What the parts of the first school come to together."""
    parts = [
        p
        for p in written.county(name).parts
        if p.school_code == written.example(name).school[0].code
    ]
    per = CATALOGUE[code].ratio.per
    yield number(sum((p.of(code).value or 0) * p.pupils / per for p in parts))


def fold(name: str, code: str) -> Iterator[str]:
    """Value of the junior part over that of the primary part."""
    primary, junior = (
        p.of(code).value for p in written.county(name).parts if p.stage in standard().stages
    )
    assert primary
    assert junior
    yield number(junior / primary)
