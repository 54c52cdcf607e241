"""The files of a compliance plan: the plan as data, which can be checked anew, and the Excel book."""

from pathlib import Path

from junheng.publish.book.compliance import write_compliance_book
from junheng.studies import ComplianceStudy, as_json, place

PLAN_FILE, BOOK = "方案.json", "达标方案.xlsx"


def write_compliance(study: ComplianceStudy, out: Path) -> list[Path]:
    """`方案.json` and 达标方案.xlsx in `out`, each written aside and renamed; their paths."""
    out.mkdir(parents=True, exist_ok=True)
    data = out / PLAN_FILE
    place(data, lambda path: path.write_text(as_json(study.record), encoding="utf-8"))
    return [data, write_compliance_book(study, out / BOOK)]
