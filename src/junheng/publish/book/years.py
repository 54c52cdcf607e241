"""历年册: several years side by side, CV lines with charts, school lines, what was defined otherwise."""

from collections.abc import Callable
from pathlib import Path

from junheng.publish.book.listing import Listing, Sheet, write_listing
from junheng.publish.book.looks import Looks
from junheng.publish.book.opening import opened_book
from junheng.publish.book.year_charts import draw_charts
from junheng.publish.book.year_lists import (
    conclusions,
    definition_changes,
    lines,
    provenance,
    spreads,
)
from junheng.publish.book.year_schools import jumps, lineage, schools, values
from junheng.publish.year_words import judged_by, years_title
from junheng.studies import Years, place

BUILDS: tuple[Callable[[Years], Listing], ...] = (
    conclusions,
    spreads,
    lines,
    schools,
    values,
    definition_changes,
    lineage,
    jumps,
    provenance,
)
CHARTS = "差异系数图"


def write_years_book(years: Years, path: Path) -> Path:
    """Write 历年册 to `path` and return it; the same years give the same bytes."""
    place(path, lambda aside: _write(years, aside))
    return path


def _write(years: Years, path: Path) -> None:
    latest = years.studies[max(years.studies)].assessment.on
    title = years_title(years)
    book = opened_book(path, latest, title="历年册", subject=title)
    looks = Looks(book)
    for build in BUILDS:
        listing = build(years)
        sheet = Sheet(book.add_worksheet(listing.name), looks)
        sheet.printed(left=title, right="历年册")
        write_listing(sheet, listing, f"{title}　{judged_by(years)}")
        if build is spreads:
            charts = Sheet(book.add_worksheet(CHARTS), looks)
            charts.printed(left=title, right="历年册", landscape=False)
            draw_charts(book, charts, years)
    book.close()
