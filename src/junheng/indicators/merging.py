"""Rows that do not count as a school (不计校数) are added into their parent (standards.md §1)."""

from collections import defaultdict
from typing import Any

from junheng.indicators.absences import Missing
from junheng.indicators.scope import stands_alone
from junheng.indicators.stages import School, pupils_of, stages_of, sum_known
from junheng.registry import NOT_APPLICABLE, Facts, school_columns
from junheng.registry.applicability import must_fill
from junheng.schema import Column, Merge, Stage
from junheng.standards import Standard


def merged(facts: Facts, standard: Standard) -> tuple[list[School], list[Missing]]:
    """Schools with their uncounted rows added in, and the uncounted rows whose parent is not there.

    An uncounted row of an excluded type (附设特教班) merges into nobody: its pupils do not count,
    so neither do its teachers and rooms, and what it left blank is nothing its host lacks.
    """
    excluded = standard.role("scope").clause.excluded_types
    inapplicable = {
        (k, c) for t, k, c, m, _ in facts.marks.iter_rows() if m == NOT_APPLICABLE and t != "county"
    }
    rows = {
        row["school_code"]: _without_classes(row, inapplicable)
        for row in facts.schools.iter_rows(named=True)
    }
    children: dict[str, list[School]] = defaultdict(list)
    orphans = []
    heads = []
    for row in rows.values():
        if row["counts_as_school"] is not False or row["school_type"] in excluded:
            heads.append(row)
            continue
        parent = rows.get(row["parent_school_code"])
        if parent is None or parent["counts_as_school"] is False:
            orphans.append(
                Missing(
                    row["location_unit"],
                    row["school_code"],
                    row["school_name"],
                    stages_of(row["school_type"]),
                    "不计校数，但主校没有填报",
                )
            )
        elif stands_alone(row, parent, standard):
            heads.append(row)
        else:
            children[parent["school_code"]].append(row)
    return [_merge(row, children[row["school_code"]], inapplicable) for row in heads], orphans


def _without_classes(row: School, inapplicable: set[tuple[str, str]]) -> School:
    """The row with no pupils in the attached classes that it says — it does not have."""
    columns = ("attached_primary_enrolment", "attached_junior_enrolment")
    denied = [c for c in columns if row[c] is None and (row["school_code"], c) in inapplicable]
    return {**row, **dict.fromkeys(denied, 0)}


def _merge(parent: School, children: list[School], inapplicable: set[tuple[str, str]]) -> School:
    """One school out of a parent and its uncounted rows; a sum with a missing value is missing."""
    group = [parent, *children]
    stages = _union(group)
    whole: School = {
        **parent,
        "stages": stages,
        "merged": [each["school_code"] for each in children],
    }
    for stage in Stage:
        whole[f"pupils_{stage}"] = sum_known(pupils_of(each, stage) for each in group)
    if not children:
        return whole
    for name, column in school_columns().items():
        if column.merge is Merge.PARENT:
            continue
        whole[name] = _total(group, column, inapplicable)
    return whole


def _total(group: list[School], column: Column, inapplicable: set[tuple[str, str]]) -> Any:
    """Sum (or greatest) of what the rows filed; None where one of them had to file it and did not.

    A blank where nothing had to be filed (不适用, a stage the row lacks, an exception it does not
    claim) adds nothing to the others.
    """
    name = column.name
    filed = [each[name] for each in group if each[name] is not None]
    owing = any(
        each[name] is None
        and (each["school_code"], name) not in inapplicable
        and must_fill(column, each)
        for each in group
    )
    if owing or not filed:
        return None
    return max(filed) if column.merge is Merge.MAX else sum(filed)


def _union(group: list[School]) -> frozenset[Stage]:
    return frozenset(stage for each in group for stage in stages_of(each["school_type"], each))
