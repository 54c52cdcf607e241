"""The figures of a class-size plan that every output shows: by year, by option, by school."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from junheng.plan import ITEMS, Action, ClassSizePlan
from junheng.plan.class_size import CountyPlan, GradeYear, Outcome, SchoolPlan
from junheng.publish.digits import at_places, grouped
from junheng.studies import ClassSizeStudy

OPTIONS = (
    "class_opening", "room_conversion", "entrant_diverted", "pupil_moved", "class_merging",
    "teacher_year",
)  # fmt: skip
"""In order of cost; the teachers that the new classes need come last."""
OPTION_LABELS = {
    "class_opening": "空余教室增班",
    "room_conversion": "改造用房",
    "entrant_diverted": "控制招生、分流新生",
    "pupil_moved": "在校生转邻校",
    "class_merging": "撤并现有班级",
    "teacher_year": "补充专任教师",
}
NOTICE = "推演，不是填报数据：方案假设的结果，不得封存，不得作为事实公布"


@dataclass(frozen=True)
class YearFigures:
    """One county in one year."""

    year: int
    over: int
    """Classes above the limit; of a planned year, after the plan."""
    large: int
    super_large: int
    failing: int
    """Schools that fail GV5, as the engine judges."""
    over_if_nothing: int | None = None
    """None: today."""
    large_if_nothing: int | None = None
    super_large_if_nothing: int | None = None
    to_open: int | None = None
    rooms_lacking: int | None = None
    teachers_lacking: int | None = None


def year_figures(study: ClassSizeStudy, county: CountyPlan) -> list[YearFigures]:
    """Today, then every planned year."""
    return [_today(study, county), *_ahead(study, county)]


def _today(study: ClassSizeStudy, county: CountyPlan) -> YearFigures:
    counts = [count for school in county.schools for count in school.now.counts.values()]
    return YearFigures(
        study.today.year,
        sum(count.over for count in counts),
        sum(count.large for count in counts),
        sum(count.super_large for count in counts),
        failing_schools(study, county, study.today.year, "GV5"),
    )


def _ahead(study: ClassSizeStudy, county: CountyPlan) -> Iterator[YearFigures]:
    large, super_large = county.law.large, county.law.super_large
    for index, year in enumerate(study.answer.years):
        states = [school.years[index] for school in county.schools]
        grades = [grade for state in states for grade in state.grades]
        after = [size for grade in grades for size in grade.sizes]
        alone = [size for grade in grades for size in grade.sizes_if_nothing]
        yield YearFigures(
            year,
            sum(grade.over for grade in grades),
            sum(size >= large for size in after),
            sum(size >= super_large for size in after),
            failing_schools(study, county, year, "GV5"),
            sum(over_if_nothing(grade) for grade in grades),
            sum(size >= large for size in alone),
            sum(size >= super_large for size in alone),
            sum(state.to_open for state in states),
            sum(state.rooms_lacking for state in states),
            sum(sum(state.teachers_lacking.values()) for state in states),
        )


def over_if_nothing(grade: GradeYear) -> int:
    return sum(size > grade.limit for size in grade.sizes_if_nothing)


def failing_schools(study: ClassSizeStudy, county: CountyPlan, year: int, code: str) -> int:
    """Schools of the county that fail a line in a year."""
    lines = study.county(year, county.code).lines
    return sum(len(line.failing_schools) for line in lines if line.code == code)


@dataclass(frozen=True)
class OptionFigures:
    """One option over the horizon."""

    item: str
    label: str
    amount: int
    unit: str
    schools: int
    cost: Fraction
    price: str


def option_figures(study: ClassSizeStudy, actions: Sequence[Action]) -> list[OptionFigures]:
    """Every option in order of cost, those that are not used too."""
    answer, found = study.answer, []
    for item in OPTIONS:
        used = [action for action in actions if action.item == item]
        price, unit = _price(answer, item)
        found.append(
            OptionFigures(
                item,
                OPTION_LABELS[item],
                sum(action.amount for action in used),
                unit,
                len({action.school for action in used}),
                sum((action.cost_by(answer.years[-1]) for action in used), Fraction(0)),
                price,
            )
        )
    return found


def _price(answer: ClassSizePlan, item: str) -> tuple[str, str]:
    """The price in words, and what is counted; merging classes has no price."""
    if item not in ITEMS:
        return "", "班"
    per = ITEMS[item].unit
    return f"{grouped(at_places(answer.prices.amount(item), 0))}{per}", per.split("/")[1].split(
        "·"
    )[0]


def actions_of(study: ClassSizeStudy, county: CountyPlan) -> list[Action]:
    """The actions at the schools of a county."""
    codes = {school.now.code for school in county.schools}
    return [action for action in study.answer.actions if action.school in codes]


def county_cost(study: ClassSizeStudy, county: CountyPlan) -> Fraction:
    """Everything paid for the schools of a county within the horizon."""
    last = study.answer.years[-1]
    return sum((action.cost_by(last) for action in actions_of(study, county)), Fraction(0))


@dataclass(frozen=True)
class CountyFigures:
    """One county beside the others: today, and the last planned year after the plan."""

    county: CountyPlan
    over_now: int
    over: int
    large: int
    super_large: int
    schools: dict[Outcome, int]
    cost: Fraction


def county_figures(study: ClassSizeStudy) -> list[CountyFigures]:
    """Every county in the order of the plan."""
    found = []
    for county in study.answer.counties:
        years = year_figures(study, county)
        counts = {each: len(with_outcome(county, each)) for each in Outcome}
        counts[Outcome.NO_DATA] = len(county.unknown)
        last = years[-1]
        found.append(
            CountyFigures(
                county, years[0].over, last.over, last.large, last.super_large, counts,
                county_cost(study, county),
            )
        )  # fmt: skip
    return found


def with_outcome(county: CountyPlan, outcome: Outcome) -> list[SchoolPlan]:
    return [school for school in county.schools if school.outcome is outcome]


def wan(yuan: Fraction) -> str:
    """Yuan as 万元 with one place, for reading."""
    return f"{grouped(at_places(yuan / 10_000, 1))}万元"


def years_text(years: Sequence[int]) -> str:
    return "、".join(str(year) for year in years)


def headline(study: ClassSizeStudy, county: CountyPlan) -> str:
    """The conclusion in one sentence."""
    figures = year_figures(study, county)
    last = figures[-1]
    mended, legal, open_ = (
        len(with_outcome(county, each))
        for each in (Outcome.MENDED, Outcome.LEGAL, Outcome.UNMENDED)
    )
    return (
        f"现在{figures[0].over}个班超过限额；按方案做，到{last.year}学年还有{last.over}个班超限。"
        f"{legal}所（校区、教学点单列）不需措施，{mended}所可以解决，{open_}所现有办法解决不了。"
    )


def side_effects(study: ClassSizeStudy, county: CountyPlan) -> list[str]:
    """L1–L7 as the engine judges the last planned year, where more or fewer schools fail than today."""
    last = study.answer.years[-1]
    found = []
    for code in ("L1", "L2", "L3", "L4", "L5", "L6", "L7"):
        now = failing_schools(study, county, study.today.year, code)
        then = failing_schools(study, county, last, code)
        if now != then:
            found.append(f"{code}未达标的学校：今年{now}所，{last}学年{then}所")
    resource = study.county(last, county.code).resource
    found.append(
        f"{last}学年资源配置：{resource}（经费、设备、其余教师沿用今年，只反映学生与班级的变化）"
    )
    return found
