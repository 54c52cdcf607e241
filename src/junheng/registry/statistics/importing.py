"""The whole import: files in, values by school with their places out, every problem named."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from junheng.garbage import uncollected
from junheng.registry.filing import Finding, Value
from junheng.registry.reading.sandbox.wire import Limits
from junheng.registry.statistics.asking import asked, inapplicable
from junheng.registry.statistics.counties import Counties
from junheng.registry.statistics.gathering import gather_rows
from junheng.registry.statistics.mappings import Mapping as Known
from junheng.registry.statistics.mappings import shipped
from junheng.registry.statistics.nouns import Hidden, Imported
from junheng.registry.statistics.opening import open_files
from junheng.registry.statistics.sets import set_findings
from junheng.registry.statistics.uniting import Schools
from junheng.registry.statistics.values import read_fields


def read_statistics(
    paths: Sequence[Path],
    *,
    year: int,
    county: str = "",
    county_name: str = "",
    units: Mapping[str, str] | None = None,
    mapping: Known | None = None,
    hidden: Hidden = "ask",
    partial: bool = False,
    prefer: Sequence[str] = (),
    limits: Limits = Limits(),  # noqa: B008 - frozen
) -> Imported:
    """What workbooks of the national statistics say of the schools of one county.

    `year` is the first calendar year of the school year, `county` the code of the county: schools
    of another 统计三级 are left out and counted. `units` gives a code to a county that the sheets
    name only by its name; `mapping` is `shipped()` or `with_files`. `hidden` says whether hidden
    sheets, rows and columns are read, skipped or stop the import; `partial` lets an incomplete
    set through; of two different values the one of the file named first in `prefer` is taken.
    Nothing is written. Raises MisuseError where a path is not there.
    """
    known = mapping or shipped()
    with uncollected():
        opened = open_files(paths, known, year=year, hidden=hidden, limits=limits)
        counties = Counties(county, dict(units or {}))
        rows = gather_rows(opened.pages, known, counties)
        schools = Schools(prefer)
        schools.identify(rows)
        read_fields(rows, schools)
    schools.drop_inapplicable()
    findings = [
        *opened.findings,
        *counties.findings(),
        *rows.findings,
        *schools.findings,
        *set_findings(opened.pages, rows, schools, known, partial=partial),
    ]
    never = inapplicable(schools.values, year)
    form: dict[str, Value] = {"filing_year": year}
    if county:
        form["county_code"] = county
    if county_name or counties.name:
        form["county_name"] = county_name or counties.name
    return Imported(
        pages=tuple(opened.pages),
        findings=tuple(_in_order(findings)),
        sources=tuple(opened.sources),
        values=schools.values,
        county=form,
        asked=asked(schools.values, never, form, year),
        inapplicable=never,
    )


def _in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Those that stop the import first, each group in reading order."""
    order = ["必须改", "请说明", "提示"]
    return sorted(findings, key=lambda each: order.index(each.level.value))
