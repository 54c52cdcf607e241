"""Sealing a year: every passed workbook read again, checked together, frozen.

The seal is made in a store inside the run's own folder; the worker moves it into the desk's store
when the run is done. Killed before that, nothing of it is ever seen.
"""

from datetime import date
from pathlib import Path
from typing import Any

import junheng.registry as registry
from junheng.casework.returns import check_together
from junheng.errors import RefusedError
from junheng.registry import Level, Report, Snapshot, tables
from junheng.schema import Kind
from junheng.web.working.result_page import Figure, ResultPage, ShownTable, headings, number
from junheng.web.working.telling import Telling
from junheng.years import SchoolYear

STORE = "store"
TOLD = 20
"""So many findings of a refused seal are said in its sentence."""


def seal_year(job: dict[str, Any], folder: Path, telling: Telling) -> dict[str, Any]:
    """One seal of everything that was passed."""
    year, on = int(job["year"]), date.fromisoformat(job["on"])
    telling.step(20, "打开以前学年的封存")
    last = [Snapshot.open(Path(path)).facts for path in job["last"]]
    telling.step(100, f"重新读取、合并校验 {len(job['files'])} 份工作簿")
    files = {name: Path(path) for name, path in job["files"].items()}
    report = check_together(
        files, [_row(each) for each in job["papers"]], year=year, on=on, last=last
    )
    if not report.acceptable:
        raise RefusedError(_refusal(report))
    telling.step(850, "封存")
    snapshot = registry.seal(report, folder / STORE, year=year, by=job["by"], on=on)
    _page(snapshot, report).write(folder)
    return {
        "seal": snapshot.path.name,
        "facts": snapshot.facts.fingerprint,
        "year": year,
        "on": job["on"],
        "cases": job["cases"],
        "summary": {
            "schools": len(snapshot.facts["schools"]),
            "files": len(files),
            "missing": len(snapshot.seal["missing_schools"]),
        },
    }


def _row(paper: dict[str, Any]) -> dict[str, Any]:
    """A row of 佐证材料 as it was before it travelled as JSON: days are days again."""
    days = {n for n, c in tables()["evidence"].columns().items() if c.kind is Kind.DATE}
    return {k: date.fromisoformat(v) if v and k in days else v for k, v in paper.items()}


def _refusal(report: Report) -> str:
    found = report.at(Level.MUST_FIX)
    told = "".join(each.sentence for each in found[:TOLD])
    more = f"另有 {len(found) - TOLD} 处。" if len(found) > TOLD else ""
    return f"合并校验还有 {len(found)} 处“必须改”，没有封存，各件的状态没有变。请退回有关单位改正：{told}{more}"


def _page(snapshot: Snapshot, report: Report) -> ResultPage:
    seal, facts = snapshot.seal, snapshot.facts
    return ResultPage(
        lead=[f"{SchoolYear(facts.year)}数据已封存：{len(facts['schools']):,}所学校，从此不再改动。更正请重开那一件，改正后再封存一次。"],
        figures=[
            Figure("封存的学校", f"{len(facts['schools']):,}"),
            Figure("缺报的学校", f"{len(seal['missing_schools']):,}", tone="none" if seal["missing_schools"] else ""),
            Figure("写了异常说明的数", f"{len(seal['explained']):,}"),
            Figure("没有说明的异常", f"{len(seal['to_explain']):,}", tone="near" if seal["to_explain"] else ""),
        ],
        tables=[
            ShownTable("缺报的学校", headings("代码|sticky", "学校|wide"), [list(x) for x in seal["missing_schools"]]),
            ShownTable(
                "校验发现的问题", headings("等级|sticky", "处数|num"),
                [[level.value, number(len(report.at(level)))] for level in Level],
            ),
        ],
        settings=[("封存", snapshot.path.name), ("事实指纹", facts.fingerprint), ("封存人", seal["by"]), ("封存日期", seal["on"])],
    )  # fmt: skip
