"""Numbers of persons made up, and teachers written from one part of a school onto the other."""

from math import ceil

from junheng.sample.fraud.kinds import Planting, fraud

COUNTS = (*(f"enrolment_grade_{grade}" for grade in range(1, 10)), "migrant_children_enrolled", "boarders")  # fmt: skip
STAFF = ("full_time_teachers_primary", "full_time_teachers_junior")


def _invent(planting: Planting, code: str, share: float) -> None:
    """So much of the school's numbers becomes a multiple of 5 or 10."""
    for table, names in (("seats", COUNTS), ("staffing", STAFF)):
        row = planting.row(table, code)
        for name in names:
            if row.get(name) and row[name] >= 10 and planting.chance.random() < share:
                step = planting.chance.choice((5, 10))
                row[name] = max(step, (row[name] + step // 2) // step * step)


@fraud(
    "一所学校的人数凭空编造",
    strengths=("四成是整数", "七成是整数", "全是整数"),
    answered_by=("round_counts",),
)
def numbers_made_up(planting: Planting) -> tuple[str, ...]:
    """A large school's numbers end in 0 or 5."""
    for code in planting.plain():
        seats = planting.row("seats", code)
        if sum((seats.get(name) or 0) >= 20 for name in COUNTS) >= 6:
            _invent(planting, code, (0.4, 0.7, 1.0)[planting.strength - 1])
            return (code,)
    return ()


@fraud(
    "许多学校的人数凭空编造",
    strengths=("一成半的学校", "三成的学校", "六成的学校"),
    answered_by=("round_counts_county", "round_counts"),
)
def numbers_made_up_everywhere(planting: Planting) -> tuple[str, ...]:
    """Part of the county's schools make their numbers up."""
    codes = planting.plain("primary", "junior", "nine_year")
    chosen = codes[: ceil(len(codes) * (0.15, 0.3, 0.6)[planting.strength - 1])]
    for code in chosen:
        _invent(planting, code, 0.8)
    return tuple(chosen)


@fraud(
    "九年一贯制学校把教师数挪到另一学段，刚好达标",
    strengths=("挪1人", "挪2—3人", "挪4—6人"),
    answered_by=("teachers_moved",),
    reaches=2,
)
def teachers_counted_in_the_other_part(planting: Planting) -> tuple[str, ...]:
    """Key teachers of the primary part are filed in the junior part, which passes with them."""
    low, high = ((1, 1), (2, 3), (4, 6))[planting.strength - 1]
    for code in planting.plain("nine_year"):
        last, row = planting.last_row("staffing", code), planting.row("staffing", code)
        seats = planting.row("seats", code)
        if last is None:
            continue
        name = "key_teachers_county_plus"
        pupils = {stage: seats[f"enrolment_{stage}"] or 0 for stage in ("primary", "junior")}
        need = {s: ceil(planting.limit("L2", s) * pupils[s] / 100) for s in pupils}
        moved = planting.chance.randint(low, high)
        if need["junior"] < moved:
            continue
        row[f"{name}_primary"] = need["primary"] + planting.chance.randint(0, 2)
        row[f"{name}_junior"] = need["junior"]
        last[f"{name}_primary"] = row[f"{name}_primary"] + moved
        last[f"{name}_junior"] = need["junior"] - moved
        return (code,)
    return ()
