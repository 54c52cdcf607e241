"""Publications 公开: the official conclusions of a sealed year as they were told to everybody.

The files are frozen: a folder named by the hash of their list lies in the data folder, and what was
published is what was on the page that day, whatever is computed later.
"""

from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import models

from junheng.web.models.offices import Office, nothing_unless
from junheng.web.models.runs import Run
from junheng.web.models.users import User
from junheng.web.roles import Permission

SUMS = "SHA256SUMS.txt"
"""The list of the files with their hashes; its own hash names the folder."""


class PublicationState(models.TextChoices):
    """Where a publication stands. What is withdrawn stays on record, and is shown to nobody outside."""

    DRAFT = "draft", "拟稿"
    PUBLIC = "public", "公开"
    WITHDRAWN = "withdrawn", "已撤下"


class PublicationQuery(models.QuerySet["Publication"]):
    """Which publications somebody sees."""

    def visible_to(self, user: User) -> "PublicationQuery":
        """Those of the area, for whoever sees its results."""
        found: PublicationQuery = nothing_unless(
            user, Permission.SEE_RESULTS, self.filter(office__lineage__startswith=user.area.lineage)
        )
        return found

    def open_on(self, day: date) -> "PublicationQuery":
        """What everybody may read on a day, without signing in."""
        begun = self.filter(state=PublicationState.PUBLIC, starts__lte=day)
        return begun.filter(models.Q(ends__isnull=True) | models.Q(ends__gte=day))


class Publication(models.Model):
    """What is said in public: the run it rests on, the frozen folder and its hash, its dates."""

    title = models.CharField("标题", max_length=160)
    office = models.ForeignKey(
        Office, models.PROTECT, verbose_name="发布单位", related_name="publications"
    )
    run = models.ForeignKey(Run, models.PROTECT, verbose_name="测算", related_name="publications")
    state = models.CharField("状态", max_length=40)
    starts = models.DateField("开始", null=True, blank=True)
    ends = models.DateField("结束", null=True, blank=True)
    folder = models.CharField("冻结的文件夹", max_length=120, blank=True)
    sha256 = models.CharField("校验值", max_length=64, blank=True)
    version = models.PositiveIntegerField("版本", default=1)
    made_at = models.DateTimeField("建立时间", auto_now_add=True)

    objects = PublicationQuery.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts__isnull=True)
                | models.Q(ends__isnull=True)
                | models.Q(ends__gte=models.F("starts")),
                name="publication_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def stands(self) -> PublicationState:
        return PublicationState(self.state)

    @property
    def path(self) -> Path:
        """The frozen folder."""
        return published() / self.folder


def published() -> Path:
    """Where the frozen folders lie, under the data folder."""
    return Path(settings.DATA) / "published"
