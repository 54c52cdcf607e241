"""The form of a compliance plan: by when, for which pupils, within which money and people, at which prices."""

from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Any

from django import forms

from junheng.errors import RefusedError
from junheng.plan.pricing import ITEMS, Price, parse_prices
from junheng.web.models import Office, Run
from junheng.web.roles import OfficeKind
from junheng.web.views.filings.case import plain_name
from junheng.web.views.runs.forms import RunForm
from junheng.web.views.runs.years_ahead import (
    Table,
    class_size_plans,
    kept_table,
    refuse_other,
    refuse_wrong,
)
from junheng.web.working.doing.prices import price_key

PEOPLE = {
    "hires": "新招教师（人）", "key_teachers": "骨干教师培养（人）", "upgrades": "学历提升（人）", "moves": "校际交流（人）",
}  # fmt: skip
"""Limits of a county that the page offers; limits by school come by file, on the command line."""
PLANNED_BY_DEFAULT = 2
"""Years after the sealed one by which a plan is asked to hold, where nobody says otherwise."""
WAN = 10_000


class ComplianceForm(RunForm):
    """By when, within which money and people, at which prices."""

    def asked(self) -> dict[str, forms.Field]:
        from junheng.plan.compliance.question import LATEST

        year = self.newest.year if self.newest else LATEST - PLANNED_BY_DEFAULT
        found: dict[str, forms.Field] = {
            "on": self.day_field(),
            "by": forms.IntegerField(label="从哪个学年起达标", min_value=year + 1, max_value=LATEST, initial=year + PLANNED_BY_DEFAULT),
            "pupils": forms.FileField(
                label="学生数表（CSV 或 Excel）", required=False,
                widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
                help_text="以后各学年的学生数、班数，五列：学校代码、学段、学年、在校生数、班数。不给就沿用封存的数。",
            ),
            **self._earlier_table(),
            "class_size": forms.ChoiceField(
                label="照班额方案走", required=False,
                choices=[("", "不照班额方案"), *((str(r.pk), f"{r}（{r.office.name}，第{r.pk}号）") for r in class_size_plans(self.by))],
                help_text="已经完成的班额方案，须用同一次封存做；学生数、班数逐年照它，增班要用的一起购置。",
            ),
            "budget": forms.DecimalField(label="经费上限（万元）", min_value=0, max_digits=12, decimal_places=4, required=False, help_text="不写不受限制。"),
            "seconds": forms.IntegerField(label="求解最多用多少秒", min_value=1, max_value=3600, initial=120),
            "frontier": forms.BooleanField(label="画前沿：十档经费各能做到什么", required=False, initial=True),
        }  # fmt: skip
        for name, label in PEOPLE.items():
            found[f"most.{name}"] = forms.IntegerField(
                label=f"最多{label}", min_value=0, required=False
            )
        for price in demonstration_prices():
            found[f"price.{key_of(price)}"] = forms.DecimalField(
                label=ITEMS[price.item].label + _whose(price), min_value=0, max_digits=14, decimal_places=2,
                initial=Decimal(str(price.amount)), help_text=ITEMS[price.item].unit, required=False,
            )  # fmt: skip
        return found

    def _earlier_table(self) -> dict[str, forms.Field]:
        """The table of the run that this one is made like: a browser cannot fill in a file."""
        self.earlier = Table.of(self.initial.pop("pupils", None))
        if self.earlier is None:
            return {}
        label = f"没有另选文件时，沿用上次的学生数表“{self.earlier.name}”"
        return {"keep_pupils": forms.BooleanField(label=label, required=False, initial=True)}

    def clean_pupils(self) -> Table | None:
        sent = self.cleaned_data["pupils"]
        if sent is None:
            return None
        try:
            return kept_table(sent, plain_name(sent.name))
        except RefusedError as error:
            raise forms.ValidationError(str(error)) from error

    def clean_class_size(self) -> Run | None:
        number = self.cleaned_data["class_size"]
        return next((r for r in class_size_plans(self.by) if str(r.pk) == number), None)

    def _look_ahead(self, told: dict[str, Any]) -> None:
        """Read what is told of the years to come; what is wrong is told at its field."""
        if told.get("pupils") is None and told.get("keep_pupils") and not self.has_error("pupils"):
            told["pupils"] = self.earlier
        table, plan = told.get("pupils"), told.get("class_size")
        if self.errors or (table is None and plan is None):
            return
        field = "class_size"
        try:
            if plan is not None:
                refuse_other(plan, snapshot=told["snapshot"], office=told["office"])
                refuse_wrong(told["snapshot"], told["by"], None, plan, told["office"])
            field = "pupils"
            if table is not None:
                refuse_wrong(told["snapshot"], told["by"], table, plan, told["office"])
        except RefusedError as error:
            self.add_error(field, str(error))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        self._look_ahead(told)
        office = told.get("office")
        most = [n for n in PEOPLE if told.get(f"most.{n}") is not None]
        if most and office is not None and office.level is not OfficeKind.COUNTY:
            self.add_error(f"most.{most[0]}", "人员上限按区县定。请把范围选为一个区县，或不写。")
        return told

    def settings(self) -> dict[str, Any]:
        told = super().settings()
        table, plan = told["pupils"], told["class_size"]
        office: Office = self.cleaned_data["office"]
        most = {n: told[f"most.{n}"] for n in PEOPLE if told.get(f"most.{n}") is not None}
        budget = told["budget"]
        return {
            "on": told["on"],
            "by": told["by"],
            "seconds": told["seconds"],
            "frontier": told["frontier"],
            "pupils": None if table is None else table.to_json(),
            "class_size": None if plan is None else {"run": plan.pk, "title": str(plan)},
            "budget_yuan": "" if budget is None else _plain(budget * WAN),
            "limits": {office.code: most} if most else {},
            "prices": {
                key_of(p): _plain(given) for p in demonstration_prices()
                if (given := told.get(f"price.{key_of(p)}")) is not None and given != Decimal(str(p.amount))
            },
        }  # fmt: skip


@lru_cache(maxsize=1)
def demonstration_prices() -> tuple[Price, ...]:
    """The list that is offered; whoever has a real one changes it."""
    text = files("junheng.plan").joinpath("prices/demonstration.toml").read_text(encoding="utf-8")
    return parse_prices(text, file="demonstration.toml").prices


def key_of(price: Price) -> str:
    return price_key(
        {"item": price.item, "subject": price.subject, "qualification": price.qualification}
    )


def _whose(price: Price) -> str:
    return (
        f"（{price.subject or price.qualification}）"
        if price.subject or price.qualification
        else ""
    )


def _plain(amount: Decimal) -> str:
    return f"{amount.normalize():f}"
