"""A new Excel file as all our books are opened, and the file that holds a single list of a county."""

from datetime import date, datetime, time
from pathlib import Path

from xlsxwriter import Workbook

from junheng.diagnosis import CountyVerdict
from junheng.publish.book.listing import Listing, Sheet, write_listing
from junheng.publish.book.looks import Looks
from junheng.publish.wording import county_title
from junheng.studies import Study
from junheng.years import SchoolYear


def opened_book(path: Path, day: date, **properties: str) -> Workbook:
    """A workbook dated `day`, so that it has the same bytes whenever it is written.

    Text that looks like a formula or an address stays text."""
    plain = {"strings_to_formulas": False, "strings_to_urls": False}
    book = Workbook(str(path), {"in_memory": True, **plain})
    book.set_properties({**properties, "created": datetime.combine(day, time())})
    return book


def write_county_list(
    study: Study, county: CountyVerdict, listing: Listing, path: Path, *, title: str
) -> None:
    """One list of one county as an Excel file of its own: filterable."""
    on = study.assessment.on
    book = opened_book(path, on, title=title, subject=county.name)
    sheet = Sheet(book.add_worksheet(listing.name), Looks(book))
    sheet.printed(left=county_title(county), right=f"评估日期 {on.isoformat()}")
    told = f"{county_title(county)}　{SchoolYear(study.assessment.year)}　评估日期 {on.isoformat()}"
    write_listing(sheet, listing, told)
    book.close()
