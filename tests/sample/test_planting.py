"""Planted mistakes: each is named where it stands, and mending exactly those leaves nothing."""

import json
from collections import defaultdict
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

import pytest

from junheng.errors import MisuseError
from junheng.registry import Level, Report, State
from junheng.registry.checks import catalogue, check
from junheng.registry.reading import checks as reading_checks
from junheng.registry.reading import read
from junheng.sample import Planted, fill_years, mend, plant
from junheng.sample.mistakes import MISTAKES

pytestmark = pytest.mark.slow

YEAR = 2025
PLANTED = 560
"""Somewhat more than 500, because slips that are read silently are planted too."""

EVIDENCE = "佐证材料"
NOT_BY_CELLS = {
    "S01": "file", "S02": "file", "S03": "file", "S04": "file", "S05": "file", "S06": "file",
    "S07": "file", "S08": "file", "S09": "file", "S10": "file", "S25": "file", "S22": "two files",
    "S11": "sheets", "S12": "sheets", "S13": "sheets",
    "V10": "openpyxl writes no result beside a formula",
    "S57": "the reader names a repeated row before the check can (S21)",
    "K15.12": "last year", "K15.13": "last year", "K1.3": "last year", "R91": "last year",
    "R92": "last year", "R93": "last year", "K11.8": "last year", "K11.9": "last year",
    "K11.10": "last year", "K11.11": "last year", "K13.4": "three years ago",
    "R94": "last year", "R95": "last year", "R96": "last year", "R97": "last year",
    "R154": "last year", "R155": "last year", "R156": "earlier years", "R157": "last year",
    "R116": "a file that no row names",
}  # fmt: skip
"""Checks that no typing in one workbook can provoke; the tests of reader and checks have them."""


def report(path: Path, evidence: Path) -> Report:
    return check(read([path]), year=YEAR, evidence=evidence)


def said(found: Report) -> set[tuple[str, str, str, str]]:
    """The findings without the name of the file."""
    return {(f.check, f.origin.sheet, f.origin.cell, f.found) for f in found.findings}


def unnamed(planted: Sequence[Planted], found: Report, before: Report) -> list[str]:
    """Mistakes of which nothing is said, and silent slips of which something is."""
    here = defaultdict(list)
    for each in found.findings:
        here[each.origin.sheet, each.origin.cell].append(each)
    wrong = []
    for each in planted:
        named = [
            f
            for f in here[each.sheet, each.cell]
            if (f.check, f.origin.sheet, f.origin.cell, f.found) not in said(before)
        ]
        fits = any(f.check in each.checks and f.level is each.level for f in named)
        if not (not named if each.silent else fits):
            wrong.append(f"{each} → {[(str(f.level), f.check, f.found) for f in named]}")
    return wrong


