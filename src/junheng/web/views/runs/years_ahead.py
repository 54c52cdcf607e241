"""What a compliance plan is told of the years to come: an uploaded table of pupils, a class-size plan.

Both are read, as the command line reads them, when the form is sent: what is wrong with them is told
at their field. The table is kept by its content; the run names it by its SHA-256.
"""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile

from junheng.errors import JunhengError, RefusedError
from junheng.indicators.columns import STAGES_JUDGED
from junheng.indicators.stages import pupils_of
from junheng.plan.compliance.ahead.gaps import beside_path
from junheng.registry import Facts, Snapshot
from junheng.web.actions.attachments import keep
from junheng.web.made_once import MadeOnce
from junheng.web.models import Office, Run, User
from junheng.web.models.attachments import path_of
from junheng.web.models.runs import RunState
from junheng.web.roles import OfficeKind
from junheng.web.run_kinds import RunKind
from junheng.web.sealed import path_of_seal
from junheng.web.working.doing.years_told import LONGEST_SUFFIX, schools_in

if TYPE_CHECKING:
    from junheng.plan.compliance import Forecast

ALLOWED = ("CSV", "xlsx")
LARGEST = 20 * 1024 * 1024
"""Bytes of a table of pupils; a city's takes a tenth."""
SHOWN = 50
"""Class-size plans that are offered."""
_facts: MadeOnce[Facts] = MadeOnce(2)


@dataclass(frozen=True)
class Table:
    """A table of pupils that was kept."""

    name: str
    sha256: str

    @classmethod
    def of(cls, told: Mapping[str, Any] | None) -> "Table | None":
        """That of an earlier run, where its file is still there."""
        if not told or not path_of(told["sha256"]).is_file():
            return None
        return cls(told["name"], told["sha256"])

    def to_json(self) -> dict[str, str]:
        return {"name": self.name, "sha256": self.sha256}


def kept_table(sent: "UploadedFile[Any]", name: str) -> Table:
    """The uploaded table, kept. Raises RefusedError where it is empty, too large, or no table."""
    sha256, _, _ = keep(sent.chunks(), name=name, allowed=ALLOWED, largest=LARGEST)
    return Table(name, sha256)


def class_size_plans(by: User) -> list[Run]:
    """The finished class-size plans that somebody sees, the latest first."""
    found = Run.objects.visible_to(by).filter(kind=RunKind.CLASS_SIZE, state=RunState.DONE)
    return list(found.select_related("office").order_by("-pk")[:SHOWN])


def refuse_other(plan: Run, *, snapshot: str, office: Office) -> None:
    """Raises RefusedError for a class-size plan of another sealing, or of other schools: what a run
    follows lies beside its result, for whoever may see that."""
    if plan.snapshot != snapshot:
        raise RefusedError(
            f"“{plan}”是按封存 {plan.snapshot} 做的，这里选的是 {snapshot}。请选同一次封存做的班额方案，或改选封存。"
        )
    if plan.office.within(office):
        return  # of a part of the area: whether that is enough, its schools tell
    held = "里面有别的区县的学校" if office.within(plan.office) else "不是同一个范围"
    raise RefusedError(
        f"“{plan}”是{plan.office.name}的，这里的范围是{office.name}，{held}。"
        f"请选{office.name}自己的班额方案；还没有的，先做一份。"
    )


def refuse_wrong(
    snapshot: str, by: int, table: Table | None, plan: Run | None, office: Office
) -> None:
    """Raises a JunhengError naming everything that a plan by this year could not take."""
    from junheng import studies

    facts = _facts.get(snapshot, lambda: Snapshot.open(path_of_seal(snapshot)).facts)
    with tempfile.TemporaryDirectory() as folder:
        given, shown = None, {f"{folder}/": ""}
        if (
            table is not None
        ):  # under a name of our own: the user's may be longer than a file system takes
            given = Path(folder) / f"given{Path(table.name).suffix[:LONGEST_SUFFIX]}"
            given.symlink_to(path_of(table.sha256))
            shown[given.name] = table.name
        if plan is not None:
            shown[str(plan.path)] = str(plan)
        try:
            told = studies.told_ahead(facts, by, given, None if plan is None else plan.path)
        except JunhengError as error:
            text = str(error)
            for ours, theirs in shown.items():
                text = text.replace(ours, theirs)
            raise RefusedError(text) from error
    code = office.code if office.level is OfficeKind.COUNTY else ""
    if table is None:
        _refuse_untold(told, by, facts, code, str(plan))
    elif code and not {each.school for each in told.counts} & schools_in(facts, code):
        raise RefusedError(f"“{table.name}”里没有{office.name}的学校。请换一张表，或改选范围。")


def _refuse_untold(told: "Forecast", by: int, facts: Facts, code: str, plan: str) -> None:
    """Raises RefusedError naming the counties of the area of which a class-size plan says nothing."""
    schools: dict[str, set[str]] = {}
    names = dict(facts["county"].select("county_code", "county_name").iter_rows())
    for row in facts.schools.iter_rows(named=True):
        place = row["location_unit"]
        if code in ("", place) and any(pupils_of(row, stage) for stage in STAGES_JUDGED):
            schools.setdefault(f"{place}{names.get(place, '')}", set()).add(row["school_code"])
    untold = {
        county
        for year in told.path_years
        if year >= by
        for county in beside_path(told, year, schools)
    }
    if untold:
        raise RefusedError(
            f"“{plan}”没有写{'、'.join(sorted(untold))}的学校，不能要求它们照着走。"
            "请选写到全部区县的班额方案，或把范围改为它写到的区县。"
        )


__all__ = ["Table", "class_size_plans", "kept_table", "refuse_other", "refuse_wrong"]
