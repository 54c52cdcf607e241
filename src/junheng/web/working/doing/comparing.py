"""Readings, years, screens and targets: the studies that put several things side by side."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import junheng.publish as publish
import junheng.studies as studies
from junheng.diagnosis import Light
from junheng.web.working.doing.opening import day, snapshots, switches
from junheng.web.working.shown import comparisons as shown
from junheng.web.working.telling import Telling


def read_every_way(job: dict[str, Any], folder: Path, telling: Telling) -> dict[str, Any]:
    """Which verdicts hold under every open reading."""
    telling.step(20, "打开封存，核对指纹")
    [snapshot] = snapshots(job)
    telling.step(100, "逐一换用未决口径，每种口径评估一遍")
    found = studies.read_every_way(snapshot, on=day(job), switches=switches(job))
    if county := job.get("county"):
        kept = tuple(c for c in found.base.counties if c.code == county)
        points = tuple(each for each in found.found if each.point.key[1] == county)
        found = replace(found, base=replace(found.base, counties=kept), found=points)
    telling.step(850, "写结果")
    publish.write_readings(found, folder)
    shown.readings_page(found).write(folder)
    return {
        **_one(snapshot, job),
        "summary": {"verdicts": len(found.found), "open": len(found.open_ones)},
    }


def follow_years(job: dict[str, Any], folder: Path, telling: Telling) -> dict[str, Any]:
    """Several years side by side."""
    held = _opened(job, telling)
    telling.step(300, "逐年评估")
    found = studies.follow(held, on=day(job) if job.get("on") else None)
    if job.get("county"):
        found = found.only(county=job["county"])
    telling.step(750, "写历年册")
    publish.write_years(found, folder)
    shown.years_page(found).write(folder)
    return {**_several(held, job), "summary": {"years": list(found.studies)}}


def screen(job: dict[str, Any], folder: Path, telling: Telling) -> dict[str, Any]:
    """Patterns that are worth a question."""
    held = _opened(job, telling)
    telling.step(300, "逐项筛查")
    found = studies.screen(held, on=day(job) if job.get("on") else None)
    found = found.only(county=job.get("county", ""))
    telling.step(800, "写疑点册")
    publish.write_screening(found, folder)
    shown.screen_page(found).write(folder)
    return {**_several(held, job), "summary": {"questions": len(found.screening.questions)}}


def follow_targets(job: dict[str, Any], folder: Path, telling: Telling) -> dict[str, Any]:
    """Where the policy's targets stand on a day."""
    held = _opened(job, telling)
    telling.step(300, "对照各项政策目标")
    until = day(job, "recover_by") if job.get("recover_by") else None
    found = studies.follow_targets(held, on=day(job), recover_by=until)
    if job.get("county"):
        found = found.only(place=job["county"])
    telling.step(800, "写目标册")
    publish.write_targets(found, folder)
    shown.targets_page(found).write(folder)
    lights = [each.light for each in found.verdicts]
    counts = {light.value: lights.count(light) for light in Light if light in lights}
    return {**_several(held, job), "summary": {"lights": counts}}


def _opened(job: dict[str, Any], telling: Telling) -> list[Any]:
    telling.step(20, f"打开 {len(job['seals'])} 次封存，核对指纹")
    return snapshots(job)


def _one(snapshot: Any, job: dict[str, Any]) -> dict[str, Any]:
    """What identifies a result of one snapshot."""
    return {
        "seal": snapshot.path.name,
        "facts": snapshot.facts.fingerprint,
        "year": snapshot.facts.year,
        "on": job.get("on", ""),
        **_code(),
    }


def _several(held: list[Any], job: dict[str, Any]) -> dict[str, Any]:
    latest = max(held, key=lambda each: each.facts.year)
    seals = {str(s.facts.year): s.path.name for s in held}
    return {**_one(latest, job), "seals": dict(sorted(seals.items()))}


def _code() -> dict[str, str]:
    from importlib.metadata import version

    from junheng.studies.receipt import code_sha256

    return {"code_version": version("junheng"), "code_sha256": code_sha256()}
