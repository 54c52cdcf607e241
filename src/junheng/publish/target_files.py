"""The files of a study of targets: plain data and the Excel book."""

from pathlib import Path

from junheng.publish.book.targets import write_target_book
from junheng.studies import as_json, place
from junheng.studies.targets import TargetStudy

TARGET_BOOK = "目标册.xlsx"


def write_targets(study: TargetStudy, out: Path) -> list[Path]:
    """`targets.json` and 目标册.xlsx in `out`, each written aside and renamed; their paths."""
    out.mkdir(parents=True, exist_ok=True)
    data = out / "targets.json"
    place(data, lambda path: path.write_text(as_json(study.record), encoding="utf-8"))
    return [data, write_target_book(study, out / TARGET_BOOK)]
