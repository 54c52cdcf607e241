"""区县填报表: figures of the county office that cannot be true together."""

from collections.abc import Callable
from random import Random

from openpyxl.cell.cell import Cell

from junheng.registry.filing import Level
from junheng.sample.desk import Desk
from junheng.sample.mistakes.figures import Number, figure, filed, wan
from junheng.sample.mistakes.recipe import mistake

EXPLAIN = Level.EXPLAIN


def office(
    name: str,
    check: str,
    column: str,
    of: Callable[[Desk], Number],
    *,
    topic: str,
    level: Level = Level.MUST_FIX,
    shows_at: str = "",
    alone: bool = False,
) -> None:
    """Enter a recipe that types over one item of the county form."""

    def make(desk: Desk, _: str, __: Random) -> Cell | None:
        if not filed(desk, column):
            return None
        desk.put(desk.form_cell(column), of(desk))
        return desk.form_cell(shows_at or column)

    mistake(name, check, level=level, scope="county", topic=topic, alone=alone)(make)


def _schools(desk: Desk, *columns: str) -> Number:
    return sum(figure(desk, code, column) for code in desk.schools for column in columns)


def _scaled(column: str, by: float) -> Callable[[Desk], Number]:
    return lambda desk: round(filed(desk, column) * by, 4)


def _slipped(column: str) -> Callable[[Desk], Number]:
    return lambda desk: wan(filed(desk, column))


office("交流教师多于符合条件教师", "K12.1", "rotated",
       lambda d: filed(d, "rotation_eligible") + 1, topic="交流")  # fmt: skip
office("交流骨干多于交流教师", "K12.2", "rotated_key",
       lambda d: filed(d, "rotated") + 1, topic="交流骨干")  # fmt: skip
office("符合交流条件教师多于全县教师", "K12.3", "rotation_eligible",
       lambda d: _schools(d, "full_time_teachers_primary", "full_time_teachers_junior") + 100,
       topic="交流", alone=True)  # fmt: skip
office("交流骨干多于全县骨干", "K12.4", "rotated_key",
       lambda d: _schools(d, "key_teachers_county_plus_primary", "key_teachers_county_plus_junior") + 100,
       topic="交流", alone=True)  # fmt: skip
office("分配指标多于招生计划", "R51", "quality_senior_quota",
       lambda d: filed(d, "quality_senior_plan") + 1, topic="指标")  # fmt: skip
office("农村指标多于分配指标", "R52", "quality_senior_quota_rural",
       lambda d: filed(d, "quality_senior_plan") + 9, topic="农村指标")  # fmt: skip
office("就读随迁子女多于符合条件", "R53", "migrant_eligible",
       lambda d: int(filed(d, "migrant_in_public") / 2), topic="随迁",
       shows_at="migrant_in_public")  # fmt: skip
office("公办随迁子女多于各校之和", "R54", "migrant_in_public",
       lambda d: _schools(d, "migrant_children_enrolled") + 50, topic="随迁", alone=True)  # fmt: skip
office("入学残疾儿童多于适龄", "R55", "disabled_school_age",
       lambda d: filed(d, "disabled_enrolled") - 5, topic="残疾", shows_at="disabled_enrolled")  # fmt: skip
office("残疾儿童入学不等于三类之和", "R56", "disabled_inclusion",
       lambda d: filed(d, "disabled_inclusion") + 3, topic="残疾三类", shows_at="disabled_enrolled")  # fmt: skip
office("特教经费按万元填", "R57", "special_ed_funds_total_yuan",
       lambda d: round(filed(d, "special_ed_funds_total_yuan") / 10_000, 2), topic="特教")  # fmt: skip
office("特教经费填了全部支出", "R58", "special_ed_funds_total_yuan",
       _scaled("special_ed_funds_total_yuan", 50), topic="特教", level=EXPLAIN)  # fmt: skip
for _label, _column, _slip, _odd in (
    ("教师工资", "teacher_mean_pay_prev_yuan", "R59", "R60"),
    ("公务员工资", "civil_servant_mean_pay_prev_yuan", "R61", "R62"),
):
    office(f"{_label}少了一万倍", _slip, _column, _slipped(_column), topic=_label)
    office(
        f"{_label}填了月数", _odd, _column, _scaled(_column, 1 / 12), topic=_label, level=EXPLAIN
    )
for _label, _column, _odd in (
    ("小学公用经费标准", "fund_standard_primary_yuan", "R63"),
    ("初中公用经费标准", "fund_standard_junior_yuan", "R64"),
):
    office(
        f"{_label}少一位",
        _odd,
        _column,
        _scaled(_column, 0.1),
        topic=_label,
        level=EXPLAIN,
        alone=True,
    )
for _label, _column, _slip, _odd in (
    ("上年度教育支出", "general_budget_edu_prev_yuan", "R65", "R66"),
    ("上上年度教育支出", "general_budget_edu_prev2_yuan", "R67", "R68"),
):
    office(f"{_label}少了一万倍", _slip, _column, _slipped(_column), topic=_label)
    office(f"{_label}多一位", _odd, _column, _scaled(_column, 20), topic=_label, level=EXPLAIN)
office("填报年度写错", "S56", "filing_year", lambda d: filed(d, "filing_year") - 1,
       topic="年度", alone=True)  # fmt: skip
