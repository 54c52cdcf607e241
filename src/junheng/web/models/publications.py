"""Publications 公示: a frozen result that is shown for a time; draft, approval, publication, result."""

from django.db import models

from junheng.web.models.offices import Office, nothing_unless
from junheng.web.models.runs import Run
from junheng.web.models.users import User
from junheng.web.roles import Permission


class PublicationQuery(models.QuerySet["Publication"]):
    """Which publications somebody sees inside the desk."""

    def visible_to(self, user: User) -> "PublicationQuery":
        found: PublicationQuery = nothing_unless(
            user, Permission.SEE_RESULTS, self.filter(office__lineage__startswith=user.area.lineage)
        )
        return found


class Publication(models.Model):
    """What was said in public: the run it rests on, the frozen folder and its hash, its dates."""

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