@pytest.fixture(scope="module")
def clean(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    fill_years(
        folder,
        seed=3,
        schools=30,
        profile="passing",
        years=(YEAR,),
        evidence=folder / EVIDENCE,
    )
    return folder / f"示例县-{YEAR}.xlsx"


@pytest.fixture(scope="module")
def before(clean) -> Report:
    """What is found before anything is planted."""
    return report(clean, clean.parent / EVIDENCE)


def test_a_filled_county_has_nothing_to_mend_and_every_oddity_explained(before):
    assert {f.level for f in before.findings} <= {Level.NOTE}
    assert all("已说明" in f.found for f in before.findings)
    assert not before.missing_schools


@pytest.mark.prove
def test_500_mistakes_of_every_kind_are_named_and_mending_exactly_those_leaves_none(tmp_path):
    good, bad, mended = (tmp_path / f"{name}.xlsx" for name in ("good", "bad", "mended"))
    papers = tmp_path / EVIDENCE
    fill_years(
        tmp_path, seed=11, schools=620, years=(YEAR,), names={YEAR: good.name}, evidence=papers
    )
    planted = plant(good, bad, count=PLANTED, seed=11)
    named = [each for each in planted if not each.silent]
    assert len(named) >= 500
    assert {each.mistake for each in planted} >= {
        name for name, each in MISTAKES.items() if each.scope == "school"
    }

    before, found = report(good, papers), report(bad, papers)
    assert unnamed(planted, found, before) == []

    touched = {code for each in planted for code in each.schools}
    touched |= {str(change.put) for each in planted for change in each.changes}
    cells = {(each.sheet, each.cell) for each in planted}
    strays = [
        f.sentence
        for f in found.findings
        if (f.check, f.origin.sheet, f.origin.cell, f.found) not in said(before)
        and not touched & {*f.key, f.origin.raw}
        and (f.origin.sheet, f.origin.cell) not in cells
        and not (f.origin.sheet == "" and f.origin.file.split("-")[0] in touched)
    ]
    assert strays == [], "nothing is said of a school that nobody touched"

    mend(bad, mended, planted)
    after = report(mended, papers)
    assert {f.level for f in after.findings} <= {Level.NOTE}
    assert said(after) == said(before)


def _batches() -> list[list[str]]:
    """The kinds made once a workbook: those of different topics together, touchy ones alone."""
    topics = defaultdict(list)
    for name, each in MISTAKES.items():
        if each.scope == "county":
            topics[each.topic].append(name)
    single = [name for topic in ("布局", "转学") for name in topics.pop(topic)]
    together = [[n for n in batch if n] for batch in zip_longest(*topics.values())]
    return [*together, *([name] for name in single)]


@pytest.mark.slow
@pytest.mark.parametrize("kinds", _batches(), ids=lambda kinds: kinds[0])
def test_mistakes_of_the_county_office_and_of_the_sheets_are_named(kinds, clean, before, tmp_path):
    bad, mended = tmp_path / "bad.xlsx", tmp_path / "mended.xlsx"
    planted = plant(clean, bad, count=len(kinds), seed=1, kinds=kinds)
    papers = clean.parent / EVIDENCE
    assert unnamed(planted, report(bad, papers), before) == []
    mend(bad, mended, planted)
    assert said(report(mended, papers)) == said(before)


def test_every_check_that_typing_can_provoke_has_a_mistake_that_provokes_it():
    codes = {row[0] for row in catalogue()} | set(reading_checks())
    provoked = {code for each in MISTAKES.values() for code in each.checks}
    assert codes - provoked == set(NOT_BY_CELLS) - provoked
    assert provoked <= codes, "no mistake expects a check that does not exist"


def test_a_slip_that_is_read_silently_leaves_the_value_as_it_was(clean, tmp_path):
    silent = [name for name, each in MISTAKES.items() if each.silent]
    bad = tmp_path / "slips.xlsx"
    planted = plant(clean, bad, count=3 * len(silent), seed=2, kinds=silent)
    assert {each.mistake for each in planted} == set(silent)

    def values(path: Path) -> dict[tuple[str, tuple[str, ...]], dict[str, object]]:
        records = check(read([path]), year=YEAR).filing.records
        return {
            (r.table, r.key): {
                c: e.value if e.state is State.FILED else e.state for c, e in r.entries.items()
            }
            for r in records
        }

    assert values(bad) == values(clean)


def test_planting_gives_the_same_bytes_from_the_same_seed(clean, tmp_path):
    paths = [tmp_path / f"{n}.xlsx" for n in range(3)]
    first = plant(clean, paths[0], count=10, seed=5)
    again = plant(clean, paths[1], count=10, seed=5)
    other = plant(clean, paths[2], count=10, seed=6)
    assert first == again
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert first != other


def test_no_school_is_touched_twice(clean, tmp_path):
    planted = plant(clean, tmp_path / "bad.xlsx", count=20, seed=5)
    schools = [code for each in planted for code in each.schools]
    assert len(set(schools)) == len(schools)


def test_too_many_mistakes_or_an_unknown_kind_are_refused_and_nothing_is_written(clean, tmp_path):
    out = tmp_path / "bad.xlsx"
    with pytest.raises(MisuseError, match="只能埋入"):
        plant(clean, out, count=500, seed=1)
    with pytest.raises(MisuseError, match="没有这些错误种类：抄错"):
        plant(clean, out, count=1, seed=1, kinds=["抄错"])
    assert not out.exists()


def test_a_workbook_with_mistakes_is_filled_in_one_call_and_says_so_in_words(tmp_path):
    planted = fill_years(
        tmp_path,
        seed=1,
        schools=24,
        years=(YEAR,),
        names={YEAR: "bad.xlsx"},
        errors=5,
        evidence=tmp_path / EVIDENCE,
    ).planted
    assert len(planted) == 5
    assert all("原为" in str(each) for each in planted)
    assert json.dumps([str(each) for each in planted], ensure_ascii=False)
    found = report(tmp_path / "bad.xlsx", tmp_path / EVIDENCE)
    assert len(found.findings) >= sum(not each.silent for each in planted)
