"""Events: who did what, when, with the old and the new value; never changed, never removed.

Each row holds the hash of the row before it and of itself, so that an edited, removed or reordered
row breaks the chain (`actions.recording`, `web.chain`). There are no foreign keys: the record of
acts must outlive what it is about. Triggers in the database refuse UPDATE and DELETE (`guards`).
"""

from typing import TYPE_CHECKING, Any, NoReturn

from django.db import models
from django.db.models import Q

from junheng.errors import RefusedError
from junheng.web.models.offices import nothing_unless
from junheng.web.roles import Permission

if TYPE_CHECKING:
    from junheng.web.models.users import User

REFUSED = "操作记录只能增加，不能改动或删除。"
OFFICE_VERBS = ("建立单位", "更改单位", "查看：导出账号名单")
"""What an administrator reads of offices; what is asked of them (催办目标) is of the data."""


class EventQuery(models.QuerySet["Event"]):
    """Which events somebody sees; none can be changed."""

    def visible_to(self, user: "User") -> "EventQuery":
        """Events of the area. Who signed in and what became of accounts is for those who manage
        accounts, who read nothing else; the others read of their own account alone."""
        inside = self.filter(area__startswith=user.area.lineage)
        if user.may(Permission.MANAGE_ACCOUNTS):
            inside = inside.filter(Q(subject="user") | Q(subject="office", verb__in=OFFICE_VERBS))
        else:
            inside = inside.filter(~Q(subject="user") | Q(subject_id=str(user.pk)))
        found: EventQuery = nothing_unless(user, Permission.SEE_AUDIT, inside)
        return found

    def about(self, row: models.Model) -> "EventQuery":
        """Events of one row, whatever else was recorded of its office."""
        return self.filter(subject=row._meta.model_name, subject_id=str(row.pk))

    def update(self, **_: Any) -> NoReturn:
        raise RefusedError(REFUSED)

    def delete(self) -> NoReturn:
        raise RefusedError(REFUSED)


class Event(models.Model):
    """One act, as it was recorded in the transaction of the act."""

    number = models.BigIntegerField("序号", unique=True)
    at = models.DateTimeField("时间", db_index=True)
    by = models.CharField("登录名", max_length=60)
    by_name = models.CharField("姓名", max_length=60)
    role = models.CharField("角色", max_length=24)
    office = models.CharField("单位", max_length=32)
    office_name = models.CharField("单位名称", max_length=120)
    verb = models.CharField("操作", max_length=60)
    subject = models.CharField("对象类别", max_length=30)
    subject_id = models.CharField("对象编号", max_length=80)
    subject_name = models.CharField("对象", max_length=200, blank=True)
    area = models.CharField("对象所在", max_length=400)
    old = models.JSONField("原值", null=True, blank=True)
    new = models.JSONField("新值", null=True, blank=True)
    reason = models.TextField("理由", blank=True)
    source = models.CharField("来源文件", max_length=300, blank=True)
    once = models.CharField("提交编号", max_length=80, null=True, blank=True, unique=True)
    before = models.CharField("上一条的校验值", max_length=64)
    digest = models.CharField("校验值", max_length=64, unique=True)

    objects = EventQuery.as_manager()

    class Meta:
        ordering = ["number"]
        indexes = [
            models.Index(fields=["subject", "subject_id", "number"], name="event_by_subject"),
            models.Index(fields=["area"], name="event_by_area", opclasses=["varchar_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.verb}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Once only. Raises RefusedError for a row that is there already."""
        if not self._state.adding:
            raise RefusedError(REFUSED)
        super().save(*args, **kwargs)

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        raise RefusedError(REFUSED)


class ChainHead(models.Model):
    """The last link: one row, held locked while a link is added, so that the chain never forks."""

    number = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.number} {self.digest[:12]}"
