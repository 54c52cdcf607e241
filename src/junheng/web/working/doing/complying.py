"""The compliance plan of a sealed year, with the prices and limits that were set on the page."""

import math
import os
import time
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import junheng.publish as publish
import junheng.studies as studies
from junheng.plan.compliance import Effort
from junheng.web.working.doing.opening import day, snapshots
from junheng.web.working.doing.prices import limits_toml, prices_toml
from junheng.web.working.doing.years_told import laid_beside
from junheng.web.working.shown.plans import compliance_page
from junheng.web.working.telling import Telling

if TYPE_CHECKING:
    from junheng.plan.compliance import Progress

PRICES, LIMITS = "价格表.toml", "限制表.toml"
POINTS = 10
"""Budgets looked at between nothing and the whole cost."""


def comply(job: dict[str, Any], folder: Path, telling: Telling) -> dict[str, Any]:
    """The least-cost plan, certified. The files that it was made from lie beside it."""
    telling.step(20, "打开封存，核对指纹")
    [snapshot] = snapshots(job)
    os.chdir(folder)  # so that the plan names the two files by their names, wherever it lies
    prices, limits = Path(PRICES), Path(LIMITS)
    prices.write_text(prices_toml(job.get("prices") or {}), encoding="utf-8")
    limits.write_text(limits_toml(job.get("limits") or {}), encoding="utf-8")
    pupils, class_size, used = laid_beside(job, snapshot.facts)
    study = studies.plan_to_comply(
        snapshot,
        on=day(job),
        by=int(job["by"]),
        counties=tuple(job.get("counties") or ()),
        prices=prices,
        limits=limits,
        budget=Fraction(job["budget_yuan"]) if job.get("budget_yuan") else None,
        pupils=pupils,
        class_size=class_size,
        points=POINTS if job.get("frontier") else 0,
        effort=Effort(seconds=float(job.get("seconds") or math.inf)),
        told=_watch(telling, float(job.get("seconds") or 0)),
    )
    telling.step(930, "写方案")
    publish.write_compliance(study, folder)
    compliance_page(study, used).write(folder)
    answer, certificate = study.answer, study.certificate
    return {
        "seal": snapshot.path.name,
        "facts": snapshot.facts.fingerprint,
        "year": snapshot.facts.year,
        "on": job["on"],
        "plan": certificate.plan,
        "pupils": study.question.forecast.sha256,
        "code_version": certificate.code_version,
        "code_sha256": certificate.code_sha256,
        "summary": {
            "by": answer.by,
            "cost_yuan": str(answer.cost),
            "bound_yuan": str(round(answer.bound)),
            "before": len(answer.before),
            "left": len(answer.left),
            "holds": certificate.holds,
            "counties": dict(answer.counties),
        },
    }


def _watch(telling: Telling, seconds: float) -> Any:
    """The search's own words; how far it is can only be told where its time is limited."""
    began = time.monotonic()

    def told(progress: "Progress") -> bool:
        cost = "还没有方案" if progress.cost is None else f"费用{publish.wan(progress.cost)}"
        gap = "" if progress.gap is None else f"，差距 {progress.gap:.2%}"
        spent = time.monotonic() - began
        share = min(spent / seconds, 1.0) if seconds else spent / (spent + 60)
        telling.step(100 + round(800 * share), f"{progress.step}：{cost}{gap}")
        return True

    return told
