"""Writing the result book."""

from datetime import datetime, time
from pathlib import Path

from xlsxwriter import Workbook

from junheng.publish.wording import headline
from junheng.studies import Study, place


def write_book(study: Study, path: Path) -> Path:
    """Write the result book of a study; the file appears whole or not at all."""
    place(path, lambda aside: _write(study, aside))
    return path


def _write(study: Study, path: Path) -> None:
    book = Workbook(str(path), {"in_memory": True})
    book.set_properties({"created": datetime.combine(study.assessment.on, time())})
    sheet = book.add_worksheet("结论")
    for row, county in enumerate(study.assessment.counties):
        sheet.write_string(row, 0, headline(county))
    book.close()
