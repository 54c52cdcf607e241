"""What compliance costs a county, as the leader's page tells it: from one plan, which is named."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.utils import timezone

from junheng.web.access import DeskRequest
from junheng.web.models import Run
from junheng.web.models.runs import RunState
from junheng.web.run_kinds import RunKind


@dataclass(frozen=True)
class PlanCost:
    """The cost (yuan) of one county's plan, and what must be known with it."""

    run: int
    yuan: Fraction
    left: int
    """Demands that are still not met when everything of the plan is done."""
    by: int | None
    """The school year from which the plan is to hold."""
    who: str
    at: datetime
    capped: str
    """Which caps it was made under; nothing for none."""
    own_prices: bool

    @property
    def note(self) -> str:
        """As it stands below the cost."""
        told = [
            f"{self.by}学年起" if self.by else "",
            f"还达不到 {self.left} 项" if self.left else "",
            self.capped,
            "改过价格" if self.own_prices else "",
            f"{self.who} {timezone.localtime(self.at):%Y-%m-%d} 测算",
        ]
        return "，".join(filter(None, told))


def costs_for(request: DeskRequest, assessed: Run) -> dict[str, PlanCost]:
    """County → the newest plan that is the county's alone and starts from what was assessed.

    A plan without caps goes before one with: a cap says what so much money does, not what is needed.
    """
    plans = Run.objects.visible_to(request.user).filter(
        kind=RunKind.COMPLIANCE, state=RunState.DONE, year=assessed.year, snapshot=assessed.snapshot
    )
    found: dict[str, PlanCost] = {}
    for pk, summary, settings, who, at in plans.order_by("pk").values_list(
        "pk", "receipt__summary", "settings", "by__name", "queued_at"
    ):
        counties = (summary or {}).get("counties") or {}
        if len(counties) != 1:
            continue
        cost = PlanCost(
            pk, Fraction(summary["cost_yuan"]), summary.get("left", 0), summary.get("by"), who, at,
            _caps(settings), bool(settings.get("prices")),
        )  # fmt: skip
        [code] = counties
        if not cost.capped or code not in found or found[code].capped:
            found[code] = cost
    return found


def _caps(settings: dict[str, Any]) -> str:
    """经费有上限、人员有上限, as the run was asked."""
    told = ["经费有上限"] if settings.get("budget_yuan") else []
    told += ["人员有上限"] if any((settings.get("limits") or {}).values()) else []
    return "、".join(told)
