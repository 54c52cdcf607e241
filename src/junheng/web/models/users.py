"""Accounts: a person in an office with one role; several people an office."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from junheng.web.models.offices import Office
from junheng.web.roles import Permission, Role


class UserQuery(models.QuerySet["User"]):
    """Which accounts somebody sees."""

    def visible_to(self, user: "User") -> "UserQuery":
        """The accounts of the area, to whoever manages accounts; else one's own."""
        if not user.may(Permission.MANAGE_ACCOUNTS):
            return self.filter(pk=user.pk)
        return self.filter(office__lineage__startswith=user.area.lineage)


class UserManager(BaseUserManager["User"].from_queryset(UserQuery)):  # type: ignore[misc]
    """Finds accounts by their name for signing in."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """The account that may sign in under the name; none of an office that was closed."""
        open_ones = self.select_related("office__parent").filter(office__active=True)
        found: User = open_ones.get(username=username)
        return found


class User(AbstractBaseUser):
    """An account. `stamp` of the password and of the session are Django's; the rest is ours."""

    username = models.CharField("登录名", max_length=60, unique=True)
    name = models.CharField("姓名", max_length=60)
    phone = models.CharField("办公电话", max_length=40, blank=True)
    office = models.ForeignKey(Office, models.PROTECT, verbose_name="单位", related_name="people")
    role = models.CharField("角色", max_length=24, choices=[(r.value, r.label) for r in Role])
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("下次登录须改密码", default=True)
    password_changed_at = models.DateTimeField("密码更改时间", null=True, blank=True)
    made_at = models.DateTimeField("建立时间", auto_now_add=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[Any] = UserManager()

    class Meta:
        ordering = ["office__lineage", "username"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=[r.value for r in Role]), name="user_role_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def let_in(self) -> bool:
        """Whether the account is in use, and its office too. Reads the office: select it."""
        return self.is_active and self.office.active

    @property
    def part(self) -> Role:
        """The role as an enum."""
        return Role(self.role)

    @property
    def area(self) -> Office:
        """The office whose subtree this person may look at. Reads office and parent: select them."""
        return self.office.area

    def may(self, permission: Permission) -> bool:
        """Whether the role has the permission; where it holds is a question of the area."""
        return self.is_active and permission in self.part.card.permissions

    def may_in(self, permission: Permission, office: Office) -> bool:
        """Whether the role has the permission, and the office lies in the area."""
        return self.may(permission) and office.within(self.area)
