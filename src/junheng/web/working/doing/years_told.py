"""What a compliance run is told of the years to come, laid beside its plan: of its own schools alone.

Whoever may see the run may fetch these files, and the plan holds what they say: of a county's run
they must not tell of another county's schools.
"""

import csv
from collections.abc import Mapping, Set
from pathlib import Path
from shutil import copyfile
from typing import Any

from junheng.errors import RefusedError
from junheng.plan.compliance.ahead.path import FILE, read_class_size
from junheng.plan.compliance.ahead.table import COLUMNS, read_pupils
from junheng.plan.compliance.question import LATEST
from junheng.registry import Facts

PUPILS, CLASS_SIZES = "学生数表", "班额方案.json"
LONGEST_SUFFIX = len(".xlsx")
"""Of what follows the last dot of a name that anybody may send, so much is kept."""
Used = tuple[str, str]
"""What was used, in words: its kind, and which."""


def schools_in(facts: Facts, county: str) -> frozenset[str]:
    """Codes of the returns of one county."""
    rows = facts.schools.select("school_code", "location_unit").iter_rows()
    return frozenset(code for code, place in rows if place == county)


def laid_beside(
    job: Mapping[str, Any], facts: Facts
) -> tuple[Path | None, Path | None, list[Used]]:
    """The table of pupils and the class-size plan in the folder of the run, and what was used.

    Raises RefusedError where nothing of the table is the county's, or the plan tells of others."""
    own = schools_in(facts, job["county"]) if job.get("county") else None
    pupils = class_size = None
    used = []
    if table := job.get("pupils"):
        pupils, words = _table(table, facts, own)
        used.append(("学生数表", words))
    if plan := job.get("class_size"):
        class_size = Path(CLASS_SIZES)
        _refuse_others(plan, facts, own)
        copyfile(Path(plan["path"]) / FILE, class_size)
        used.append(
            ("班额方案", f"{plan['title']}（第{plan['run']}号，方案指纹 {plan['plan'][:16]}）")
        )
    return pupils, class_size, used


def _table(table: Mapping[str, str], facts: Facts, own: Set[str] | None) -> tuple[Path, str]:
    """The table as it was sent where it tells of these schools alone; else their rows as CSV."""
    whole = Path(PUPILS + Path(table["name"]).suffix.lower()[:LONGEST_SUFFIX])
    copyfile(table["path"], whole)
    proof = f"SHA-256 {table['sha256'][:16]}"
    if own is None:
        return whole, f"{table['name']}（{whole}，{proof}）"
    counts = read_pupils(whole, facts, latest=LATEST).counts
    kept = [each for each in counts if each.school in own]
    if len(kept) == len(counts):
        return whole, f"{table['name']}（{whole}，{proof}）"
    whole.unlink()
    if not kept:
        raise RefusedError(f"学生数表“{table['name']}”里没有本区县的学校。请换一张表，再安排一次。")
    cut = Path(f"{PUPILS}.csv")
    with cut.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for each in kept:
            classes = "" if each.classes is None else each.classes
            writer.writerow([each.school, each.stage.label, each.year, each.pupils, classes])
    return cut, f"{table['name']}里本区县的{len(kept)}行（{cut}；原表 {proof}）"


def _refuse_others(plan: Mapping[str, Any], facts: Facts, own: Set[str] | None) -> None:
    if own is None:
        return
    told = {each.school for each in read_class_size(Path(plan["path"]), facts).counts}
    if not told <= own:
        raise RefusedError(
            f"班额方案“{plan['title']}”里有别的区县的学校。请换本区县自己的班额方案，再安排一次。"
        )


__all__ = ["LONGEST_SUFFIX", "laid_beside", "schools_in"]
