"""Class sizes at the limit: capped intakes told from shortened lists, as far as the data allow.

A school that really caps keeps its pupils: the cohort that was in grade 3 is in grade 4. Lists that
were shortened lose pupils between two years, or have more classes than rooms.
"""

from collections.abc import Iterator
from fractions import Fraction

from junheng.diagnosis.screening.kinds import Outcome, asked, looks_for
from junheng.diagnosis.screening.nouns import Question, Screen
from junheng.diagnosis.screening.tails import at_least
from junheng.diagnosis.screening.view import GRADES, Row, Turn, YearView, classes_over, cohorts
from junheng.schema import Stage

NEIGHBOURS = 2
"""A class one or two pupils below the limit is a neighbour of one exactly at it."""


def _upper(view: YearView, code: str, row: Row, stage: Stage, limit: int) -> tuple[int, int]:
    """Classes above the entry grade, and how many of them are surely exactly at the limit.

    Without a class list: n classes of at most L pupils with E pupils lack D = nL − E, so at least
    n − D classes are full; the entry grade can hold at most ⌈its pupils ÷ L⌉ of them.
    """
    listed = view.classes.get((code, stage))
    entry = GRADES[stage][0]
    if listed:
        upper = [pupils for grade, pupils in listed if grade != entry]
        return len(upper), sum(pupils == limit for pupils in upper)
    grades = [row[f"enrolment_grade_{grade}"] for grade in GRADES[stage]]
    count = row[f"class_count_{stage}"]
    if not count or row[f"max_class_size_{stage}"] != limit or None in grades:
        return 0, 0
    entering = -(-grades[0] // limit)
    return count - entering, max(0, sum(grades) - (limit - 1) * count - entering)


def _crowded_rooms(row: Row) -> int:
    """Classes without a regular classroom; 0 where rooms or classes are not known."""
    classes = [row[f"class_count_{stage}"] or 0 for stage in GRADES]
    senior = row["enrolment_senior"] or 0
    rooms = row["regular_classrooms"]
    return 0 if rooms is None or senior else max(0, sum(classes) - rooms)


def _limits(turn: Turn) -> Iterator[tuple[Stage, int]]:
    for stage in GRADES:
        limit = turn.now.class_limit(turn.county, stage)
        if limit is not None:
            yield stage, limit


@looks_for("class_limit")
def class_limit(screen: Screen, turn: Turn) -> Outcome:
    """Most classes above the entry grade exactly full, and pupils or rooms that do not agree."""
    for stage, limit in _limits(turn):
        for code, row in turn.now.of_county(turn.county):
            largest = row[f"max_class_size_{stage}"]
            upper, full = _upper(turn.now, code, row, stage, limit)
            if largest != limit or full < screen.number("least_classes"):
                continue
            doubt = _doubt(screen, turn, code, row, stage)
            if doubt and full >= screen.number("share") * upper:
                found = f"起始年级以外{upper}个班中至少{full}个恰好{limit}人，没有一个超过；{doubt}"
                yield Question(
                    "class_limit", turn.county, turn.now.year, asked(turn, code), stage, "GV5", found,
                    turn.now.told(code, f"enrolment_{stage}"),
                )  # fmt: skip


def _doubt(screen: Screen, turn: Turn, code: str, row: Row, stage: Stage) -> str:
    crowded = _crowded_rooms(row)
    if crowded:
        return f"班级比普通教室多{crowded}个"
    stayed = cohorts(row, turn.last_row(code), stage)
    if stayed is None or stayed[0] - stayed[1] < screen.number("drop_share") * stayed[0]:
        return ""
    return f"同一批学生上年{stayed[0]}人，今年升一级后{stayed[1]}人，少了{stayed[0] - stayed[1]}人"


@looks_for("class_limit_county")
def class_limit_county(screen: Screen, turn: Turn) -> Outcome:
    """A heap exactly at the limit over the county's class lists, in schools that lost pupils."""
    for stage, limit in _limits(turn):
        full = near = over = 0
        heaped: list[str] = []
        kept: dict[bool, list[tuple[int, int]]] = {True: [], False: []}
        for code, row in turn.now.of_county(turn.county):
            sizes = [p for g, p in turn.now.classes.get((code, stage), ()) if g != GRADES[stage][0]]
            stayed = cohorts(row, turn.last_row(code), stage)
            if not sizes or stayed is None:
                continue
            here = sum(size == limit for size in sizes)
            full += here
            near += sum(limit - NEIGHBOURS <= size < limit for size in sizes)
            over += sum(size > limit for size in sizes)
            heap = here >= screen.number("school_share") * len(sizes)
            kept[heap].append(stayed)
            heaped += [code] if heap else []
        if full < screen.number("least_classes") or len(heaped) < screen.number("schools"):
            continue
        chance = at_least(full, full + near, screen.number("fair_share"))
        more = _lost(kept[True]) - max(_lost(kept[False]), Fraction(0))
        if (
            chance <= screen.number("tail")
            and over <= screen.number("above_share") * full
            and more >= screen.number("drop_share")
        ):
            found = (
                f"班级清单里起始年级以外恰好{limit}人的班{full}个，少一两人的{near}个，超过的{over}个；"
                f"压线较多的{len(heaped)}所学校同一批学生少了{_tenths(_lost(kept[True]))}，其他学校{_tenths(_lost(kept[False]))}"
            )
            yield Question(
                "class_limit_county", turn.county, turn.now.year, asked(turn, *heaped), stage, "GV5", found
            )  # fmt: skip


def _lost(stayed: list[tuple[int, int]]) -> Fraction:
    """Share of the pupils of last year's cohorts that is gone."""
    then = sum(a for a, _ in stayed)
    return Fraction(then - sum(b for _, b in stayed), then) if then else Fraction(0)


def _tenths(share: Fraction) -> str:
    """A share in per cent with one place, for a sentence."""
    tenths = int(abs(share) * 1000 + Fraction(1, 2))
    return f"{'-' if share < 0 else ''}{tenths // 10}.{tenths % 10}%"


@looks_for("cohort_shaved")
def cohort_shaved(screen: Screen, turn: Turn) -> Outcome:
    """Classes over the limit are gone because pupils are, and nobody took in as many."""
    for stage, limit in _limits(turn):
        changes = dict(changes_of(turn, stage))
        for code, (then, gone) in changes.items():
            row, last = turn.now.rows[code], turn.last_row(code)
            largest = row[f"max_class_size_{stage}"]
            if last is None or not largest or largest > limit:
                continue
            over = classes_over(last, stage, limit)
            enough = (
                gone >= screen.number("drop_least") and gone >= screen.number("drop_share") * then
            )
            if not enough or over < screen.number("classes_over"):
                continue
            near = screen.number("match_share") * gone
            if any(abs(-other - gone) <= near for c, (_, other) in changes.items() if c != code):
                continue
            found = (
                f"上年超过{limit}人的班有{over}个，今年一个也没有；班级数{last[f'class_count_{stage}']}→"
                f"{row[f'class_count_{stage}']}，同一批学生{then}→{then - gone}人，少了{gone}人"
            )
            yield Question(
                "cohort_shaved", turn.county, turn.now.year, asked(turn, code), stage, "GV5", found,
                turn.now.told(code, f"enrolment_{stage}"),
            )  # fmt: skip


def changes_of(turn: Turn, stage: Stage) -> Iterator[tuple[str, tuple[int, int]]]:
    """School → pupils of last year's cohorts, and how many of them are gone (negative: came)."""
    for code, row in turn.now.of_county(turn.county):
        stayed = cohorts(row, turn.last_row(code), stage)
        if stayed is not None:
            yield code, (stayed[0], stayed[0] - stayed[1])


@looks_for("rooms_lacking")
def rooms_lacking(screen: Screen, turn: Turn) -> Outcome:
    """More classes than regular classrooms, though every class is within its limit."""
    limits = dict(_limits(turn))
    for code, row in turn.now.of_county(turn.county):
        crowded = _crowded_rooms(row)
        sizes = {stage: row[f"max_class_size_{stage}"] or 0 for stage in limits}
        within = all(size <= limits[stage] for stage, size in sizes.items())
        rooms = row["regular_classrooms"] or 0
        if (
            within
            and crowded >= screen.number("more_least")
            and crowded >= screen.number("more_share") * rooms
        ):
            found = f"义务教育班级{rooms + crowded}个，普通教室{rooms}间，多出{crowded}个班；最大班额都不超过限额"
            yield Question(
                "rooms_lacking", turn.county, turn.now.year, asked(turn, code), None, "GV5", found,
                turn.now.told(code, "regular_classrooms"),
            )  # fmt: skip
