"""Entering, renaming, moving and closing offices."""

from django.db import transaction

from junheng.errors import RefusedError
from junheng.web.actions.recording import record
from junheng.web.models import Office, User
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
def change_office(
    office: Office, *, name: str, parent: Office | None, active: bool, by: User | None
) -> None:
    """Rename, move or close an office; everything below moves with it. Raises RefusedError."""
    now = Office.objects.select_for_update(of=("self",)).select_related("parent").get(pk=office.pk)
    old = _shown(now)
    if parent is not None and parent.within(now):
        raise RefusedError(f"“{now.name}”不能放到它自己或它的下级下面。请另选上级单位。")
    _suits(now.level, parent, now.code)
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
