"""The files of a study, and the findings of a check as plain data."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from junheng.registry import Finding, Level, Report

if TYPE_CHECKING:
    from junheng.studies import Study

BOOK = "结果册.xlsx"
FINDINGS_FORMAT = "junheng findings 1"


def write_results(study: "Study", out: Path) -> list[Path]:
    """Data files and the Excel result book in `out`, each written aside and renamed; their paths.

    A scheme that judges no school (2012-basic) has no such book: the book is about schools."""
    from junheng.publish.book import write_book
    from junheng.studies import write_data

    data = write_data(study, out)
    if not all(county.standard.judges_schools for county in study.assessment.counties):
        return data
    return [*data, write_book(study, out / BOOK)]


def finding_rows(report: Report) -> list[dict[str, Any]]:
    """One plain row a finding, in the order of the report."""
    return [_row(each) for each in report.findings]


def findings_record(report: Report) -> dict[str, Any]:
    """A whole report as JSON-ready data; its shape is `findings.schema.json` beside this file."""
    filing = report.filing
    return {
        "format": FINDINGS_FORMAT,
        "acceptable": report.acceptable,
        "template": filing.template_version,
        "sources": [{"file": s.file, "sha256": s.sha256, "bytes": s.size} for s in filing.sources],
        "counts": {level.value: len(report.at(level)) for level in Level},
        "findings": finding_rows(report),
        "missing_schools": [{"code": code, "name": name} for code, name in report.missing_schools],
        "unverified": [{"check": check, "reason": reason} for check, reason in report.unverified],
    }


def _row(each: Finding) -> dict[str, Any]:
    return {
        "level": each.level.value,
        "check": each.check,
        "file": each.origin.file,
        "sheet": each.origin.sheet,
        "cell": each.origin.cell,
        "raw": each.origin.raw,
        "found": each.found,
        "allowed": each.allowed,
        "mend": each.mend,
        "table": each.table,
        "key": list(each.key),
        "column": each.column,
        "sentence": each.sentence,
    }
