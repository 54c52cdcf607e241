"""Entering, renaming, moving and closing offices."""

from collections.abc import Iterable

from django.db import transaction

from junheng.errors import RefusedError
from junheng.web.actions.recording import BATCH, record, record_many
from junheng.web.models import Office, User
from junheng.web.models.offices import lineage_of
from junheng.web.roles import OfficeKind

RANK = {
    OfficeKind.PROVINCE: 0,
    OfficeKind.CITY: 1,
    OfficeKind.COUNTY: 2,
    OfficeKind.SCHOOL: 3,
    OfficeKind.DEPARTMENT: 3,
}


@transaction.atomic
def enter_office(
    *, code: str, name: str, kind: OfficeKind, parent: Office | None, by: User | None
) -> Office:
    """A new office, or the office of that code brought up to date. Raises RefusedError."""
    found = Office.objects.select_for_update().filter(code=code).first()
    if found is None:
        _suits(kind, parent, code)
        office = Office.objects.create(code=code, name=name, kind=kind.value, parent=parent)
        record("建立单位", office, by=by, new=_shown(office))
        return office
    change_office(found, name=name, parent=parent, active=True, by=by)
    return found


@transaction.atomic
def enter_schools(schools: Iterable[tuple[str, str, Office]], *, by: User | None) -> None:
    """Many schools at once, (code, name, county) each: what is new is written together."""
    wanted = list(schools)
    there = {each.code for each in Office.objects.filter(code__in=[code for code, _, _ in wanted])}
    new = [
        Office(code=code, name=name, kind=OfficeKind.SCHOOL.value, parent=county)
        for code, name, county in wanted
        if code not in there
    ]
    for office in new:
        assert office.parent is not None
        _suits(OfficeKind.SCHOOL, office.parent, office.code)
        office.lineage = lineage_of(office)
    made = Office.objects.bulk_create(new, batch_size=BATCH)
    record_many("建立单位", ((office, _shown(office)) for office in made), by=by)
    for code, name, county in wanted:
        if code in there:
            enter_office(code=code, name=name, kind=OfficeKind.SCHOOL, parent=county, by=by)


@transaction.atomic
def change_office(
    office: Office, *, name: str, parent: Office | None, active: bool, by: User | None
) -> None:
    """Rename, move or close an office; everything below moves with it. Raises RefusedError."""
    now = Office.objects.select_for_update(of=("self",)).select_related("parent").get(pk=office.pk)
    old = _shown(now)
    if parent is not None and parent.within(now):
        raise RefusedError(f"“{now.name}”不能放到它自己或它的下级下面。请另选上级单位。")
    _suits(now.level, parent, now.code)
    if not active and by is not None and now.pk == by.office_id:
        raise RefusedError(f"“{now.name}”是自己所在的单位，停用以后自己也登录不了。请由上级办理。")
    now.name, now.parent, now.active = name, parent, active
    if (new := _shown(now)) == old:
        return
    now.save()
    if old["parent"] != new["parent"]:
        _follow(now)
    record("更改单位", now, by=by, old=old, new=new)
    office.refresh_from_db()


def _follow(office: Office) -> None:
    """The lineages of everything below, anew."""
    for child in office.children.all():
        child.parent = office
        child.save(update_fields=["lineage"])
        _follow(child)


def _suits(kind: OfficeKind, parent: Office | None, code: str) -> None:
    if not code or "/" in code:
        raise RefusedError(f"单位代码“{code}”不能用。请填写不含“/”的代码。")
    if parent is not None and RANK[parent.level] >= RANK[kind]:
        raise RefusedError(
            f"{kind.label}不能放在{parent.level.label}“{parent.name}”下面。请另选上级单位。"
        )


def _shown(office: Office) -> dict[str, str | bool | None]:
    return {
        "code": office.code,
        "name": office.name,
        "kind": office.kind,
        "parent": office.parent.code if office.parent else None,
        "active": office.active,
    }
