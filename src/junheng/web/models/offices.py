"""Offices of every level, schools included: one tree, by which all rights go."""

from typing import TYPE_CHECKING, Any

from django.db import models

from junheng.web.roles import OfficeKind, Permission

if TYPE_CHECKING:
    from junheng.web.models.users import User


class OfficeQuery(models.QuerySet["Office"]):
    """Which offices somebody sees."""

    def visible_to(self, user: "User") -> "OfficeQuery":
        """Those in the area of the user's own office; an administrator has no other area."""
        return self.filter(lineage__startswith=user.area.lineage)

    def of_kind(self, kind: OfficeKind) -> "OfficeQuery":
        return self.filter(kind=kind.value)


class Office(models.Model):
    """An office or a school. `lineage` is its chain of codes from the top, kept by `save`:
    `419900/419951/2141510001/`. Codes say nothing of rank; `parent` alone does."""

    code = models.CharField("代码", max_length=32, unique=True)
    name = models.CharField("名称", max_length=120)
    kind = models.CharField("类别", max_length=12, choices=[(k.value, k.label) for k in OfficeKind])
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name="上级", related_name="children", null=True, blank=True
    )
    lineage = models.CharField(max_length=400, unique=True, editable=False)
    active = models.BooleanField("在用", default=True)

    objects = OfficeQuery.as_manager()

    class Meta:
        ordering = ["lineage"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=[k.value for k in OfficeKind]), name="office_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The lineage follows the parent; the offices below are the mover's to save again."""
        self.lineage = lineage_of(self)
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "lineage"}
        super().save(*args, **kwargs)

    @property
    def level(self) -> OfficeKind:
        return OfficeKind(self.kind)

    @property
    def area(self) -> "Office":
        """Whose offices its people may look at: a department stands for its superior."""
        if self.level is OfficeKind.DEPARTMENT and self.parent is not None:
            return self.parent
        return self

    def within(self, other: "Office") -> bool:
        """Whether it is `other` or stands somewhere below."""
        return self.lineage.startswith(other.lineage)

    def chain(self) -> list["Office"]:
        """From the top down to itself; one query."""
        codes = self.lineage.rstrip("/").split("/")
        return list(Office.objects.filter(code__in=codes).order_by("lineage"))


def lineage_of(office: Office) -> str:
    """The codes from the top down to the office, as its parent has them."""
    return f"{office.parent.lineage if office.parent else ''}{office.code}/"


def nothing_unless(user: "User", permission: Permission, query: Any) -> Any:
    """The query, or none of it where the role lacks the permission."""
    return query if user.may(permission) else query.none()
