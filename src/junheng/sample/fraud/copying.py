"""Returns copied from another school or from last year."""

from junheng.sample.fraud.kinds import Planting, fraud

AREAS = ("teaching_auxiliary_area_m2", "sports_ground_area_m2", "campus_area_m2")
MORE = ("building_area_m2", "green_area_m2", "equipment_value_yuan")


@fraud(
    "照抄另一所学校",
    strengths=("抄3栏", "抄6栏并略改2栏", "整张表照抄"),
    answered_by=("copied",),
)
def another_school_copied(planting: Planting) -> tuple[str, ...]:
    """Facilities (and staff, when bold) are those of another school."""
    codes = planting.plain("primary")
    if len(codes) < 2:
        return ()
    source, target = codes[:2]
    one, other = planting.row("facilities", source), planting.row("facilities", target)
    for name in (*AREAS, *(MORE if planting.strength > 1 else ())):
        other[name] = one[name]
    if planting.strength == 2:
        for name in planting.chance.sample(AREAS, 2):
            other[name] += 1
    if planting.strength == 3:
        other.update({k: v for k, v in one.items() if k != "school_code"})
    return (source, target)


@fraud(
    "照抄上年的学生数与经费",
    strengths=("抄后改两个年级", "只抄学生数与两项经费", "整张表照抄"),
    answered_by=("repeated",),
)
def last_year_copied(planting: Planting) -> tuple[str, ...]:
    """Grades and funds are those of last year."""
    for code in planting.plain():
        seats, finance = planting.row("seats", code), planting.row("finance", code)
        last, money = planting.last_row("seats", code), planting.last_row("finance", code)
        if last is None or money is None or not finance["public_funds_budget_prev_yuan"]:
            continue
        seats.update(last)
        names = list(money)[: 3 if planting.strength == 2 else len(money)]
        finance.update({name: money[name] for name in names})
        if planting.strength == 1:
            first = 7 if planting.stage(code) == "junior" else 1
            for grade in (first, first + 1):
                seats[f"enrolment_grade_{grade}"] += 1
        return (code,)
    return ()
