"""The files of a class-size plan: plain data and the Excel book."""

from pathlib import Path

from junheng.publish.book.class_size import write_class_size_book
from junheng.studies import ClassSizeStudy, as_json, place

CLASS_SIZE_BOOK = "班额方案.xlsx"


def write_class_size(study: ClassSizeStudy, out: Path) -> list[Path]:
    """`class_size.json` and 班额方案.xlsx in `out`, each written aside and renamed; their paths."""
    out.mkdir(parents=True, exist_ok=True)
    data = out / "class_size.json"
    place(data, lambda path: path.write_text(as_json(study.record), encoding="utf-8"))
    return [data, write_class_size_book(study, out / CLASS_SIZE_BOOK)]
