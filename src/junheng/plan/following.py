"""What follows in a school's lists and land from what a plan adds to its return.

A return is checked against its lists: rooms against the register of rooms, areas against the campuses,
the sports ground against the land. Where a list told everything before, it tells everything after;
where it did not, it is left as it was filed. Ground that the school's land does not hold is new land.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from junheng.registry.checks.rule import rules_of

GROUND, LAND = "sports_ground_area_m2", "campus_area_m2"
NETWORKED = "multimedia_classrooms"
REGULAR, OTHER, NEW = "regular", "other", "新增联网"
Rows = dict[str, list[dict[str, Any]]]
Added = Mapping[str, Fraction]
"""Column → what is added to one school's return."""


def lists_follow(found: Rows, added: Mapping[tuple[str, str], Fraction], year: int) -> None:
    """Change `found` (table → rows), whose returns hold `added` (school, column) already."""
    by_school: dict[str, dict[str, Fraction]] = {}
    for (school, column), amount in added.items():
        if amount:
            by_school.setdefault(school, {})[column] = amount
    facilities = {row["school_code"]: row for row in found["facilities"]}
    rooms, campuses = _grouped(found["rooms"]), _grouped(found["campuses"])
    for school, more in by_school.items():
        filed = facilities.get(school)
        if filed is None:
            continue
        if GROUND in more and None not in (filed[GROUND], filed[LAND]):
            filed[LAND] = max(filed[LAND], filed[GROUND])
        _on_a_campus(campuses.get(school, []), more)
        listed = rooms.get(school, [])
        new = [{**row, "school_code": school} for row in _rooms(listed, filed, more, year)]
        found["rooms"] += new
        _networked(found["rooms"], [*listed, *new], filed, more)


def _grouped(rows: Sequence[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    grouped: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        grouped.setdefault(row["school_code"], []).append(row)
    return grouped


def _on_a_campus(rows: Sequence[dict[str, Any]], added: Added) -> None:
    """What is added stands on the first campus: the sum over the campuses is the school."""
    for rule in rules_of("campuses_make_the_school"):
        for column in rule.columns:
            if column in added and rows and all(row[column] is not None for row in rows):
                rows[0][column] += _decimal(added[column])


def _rooms(
    rows: list[dict[str, Any]], filed: Mapping[str, Any], added: Added, year: int
) -> Iterator[dict[str, Any]]:
    """New rooms of the kinds that the list told in full; those that are given up become the new ones."""
    kinds = {
        c: types[0] for rule in rules_of("room_list_counts") for c, types in rule.words.items()
    }
    least = {bin_.column: bin_.low for rule in rules_of("room_list_bins") for bin_ in rule.bins}
    told = [
        (column, kind, int(added[column]))
        for column, kind in kinds.items()
        if column in added and filed[column] is not None
        and sum(row["room_type"] == kind for row in rows) == filed[column] - added[column] > 0
    ]  # fmt: skip
    given_up: list[dict[str, Any]] = []
    for _, kind, number in told:
        for _ in range(-number):
            large = max(
                (r for r in rows if r["room_type"] == kind), key=lambda r: r["area_m2"] or 0
            )
            large["room_type"] = OTHER
            given_up.append(large)
    names = {row["room_no"] for row in rows}
    for column, kind, number in told:
        sizes = [low for name, low in least.items() if name in added and name.startswith(column)]
        free = (name for name in _names(year, kind) if name not in names)
        for _ in range(number):
            if kind == REGULAR and given_up:
                given_up.pop()["room_type"] = REGULAR
                continue
            yield {
                "room_no": next(free), "room_type": kind, "area_m2": max(sizes, default=None),
                "built_year": year, "networked": False,
            }  # fmt: skip


def _names(year: int, kind: str) -> Iterator[str]:
    number = 0
    while True:
        number += 1
        yield f"{year}-{kind}-{number}"


def _networked(
    all_: list[dict[str, Any]], rows: list[dict[str, Any]], filed: Mapping[str, Any], added: Added
) -> None:
    """Rooms that are equipped: classrooms first, then others; where all are, new ones are listed."""
    if NETWORKED not in added or filed[NETWORKED] is None:
        return
    before = filed[NETWORKED] - added[NETWORKED]
    if sum(row["networked"] is True for row in rows) != before or not any(
        row["room_type"] == REGULAR for row in rows
    ):
        return
    bare = [row for row in rows if row["networked"] is False]
    bare.sort(key=lambda row: row["room_type"] != REGULAR)
    number = int(added[NETWORKED])
    for row in bare[:number]:
        row["networked"] = True
    all_ += [
        {
            **rows[0], "room_no": f"{NEW}{place}", "room_type": OTHER, "area_m2": None,
            "networked": True,
        }
        for place in range(len(bare) + 1, number + 1)
    ]  # fmt: skip


def _decimal(amount: Fraction) -> Decimal:
    """An amount with two places."""
    return Decimal(int(amount * 100)) / 100


__all__ = ["lists_follow"]
