"""The first runs of the demonstration: the latest year first, then what compares the years."""

from collections.abc import Sequence
from pathlib import Path

from django.utils import timezone

from junheng.registry.snapshot import read_seal
from junheng.web.actions.runs import queue_run
from junheng.web.models import Office, User
from junheng.web.roles import Role
from junheng.years import SchoolYear


def queue_first_runs(top: Office, seals: Sequence[Path]) -> None:
    """Assess the latest of these seals officially; then what needs several years, if there are."""
    by = User.objects.select_related("office").get(office=top, role=Role.CITY_OFFICER)
    latest = max(seals)
    _assess(top, by, latest)
    if len(seals) > 1:
        queue_comparisons(top, by, seals)


def queue_comparisons(top: Office, by: User, seals: Sequence[Path]) -> None:
    """Targets, years side by side, screening; and the earlier years, each assessed."""
    names = [each.name for each in sorted(seals)]  # one a year: the desk was just filled
    for kind, title in (("targets", "政策目标"), ("years", "历年比较"), ("screen", "疑点筛查")):
        settings = {"seals": names, "on": timezone.localdate().isoformat()}
        if kind == "screen":
            del settings["on"]
        queue_run(kind=kind, title=title, office=top, by=by, settings=settings)
    for path in sorted(seals, reverse=True)[1:]:
        _assess(top, by, path)


def _assess(top: Office, by: User, path: Path) -> None:
    seal = read_seal(path)
    year = SchoolYear(seal["year"])
    queue_run(
        kind="assessment", title=f"{year}优质均衡评估", office=top, by=by, year=year.start,
        settings={"on": f"{year.start + 1}-03-31"}, snapshot=path.name, fingerprint=seal["facts"],
        official=True,
    )  # fmt: skip
