"""An invented result for the cast: 甲县 and 乙县 with a few schools, the cast's own among them."""

import tempfile
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from shutil import copytree
from typing import Any

from desk_cast import Cast
from django.conf import settings

from junheng.registry import Facts, Snapshot
from junheng.registry.facts_folder import parquet_of
from junheng.sample import make_county, marks_of
from junheng.studies import Study, assess
from junheng.web.actions.run_leases import finish_run, take_run
from junheng.web.actions.runs import queue_run
from junheng.web.models import Run
from junheng.web.roles import Role
from junheng.web.working.pages import write_pages
from junheng.web.working.shown.assessments import page_of

YEAR, ON = 2025, date(2026, 3, 31)
COUNTIES = {"419951": ("甲县", 3), "419952": ("乙县", 4)}
"""Code → name and seed; as in the cast."""
FILE = "示例.xlsx"


def renamed(rows: Mapping[str, list[dict[str, Any]]], names: Mapping[str, str]) -> dict[str, Any]:
    """The rows with other school codes."""

    def told(value: Any) -> Any:
        return names.get(value, value) if isinstance(value, str) else value

    return {t: [{c: told(v) for c, v in row.items()} for row in held] for t, held in rows.items()}


def county_rows(code: str) -> dict[str, Any]:
    """One county of ten schools, of which the first two bear the codes of the cast."""
    name, seed = COUNTIES[code]
    made = make_county(seed=seed, schools=10, year=YEAR, code=code, name=name)
    first = [row["school_code"] for row in made["schools"][:2]]
    wanted = [f"21{code[:2]}95{code[-1]}00{n}" for n in (1, 2)]
    return renamed(made, dict(zip(first, wanted, strict=True)))


@cache
def study() -> Study:
    """The assessment of both counties, with an origin for each value."""
    parts = [county_rows(code) for code in COUNTIES]
    rows = {table: [row for part in parts for row in part[table]] for table in parts[0]}
    plain = {
        t: [{c: v for c, v in r.items() if "!" not in c} for r in held] for t, held in rows.items()
    }
    facts = Facts.from_rows(plain, marks_of(rows, year=YEAR), year=YEAR)
    seal = {
        "year": YEAR,
        "facts": facts.fingerprint,
        "by": "示例",
        "on": ON.isoformat(),
        "missing_schools": [],
    }
    snapshot = Snapshot(Path(f"{YEAR}-000000000000"), facts, seal)
    snapshot.__dict__["origins"] = _origins(facts)
    return assess(snapshot, on=ON)


def _origins(facts: Facts) -> Any:
    import polars as pl

    from junheng.registry.snapshot import ORIGINS

    found = [
        (name, row["school_code"], column, FILE, "0" * 64, name, f"C{number + 5}", str(value))
        for name, frame in facts.frames.items()
        if "school_code" in frame.columns
        for number, row in enumerate(frame.iter_rows(named=True))
        for column, value in row.items()
        if value is not None
    ]
    return pl.DataFrame(found, schema=dict.fromkeys(ORIGINS, pl.String()), orient="row")


@cache
def _written() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="junheng-result-"))
    write_pages(study(), folder / "pages")
    page_of(study()).write(folder)
    (folder / "assessment.parquet").write_bytes(parquet_of(study().table))
    return folder


def assessed(cast: Cast, *, official: bool = True, county: int | None = None) -> Run:
    """A done assessment of the cast's city (or of one of its counties), once a database."""
    office = cast.city if county is None else cast.counties[county]
    held = Run.objects.filter(kind="assessment", state="done", office=office, official=official)
    if (found := held.select_related("office").first()) is not None:
        return found
    by = cast.people[Role.CITY_OFFICER, "own"]
    queue_run(
        kind="assessment", title="示例评估", office=office, by=by, year=YEAR, official=official,
        settings={"on": ON.isoformat()},
    )  # fmt: skip
    run = take_run("tests")
    assert run is not None
    receipt = {**study().receipt.to_json(), "clauses": [], "summary": {"verdicts": {"未达标": 2}}}
    folder = f"{run.pk}-1"
    target = Path(settings.DATA) / "results" / folder

    def place() -> Path:
        return Path(copytree(_written(), target, dirs_exist_ok=True))

    assert finish_run(run, receipt=receipt, folder=folder, place=place)
    return Run.objects.select_related("office").get(pk=run.pk)
