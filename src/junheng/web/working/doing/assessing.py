"""An assessment with its files, and the blocks that its pages read."""

from pathlib import Path
from typing import Any

import junheng.publish as publish
from junheng.diagnosis import Verdict
from junheng.publish.html.boundaries import Shapes, read_boundaries
from junheng.publish.word import write_documents
from junheng.studies import Study, side_by_side
from junheng.web.working.doing.opening import judged, snapshots
from junheng.web.working.pages import write_pages
from junheng.web.working.shown.assessments import page_of
from junheng.web.working.telling import Telling

DOCUMENTS = "文件"
KINDS = ("leader",)
"""领导一页; the longer documents where the settings ask for them."""
LONG = ("city", "self", "form", "list", "index", "cards")


def assess(job: dict[str, Any], folder: Path, telling: Telling) -> dict[str, Any]:
    """A sealed year judged."""
    telling.step(20, "打开封存，核对指纹")
    [snapshot] = snapshots(job)
    telling.step(150, "评估每所学校、每个区县")
    study = judged(snapshot, job)
    shapes = (
        read_boundaries(Path(job["boundaries"]), study.assessment.counties)
        if job.get("boundaries")
        else {}
    )
    return write_assessment(
        study, folder, telling, shapes=shapes, documents=bool(job.get("documents"))
    )


def write_assessment(
    study: Study, folder: Path, telling: Telling, *, shapes: Shapes, documents: bool
) -> dict[str, Any]:
    """Pages first, then the files; the receipt."""
    telling.step(400, "准备网页上的区县、学校、指标、单元格")
    write_pages(study, folder / "pages", shapes)
    page_of(study).write(folder)
    telling.step(600, "写结果册和数据文件")
    publish.write_results(study, folder)
    telling.step(750, "写 Word 文件")
    several = len(study.assessment.counties) > 1
    kinds = [*KINDS, *(k for k in LONG if documents and (several or k != "city"))]
    write_documents(study, folder / DOCUMENTS, kinds, years=side_by_side([study]))
    receipt = study.receipt.to_json()
    del receipt["clauses"]  # in receipt.json; the row needs only what identifies the result
    return {**receipt, "summary": _summary(study)}


def _summary(study: Study) -> dict[str, Any]:
    counties = study.assessment.counties
    verdicts = [each.verdict for each in counties]
    return {
        "verdicts": {v.value: verdicts.count(v) for v in Verdict if v in verdicts},
        "schools": sum(len(each.schools) for each in counties),
        "missing": sum(len(each.missing) for each in counties),
    }
