"""The class-size plan of a sealed year."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import junheng.publish as publish
import junheng.studies as studies
from junheng.studies.class_size import LINE
from junheng.web.working.doing.opening import day, of_office, snapshots
from junheng.web.working.shown.plans import class_size_page
from junheng.web.working.telling import Telling


def plan_classes(job: dict[str, Any], folder: Path, telling: Telling) -> dict[str, Any]:
    """How class sizes come down, school by school, grade by grade."""
    telling.step(20, "打开封存，核对指纹")
    [whole] = snapshots(job)
    telling.step(150, "逐个区县求解班额方案，再评估以后各年")
    study = studies.plan_classes(
        of_office(whole, job),
        on=day(job),
        years=int(job["years"]),
        within_m=job.get("within_m") or None,
        reorganise=bool(job.get("reorganise")),
    )
    # Of a county alone: what its part was taken from, so that a compliance plan of the whole takes it.
    study = replace(study, receipt=replace(study.receipt, facts=whole.facts.fingerprint))
    telling.step(850, "写班额方案")
    publish.write_class_size(study, folder)
    class_size_page(study).write(folder)
    receipt = study.receipt.to_json()
    del receipt["clauses"]
    failing = {str(year): study.failing(year)[LINE] for year in study.years}
    return {**receipt, "on": job["on"], "summary": {"failing": failing}}
