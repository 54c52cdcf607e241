"""Runs: studies, sealings and other long work, queued by a person and done by `junheng work`."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone

from junheng.web.models.offices import Office, nothing_unless
from junheng.web.models.users import User
from junheng.web.roles import Permission

if TYPE_CHECKING:
    from collections.abc import Iterable


LONG = timedelta(minutes=1)
"""A run that waits longer while no worker shows life is told to people."""


class RunState(models.TextChoices):
    """Where a run stands; a run is done with its receipt, or it is queued again."""

    QUEUED = "queued", "排队"
    RUNNING = "running", "进行中"
    DONE = "done", "完成"
    FAILED = "failed", "失败"
    CANCELLED = "cancelled", "已取消"


class RunQuery(models.QuerySet["Run"]):
    """Which runs somebody sees."""

    def visible_to(self, user: "User") -> "RunQuery":
        """Runs made for an office of the area."""
        found: RunQuery = nothing_unless(
            user, Permission.SEE_RUNS, self.filter(office__lineage__startswith=user.area.lineage)
        )
        return found

    def readable_by(self, user: "User") -> "RunQuery":
        """Done runs whose result the user may look into, as far as it is about the own area.

        What is official speaks to everybody below the office that it was made for; what is not, to
        those who see runs, and within their own area alone."""
        inside = models.Q(office__lineage__startswith=user.area.lineage)
        if not user.may(Permission.SEE_RUNS):
            inside &= models.Q(official=True)
        above = models.Q(official=True, office__code__in=_codes(user.area))
        found: RunQuery = nothing_unless(
            user, Permission.SEE_RESULTS, self.filter(inside | above, state=RunState.DONE)
        )
        return found

    def left_waiting(self) -> bool:
        """Whether a run waits that nobody will take: it waits long, and no worker shows life.

        A worker with nothing to do takes a run at once; one that is busy keeps another alive."""
        since = timezone.now() - LONG
        last = Coalesce("alive_at", "queued_at")
        waiting = self.filter(state=RunState.QUEUED, queued_at__lt=since).annotate(last=last)
        alive = Run.objects.filter(state=RunState.RUNNING, alive_at__gte=since)
        return waiting.filter(last__lt=since).exists() and not alive.exists()

    def covering(self, office: Office) -> "RunQuery":
        """Done runs whose office is this one or stands above it: their results speak of it."""
        return self.filter(state=RunState.DONE, office__code__in=_codes(office))


def _codes(office: Office) -> "Iterable[str]":
    return office.lineage.rstrip("/").split("/")


class Run(models.Model):
    """One piece of long work. `folder` is its result folder's name under the data folder."""

    kind = models.CharField("种类", max_length=40)
    title = models.CharField("名称", max_length=160, blank=True)
    office = models.ForeignKey(Office, models.PROTECT, verbose_name="范围", related_name="runs")
    year = models.PositiveSmallIntegerField("学年", null=True, blank=True)
    official = models.BooleanField("正式", default=False)
    settings = models.JSONField("设置", default=dict, blank=True)
    snapshot = models.CharField("封存", max_length=200, blank=True)
    fingerprint = models.CharField("事实指纹", max_length=64, blank=True)
    state = models.CharField(
        "状态", max_length=12, choices=RunState.choices, default=RunState.QUEUED
    )
    permille = models.PositiveSmallIntegerField("进度（千分之）", default=0)
    doing = models.CharField("正在做", max_length=200, blank=True)
    error = models.TextField("失败原因", blank=True)
    receipt = models.JSONField("回执", null=True, blank=True)
    folder = models.CharField("结果文件夹", max_length=120, blank=True)
    worker = models.CharField("执行者", max_length=80, blank=True)
    tries = models.PositiveSmallIntegerField("次数", default=0)
    by = models.ForeignKey(User, models.PROTECT, verbose_name="安排人", related_name="+")
    queued_at = models.DateTimeField("安排时间", auto_now_add=True)
    started_at = models.DateTimeField("开始时间", null=True, blank=True)
    alive_at = models.DateTimeField("最近活动", null=True, blank=True)
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)

    objects = RunQuery.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["state", "id"], name="run_by_state"),
            models.Index(fields=["kind", "state", "year"], name="run_by_kind"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=RunState.values), name="run_state_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="done") | models.Q(receipt__isnull=False),
                name="run_done_with_receipt",
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.kind} {self.pk}"

    @property
    def path(self) -> Path:
        """The result folder."""
        return Path(settings.DATA) / "results" / self.folder
