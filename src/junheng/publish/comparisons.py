"""The files of a study of readings, and of a policy diff."""

from pathlib import Path

from junheng.publish.book.comparing import write_against_book, write_readings_book
from junheng.studies import Against, Readings, against_record, as_json, place, readings_record


def write_readings(readings: Readings, out: Path) -> list[Path]:
    """`readings.json` and `口径.xlsx` in `out`, each written aside and renamed; their paths."""
    out.mkdir(parents=True, exist_ok=True)
    data = out / "readings.json"
    text = as_json(readings_record(readings))
    place(data, lambda path: path.write_text(text, encoding="utf-8"))
    return [data, write_readings_book(readings, out / "口径.xlsx")]


def write_against(found: Against, out: Path) -> list[Path]:
    """`against.json` and `对照.xlsx` in `out`."""
    out.mkdir(parents=True, exist_ok=True)
    data = out / "against.json"
    text = as_json(against_record(found))
    place(data, lambda path: path.write_text(text, encoding="utf-8"))
    return [data, write_against_book(found, out / "对照.xlsx")]
