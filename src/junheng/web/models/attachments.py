"""Attachments: files by the SHA-256 of their content, and who brought them for what."""

from pathlib import Path

from django.conf import settings
from django.db import models

from junheng.web.models.cases import Case
from junheng.web.models.users import User


class AttachmentQuery(models.QuerySet["Attachment"]):
    """Which attachments somebody sees."""

    def visible_to(self, user: "User") -> "AttachmentQuery":
        """Those of the cases the user sees."""
        return self.filter(case__in=Case.objects.visible_to(user))


class Attachment(models.Model):
    """One file of one case. The same content is stored once, whatever its names."""

    case = models.ForeignKey(Case, models.PROTECT, verbose_name="案卷", related_name="attachments")
    purpose = models.CharField("用途", max_length=40)
    name = models.CharField("文件名", max_length=200)
    kind = models.CharField("类型", max_length=20)
    sha256 = models.CharField("校验值", max_length=64, db_index=True)
    size = models.PositiveBigIntegerField("字节数")
    by = models.ForeignKey(User, models.PROTECT, verbose_name="上传人", related_name="+")
    at = models.DateTimeField("上传时间", auto_now_add=True)

    objects = AttachmentQuery.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["case", "purpose"], name="attachment_by_purpose")]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where the content lies."""
        return path_of(self.sha256)


def path_of(sha256: str) -> Path:
    """The file of a content, under the data folder."""
    return Path(settings.DATA) / "attachments" / sha256[:2] / sha256
