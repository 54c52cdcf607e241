"""Cases: where each thing that people must do stands. What the moves are, the register says."""

from typing import TYPE_CHECKING

from django.db import models

from junheng.web.models.offices import Office, nothing_unless
from junheng.web.roles import Permission

if TYPE_CHECKING:
    from junheng.web.models.users import User


class CaseQuery(models.QuerySet["Case"]):
    """Which cases somebody sees."""

    def visible_to(self, user: "User") -> "CaseQuery":
        """Those about an office of the area, and those the own office must act on."""
        mine = models.Q(subject__lineage__startswith=user.area.lineage)
        if not user.may(Permission.SEE_CASES):
            if not user.may(Permission.REPORT_REMEDIES):
                return self.none()
            return self.filter(office=user.office)
        found: CaseQuery = nothing_unless(
            user, Permission.SEE_CASES, self.filter(mine | models.Q(office=user.office))
        )
        return found


class Case(models.Model):
    """One case of a register. `version` grows with every change: who saw an older one is told."""

    register = models.CharField("台账", max_length=40)
    key = models.CharField("编号", max_length=80, blank=True)
    office = models.ForeignKey(
        Office, models.PROTECT, verbose_name="承办单位", related_name="cases"
    )
    subject = models.ForeignKey(
        Office, models.PROTECT, verbose_name="对象", related_name="cases_about"
    )
    year = models.PositiveSmallIntegerField("学年")
    round = models.CharField("轮次", max_length=40, blank=True)
    state = models.CharField("状态", max_length=40)
    due = models.DateField("期限", null=True, blank=True)
    data = models.JSONField("内容", default=dict, blank=True)
    version = models.PositiveIntegerField("版本", default=1)
    opened_at = models.DateTimeField("建立时间", auto_now_add=True)
    changed_at = models.DateTimeField("更改时间", auto_now=True)

    objects = CaseQuery.as_manager()

    class Meta:
        ordering = ["register", "-year", "subject__lineage", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["register", "year", "round", "subject", "key"], name="case_once"
            ),
        ]
        indexes = [
            models.Index(fields=["register", "year", "state"], name="case_by_state"),
            models.Index(fields=["register", "due"], name="case_by_due"),
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.year} {self.subject_id} {self.key}".strip()
