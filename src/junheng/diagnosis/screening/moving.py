"""Pupils and teachers moved between schools or parts, just enough to pass."""

from collections.abc import Iterator
from fractions import Fraction
from math import ceil

from junheng.diagnosis.parts import Measured
from junheng.diagnosis.screening.classes import changes_of
from junheng.diagnosis.screening.kinds import Outcome, asked, looks_for
from junheng.diagnosis.screening.nouns import Question, Screen
from junheng.diagnosis.screening.view import GRADES, PartKey, Turn
from junheng.indicators import CATALOGUE
from junheng.schema import Stage

TEACHERS = ("L1", "L2", "L3")
"""Filed by stage in whole persons, so that a number can be moved from one part to another."""


@looks_for("pupils_moved")
def pupils_moved(screen: Screen, turn: Turn) -> Outcome:
    """One school's cohorts lost about what another's gained, and the first passes only so."""
    for stage in GRADES:
        changes = dict(changes_of(turn, stage))
        for code, (then, gone) in changes.items():
            if gone < screen.number("least") or gone < screen.number("share") * then:
                continue
            narrow = list(_narrow(screen, turn, code, stage, gone))
            near = screen.number("match_share") * gone
            takers = [
                (abs(other + gone), c)
                for c, (_, other) in changes.items()
                if c != code and other < 0 and abs(other + gone) <= near
            ]
            if not narrow or not takers:
                continue
            taker = min(takers)[1]
            found = (
                f"“{turn.now.rows[code]['school_name']}”同一批学生{then}→{then - gone}人，少{gone}人；"
                f"“{turn.now.rows[taker]['school_name']}”同一批学生多{-changes[taker][1]}人。"
                f"少了这些学生后：{'；'.join(narrow)}"
            )
            yield Question(
                "pupils_moved", turn.county, turn.now.year, asked(turn, code, taker), stage, "", found,
                turn.now.told(code, f"enrolment_{stage}"),
            )  # fmt: skip


def _narrow(screen: Screen, turn: Turn, code: str, stage: Stage, gone: int) -> Iterator[str]:
    """What the school passes by no more than the margin, and would not with the pupils that left."""
    margin = 1 + screen.number("margin")
    row, last = turn.now.rows[code], turn.last_row(code)
    limit = turn.now.size_limit(row)
    pupils = sum(row[f"enrolment_{each}"] or 0 for each in GRADES)
    if limit is not None and pupils <= limit < pupils + gone and pupils * margin >= limit:
        yield f"学校规模{pupils}人，限值{limit}人"
    most = turn.now.class_limit(turn.county, stage)
    column = f"max_class_size_{stage}"
    if most is not None and last is not None and row[column] == most < (last[column] or 0):
        yield f"最大班额{last[column]}→{row[column]}人，限额{most}人"
    part = turn.now.parts.get((code, stage))
    if part is None:
        return
    standard = turn.now.standards[turn.county]
    for indicator in standard.indicators:
        value, least = part.value(indicator), standard.limit(indicator, stage)
        own = part.row["pupils"]
        if (
            value is not None
            and least <= value <= least * margin
            and value * own < least * (own + gone)
        ):
            yield f"{indicator}刚过标准"


@looks_for("teachers_moved")
def teachers_moved(screen: Screen, turn: Turn) -> Outcome:
    """Teachers of one part are those of another now, and the receiver passes with not one to spare."""
    if turn.last is None:
        return
    givers, takers = _moves(turn)
    for key, gained in takers.items():
        within = _partner(key)
        if within in givers:
            same = {i: n for i, n in gained.items() if givers[within].get(i) == n}
            same = {i: n for i, n in same.items() if n >= screen.number("least_within")}
            if same:
                yield _moved(turn, within, key, same)
        for other, lost in givers.items():
            same = {i: n for i, n in gained.items() if lost.get(i) == n}
            same = {i: n for i, n in same.items() if n >= screen.number("least_between")}
            if other[0] != key[0] and other[1] is key[1] and len(same) >= screen.number("indicators_between"):  # fmt: skip
                yield _moved(turn, other, key, same)


Counts = dict[PartKey, dict[str, int]]


def _moves(turn: Turn) -> tuple[Counts, Counts]:
    """By part and indicator: teachers lost (still passing), and gained up to exactly the need."""
    givers: Counts = {}
    takers: Counts = {}
    standard = turn.now.standards[turn.county]
    for key, part in turn.now.parts_of(turn.county):
        last = turn.last_part(key)
        for indicator in TEACHERS if last is not None else ():
            if indicator not in standard.indicators:
                continue
            now, then = teachers(part, indicator), teachers(last, indicator)
            limit = standard.limit(indicator, key[1])
            need = ceil(limit * part.row["pupils"] / CATALOGUE[indicator].ratio.per)
            if now is None or then is None:
                continue
            if now < then and now >= need:
                givers.setdefault(key, {})[indicator] = then - now
            if now == need > then:
                takers.setdefault(key, {})[indicator] = now - then
    return givers, takers


def teachers(part: Measured | None, indicator: str) -> int | None:
    """Persons in the numerator of an indicator per hundred pupils."""
    value = None if part is None else part.value(indicator)
    if part is None or value is None:
        return None
    return int(value * Fraction(part.row["pupils"]) / CATALOGUE[indicator].ratio.per)


def _partner(key: PartKey) -> PartKey:
    """The other compulsory part of the same school."""
    code, stage = key
    return code, Stage.JUNIOR if stage is Stage.PRIMARY else Stage.PRIMARY


def _moved(turn: Turn, giver: PartKey, taker: PartKey, counts: dict[str, int]) -> Question:
    told = "；".join(
        f"{indicator}：“{turn.now.title(giver)}”少{n}人，“{turn.now.title(taker)}”多{n}人，刚好够标准"
        for indicator, n in counts.items()
    )
    codes = dict.fromkeys((giver[0], taker[0]))
    return Question(
        "teachers_moved", turn.county, turn.now.year, asked(turn, *codes), taker[1],
        "、".join(counts), told, turn.now.told(taker[0], f"full_time_teachers_{taker[1]}"),
    )  # fmt: skip
