"""What to do, in order of cost: open a class in a free room, convert a room, cap the intake, move
pupils; where a 超大班额 would remain all the same, merge classes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from junheng.plan.class_size.law import CLASS_SIZE
from junheng.plan.class_size.paths import SchoolYearPath
from junheng.plan.class_size.present import STAGE_OF, SchoolNow
from junheng.plan.class_size.problem import Assignment, Rates, Site, Transfer
from junheng.plan.nouns import Action, Effect
from junheng.plan.pricing import PriceList

OPEN, CONVERT, DIVERT, MOVE, MERGE, TEACHERS = (
    "class_opening", "room_conversion", "entrant_diverted", "pupil_moved", "class_merging",
    "teacher_year",
)  # fmt: skip
KILOMETRE, BUILD = "pupil_kilometre", "classroom_building"
ORDER = (OPEN, CONVERT, DIVERT, MOVE, MERGE, TEACHERS)
HIRED = ("full_time_teachers", "certified_teachers", "teachers_bachelor")
"""Columns that a teacher who is hired adds to: certified, with a degree; trained hours come later."""


def rates_of(prices: PriceList) -> Rates:
    """The prices that the plan asks. Raises MisuseError where the list lacks one."""
    return Rates(
        opening=prices.amount(OPEN),
        conversion=prices.amount(CONVERT),
        diverting=prices.amount(DIVERT),
        moving=prices.amount(MOVE),
        kilometre_year=prices.amount(KILOMETRE),
        teacher_year=prices.amount(TEACHERS),
    )


@dataclass(frozen=True)
class Done:
    """One school with its model, its path and whether it stays above the limit."""

    school: SchoolNow
    site: Site
    path: Sequence[SchoolYearPath]


def actions_of(
    done: Sequence[Done], moved: Assignment, rates: Rates, years: Sequence[int]
) -> list[Action]:
    """Every action, by year, school and order of cost."""
    by_code = {each.school.code: each for each in done}
    found = [action for each in done for action in _at(each, rates, years)]
    found += [_transfer(each, by_code, rates, years) for each in moved.transfers]
    return sorted(
        found,
        key=lambda a: (a.year, a.school, ORDER.index(a.item), a.grade or 0, a.stage or "", a.to),
    )


def _at(done: Done, rates: Rates, years: Sequence[int]) -> Iterator[Action]:
    opened, converted = 0, 0
    hired: dict[str, int] = {}
    for index, (year, state) in enumerate(zip(years, done.path, strict=True)):
        completes = not state.unmet
        new = max(0, state.classes - done.site.classes_now) - opened
        rooms = state.converted - converted
        if rooms > 0:
            yield _conversion(done, rooms, converted, year, rates, completes=completes)
        if new > 0:
            told = "用空余教室和改出的教室" if state.converted else "用空余的普通教室"
            yield Action(
                done.school.code, OPEN, new, "班", year, rates.opening * new, Fraction(0),
                f"{told}增班，使每班不超过限额" if completes else f"{told}增班，降低班额",
                CLASS_SIZE, completes=completes,
            )  # fmt: skip
        yield from _merging(done, index, year)
        opened, converted = opened + max(new, 0), max(converted, state.converted)
        yield from _hirings(done, state, hired, year, rates)


def _merging(done: Done, index: int, year: int) -> Iterator[Action]:
    """Classes fewer than their cohorts had: it costs nothing, and disturbs every pupil in them."""
    if not done.site.merges:
        return
    before = done.path[index - 1].sizes if index else done.school.sizes
    state = done.path[index]
    fewer = {
        grade: len(before.get(grade - 1, ())) - len(sizes)
        for grade, sizes in state.sizes.items()
        if done.site.goes_up_to(grade)
    }
    merged = {grade: count for grade, count in sorted(fewer.items()) if count > 0}
    if merged:
        grades = "、".join(f"{grade}年级{count}个" for grade, count in merged.items())
        yield Action(
            done.school.code, MERGE, sum(merged.values()), "班", year, Fraction(0), Fraction(0),
            f"撤并现有班级（{grades}），年级内重新编班，腾出教室消除超大班额",
            CLASS_SIZE, completes=not state.unmet,
        )  # fmt: skip


def _conversion(
    done: Done, rooms: int, before: int, year: int, rates: Rates, *, completes: bool
) -> Action:
    chosen = done.school.convertible[before : before + rooms]
    code = done.school.code
    effects = [Effect(code, "regular_classrooms", Fraction(rooms))]
    effects += [Effect(code, column, Fraction(-1)) for each in chosen for column in each.takes]
    kinds = "、".join(dict.fromkeys(each.kind for each in chosen))
    return Action(
        code, CONVERT, rooms, "间", year, rates.conversion * rooms, Fraction(0),
        f"普通教室不够，把{kinds}改为普通教室；校舍面积不变", CLASS_SIZE,
        effects=tuple(effects), completes=completes,
    )  # fmt: skip


def _hirings(
    done: Done, state: SchoolYearPath, hired: dict[str, int], year: int, rates: Rates
) -> Iterator[Action]:
    for stage, ratio in done.site.teachers_a_class.items():
        classes = sum(len(each) for g, each in state.sizes.items() if STAGE_OF[g] is stage)
        lacking = max(0, ceil(ratio * classes - done.site.teachers.get(stage, 0)))
        more = lacking - hired.get(stage, 0)
        if more <= 0:
            continue
        hired[stage] = lacking
        yield Action(
            done.school.code, TEACHERS, more, "人", year, Fraction(0), rates.teacher_year * more,
            f"{stage.label}班数增加，按每班{_shown(ratio)}名专任教师补足（持证、本科）", CLASS_SIZE,
            stage=stage, completes=not state.unmet,
            effects=tuple(Effect(done.school.code, f"{c}_{stage}", Fraction(more)) for c in HIRED),
        )  # fmt: skip


def _transfer(
    each: Transfer, by_code: Mapping[str, Done], rates: Rates, years: Sequence[int]
) -> Action:
    once = rates.diverting if each.entrant else rates.moving
    bus = rates.kilometre_year * Fraction(each.metres, 1000) * each.pupils
    to = by_code[each.receiver].school.name
    verb = "招生封顶，超出的新生分流到" if each.entrant else "在校生转到"
    return Action(
        each.sender, DIVERT if each.entrant else MOVE, each.pupils, "人", years[each.year],
        once * each.pupils, bus, f"{verb}{to}（直线距离{each.metres}米）", CLASS_SIZE,
        stage=STAGE_OF[each.grade], grade=each.grade, to=each.receiver, distance_m=each.metres,
        last_year=years[each.year + each.years - 1],
    )  # fmt: skip


def _shown(value: Fraction) -> str:
    """At most two places, half up."""
    hundredths = int(value * 100 + Fraction(1, 2))
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") if rest else str(whole)
