"""Codes and names are only names: other ones for schools and counties change nothing else."""

import json
import re
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from oracle.cases import CODES, COUNTIES
from oracle.view import plain

from junheng.registry import Facts, Snapshot
from junheng.studies import assess
from properties.cases import ON, YEAR, Marks, Rows, assessed, holds, several

NAMED = (*CODES, *COUNTIES, "school_name")


def words(rows: Rows) -> list[str]:
    """Every code and name that the rows hold, in order."""
    found = {row[c] for listed in rows.values() for row in listed for c in NAMED if row.get(c)}
    return sorted(found)


def fresh(number: int) -> str:
    """A word that stands nowhere else; a later number sorts later."""
    return f"⟦{number:04d}⟧"


def renamed(rows: Rows, marks: Marks, new: dict[str, str]) -> tuple[Rows, Marks]:
    other = {
        table: [row | {c: new[row[c]] for c in NAMED if row.get(c)} for row in listed]
        for table, listed in rows.items()
    }
    return other, [(table, new.get(key, key), *rest) for table, key, *rest in marks]


def told(rows: Rows, marks: Marks) -> str:
    """All that `assessment.json` says of the counties."""
    snapshot = Snapshot(Path("seal"), Facts.from_rows(rows, marks, year=YEAR), {})
    return json.dumps(assess(snapshot, on=ON).record["counties"], ensure_ascii=False)


@holds(several(), few=4)
def test_other_words_in_the_same_order_give_the_same_report_with_the_other_words(county):
    rows, marks = county
    old = words(rows)
    new = {word: fresh(number) for number, word in enumerate(old)}
    after = told(*renamed(rows, marks, new))
    assert re.sub(r"⟦(\d{4})⟧", lambda found: old[int(found[1])], after) == told(rows, marks)


@holds(several(), st.randoms(use_true_random=False), few=4)
def test_words_in_another_order_change_no_value_no_verdict_and_no_share(county, chance):
    rows, marks = county
    old = words(rows)
    mixed = chance.sample(range(len(old)), len(old))
    new = {word: fresh(number) for word, number in zip(old, mixed, strict=True)}
    back = {other: word for word, other in new.items()}
    after = plain(assessed(*renamed(rows, marks, new)))
    assert restored(after, back) == restored(plain(assessed(rows, marks)), {})


def restored(value: Any, back: dict[str, str]) -> Any:
    """The plain assessment with its old words; lists of schools in the order of these."""
    if isinstance(value, dict):
        return {restored(k, back): restored(v, back) for k, v in value.items()}
    if isinstance(value, tuple):
        return tuple(restored(each, back) for each in value)
    if isinstance(value, list):
        return sorted((restored(each, back) for each in value), key=repr)
    return back.get(value, value) if isinstance(value, str) else value
