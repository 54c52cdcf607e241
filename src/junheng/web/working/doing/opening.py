"""What every doer begins with: the sealed snapshots, the day, the choices, one county or all."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from junheng.casework.returns import Owner, part_of
from junheng.errors import MisuseError
from junheng.publish.word.alone import each_alone
from junheng.registry import Snapshot
from junheng.studies import Study, assess, switches_of


def snapshots(job: Mapping[str, Any]) -> list[Snapshot]:
    """Every snapshot of the job, proved as it is opened."""
    return [Snapshot.open(Path(each)) for each in job["seals"]]


def day(job: Mapping[str, Any], name: str = "on") -> date:
    return date.fromisoformat(job[name])


def judged(snapshot: Snapshot, job: Mapping[str, Any]) -> Study:
    """The assessment of the snapshot, of one county alone where the run was made for one."""
    study = assess(
        snapshot,
        on=day(job),
        variant=job.get("variant", ""),
        relaxations=job.get("relaxations", ()),
        readings=job.get("readings", {}),
    )
    if not job.get("county"):
        return study
    alone = [s for s in each_alone(study) if s.assessment.counties[0].code == job["county"]]
    if not alone:
        raise _not_there(job["county"])
    return alone[0]


def of_office(snapshot: Snapshot, job: Mapping[str, Any]) -> Snapshot:
    """The snapshot with the facts of one county alone where the run was made for one.

    Its seal stays that of the whole. Raises MisuseError where the county is not in it."""
    code = job.get("county")
    if not code:
        return snapshot
    named = dict(snapshot.facts["county"].select("county_code", "county_name").iter_rows())
    if code not in named:
        raise _not_there(code)
    return replace(snapshot, facts=part_of(snapshot.facts, Owner(code, named[code])))


def _not_there(county: str) -> MisuseError:
    return MisuseError(f"这次封存里没有区县“{county}”。请换一次封存。")


def switches(job: Mapping[str, Any]) -> Any:
    return switches_of(job.get("variant", ""), job.get("relaxations", ()), job.get("readings", {}))
