"""The files of a compliance plan: data that can be checked anew, the Word document, the Excel book, the page."""

from pathlib import Path

from junheng.publish.book.compliance import write_compliance_book
from junheng.publish.html.compliance import compliance_page
from junheng.publish.word.compliance import compliance_paper
from junheng.studies import ComplianceStudy, as_json, place

PLAN_FILE, PAPER, BOOK, PAGE = "方案.json", "达标方案.docx", "达标方案.xlsx", "达标方案.html"


def write_compliance(study: ComplianceStudy, out: Path) -> list[Path]:
    """`方案.json`, 达标方案.docx, 达标方案.xlsx and 达标方案.html in `out`, each written aside and
    renamed; their paths.

    The same study gives the same bytes."""
    out.mkdir(parents=True, exist_ok=True)
    data, paper, page = out / PLAN_FILE, out / PAPER, out / PAGE
    text = compliance_page(study)
    place(data, lambda path: path.write_text(as_json(study.record), encoding="utf-8"))
    place(paper, lambda path: path.write_bytes(compliance_paper(study).packed()))
    book = write_compliance_book(study, out / BOOK)
    place(page, lambda path: path.write_text(text, encoding="utf-8", newline="\n"))
    return [data, paper, book, page]
