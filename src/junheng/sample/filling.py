"""The invented county as workbooks that a clerk has filled in, with mistakes if wished."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from junheng.registry.template import write_filled
from junheng.sample.character import Profile
from junheng.sample.county import CODE, NAME, YEARS, make_years
from junheng.sample.draws import DEMONSTRATION
from junheng.sample.marks import Rows, marks_of
from junheng.sample.papers import write_evidence
from junheng.sample.planting import Planted, plant


@dataclass(frozen=True)
class Written:
    """What `fill_years` wrote."""

    workbooks: tuple[Path, ...]
    """One a year, oldest first."""
    papers: int
    """Files of evidence."""
    planted: tuple[Planted, ...]
    """The mistakes in the last year's workbook."""


def fill_workbook(
    path: Path,
    *,
    seed: int,
    schools: int = 60,
    year: int = 2025,
    errors: int = 0,
    code: str = CODE,
    name: str = NAME,
    profile: Profile = "mixed",
) -> tuple[Planted, ...]:
    """Write the county's workbook to `path`; every title says 演示数据.

    With `errors`, so many mistakes are planted in it, at most one a school, and returned.
    Raises MisuseError where the county is too small for them.
    """
    return fill_years(
        path.parent,
        seed=seed,
        schools=schools,
        years=(year,),
        names={year: path.name},
        errors=errors,
        code=code,
        name=name,
        profile=profile,
    ).planted


def fill_years(
    folder: Path,
    *,
    seed: int,
    schools: int = 60,
    years: Sequence[int] = YEARS,
    names: Mapping[int, str] | None = None,
    errors: int = 0,
    evidence: Path | None = None,
    code: str = CODE,
    name: str = NAME,
    profile: Profile = "mixed",
) -> Written:
    """Write one workbook a year into `folder`, 示例县-2025.xlsx unless `names` says otherwise.

    With `evidence`, the files behind the records are written into that folder, or into one a year
    in it where there are several. With `errors`, so many mistakes are planted in the last year's workbook. Raises
    MisuseError as `make_years` and `fill_workbook` do.
    """
    made = make_years(
        seed=seed, schools=schools, years=years, code=code, name=name, profile=profile
    )
    planted: tuple[Planted, ...] = ()
    workbooks, papers, title = [], 0, f"{name}（{DEMONSTRATION}）"
    folder.mkdir(parents=True, exist_ok=True)
    for year, rows in made.items():
        path = folder / (names[year] if names else f"{name}-{year}.xlsx")
        workbooks.append(path)
        if errors and year == max(made):
            planted = write_with_mistakes(path, rows, year, title, errors, seed)
        else:
            write_filled(path, rows, marks_of(rows, year=year), year=year, county_name=title)
        if evidence is not None:
            papers += write_evidence(rows, evidence / str(year) if len(made) > 1 else evidence)
    return Written(tuple(workbooks), papers, planted)


def write_with_mistakes(
    path: Path, rows: Rows, year: int, title: str, errors: int, seed: int
) -> tuple[Planted, ...]:
    with tempfile.TemporaryDirectory() as scratch:
        clean = Path(scratch) / "clean.xlsx"
        write_filled(clean, rows, marks_of(rows, year=year), year=year, county_name=title)
        return plant(clean, path, count=errors, seed=seed)
