"""The files of several years, and of a screen: plain data and the Excel books."""

from pathlib import Path

from junheng.publish.book.screening import write_screening_book
from junheng.publish.book.years import write_years_book
from junheng.studies import ScreenStudy, Years, as_json, place, years_record

YEARS_BOOK, SCREEN_BOOK = "历年册.xlsx", "疑点册.xlsx"


def write_years(years: Years, out: Path) -> list[Path]:
    """`years.json` and 历年册.xlsx in `out`, each written aside and renamed; their paths."""
    out.mkdir(parents=True, exist_ok=True)
    data = out / "years.json"
    place(data, lambda path: path.write_text(as_json(years_record(years)), encoding="utf-8"))
    return [data, write_years_book(years, out / YEARS_BOOK)]


def write_screening(study: ScreenStudy, out: Path) -> list[Path]:
    """`screening.json` and 疑点册.xlsx in `out`, each written aside and renamed; their paths."""
    out.mkdir(parents=True, exist_ok=True)
    data = out / "screening.json"
    place(data, lambda path: path.write_text(as_json(study.record), encoding="utf-8"))
    return [data, write_screening_book(study, out / SCREEN_BOOK)]
