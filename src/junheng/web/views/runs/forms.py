"""The forms by which a run is queued: one for each kind, made from what the study can be asked.

What a form gives back is the run's settings: plain values, as `working.ordering` reads them.
"""

from datetime import date
from functools import lru_cache
from typing import Any

from django import forms

from junheng.standards import Standard, places
from junheng.studies.years import day_of
from junheng.web.models import Office, User
from junheng.web.roles import OfficeKind, Permission
from junheng.web.run_kinds import Needs, RunKind
from junheng.web.sealed import Sealed, latest_by_year, sealed_ones


class RunForm(forms.Form):
    """What every kind asks: a title, for whom."""

    title = forms.CharField(
        label="名称", max_length=120, required=False, help_text="不写就用种类和学年。"
    )
    office = forms.ModelChoiceField(label="范围", queryset=Office.objects.none())

    def __init__(self, *args: Any, kind: RunKind, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.by = kind, by
        seen = Office.objects.visible_to(by).exclude(
            kind__in=[OfficeKind.SCHOOL, OfficeKind.DEPARTMENT]
        )
        if kind.card.whole_city:
            seen = seen.exclude(kind=OfficeKind.COUNTY)
        self.fields["office"].queryset = seen  # type: ignore[attr-defined]
        self.initial.setdefault("office", by.area.pk)
        self.seals = sealed_ones()
        if kind.card.needs is Needs.ONE:
            self.fields["snapshot"] = forms.ChoiceField(
                label="封存", choices=[(s.name, s.title) for s in self.seals]
            )
        if kind.card.needs is Needs.SEVERAL:
            self.fields["seals"] = forms.MultipleChoiceField(
                label="封存（一个学年一次）", choices=[(s.name, s.title) for s in self.seals],
                widget=forms.CheckboxSelectMultiple, initial=[s.name for s in latest_by_year(self.seals)],
            )  # fmt: skip
        for name, field in self.asked().items():
            self.fields[name] = field

    def asked(self) -> dict[str, forms.Field]:
        """The fields of this kind alone."""
        return {}

    @property
    def newest(self) -> Sealed | None:
        return self.seals[0] if self.seals else None

    def clean_seals(self) -> list[str]:
        chosen = [each for each in self.seals if each.name in self.cleaned_data["seals"]]
        years = [each.year for each in chosen]
        twice = sorted({year for year in years if years.count(year) > 1})
        if twice:
            raise forms.ValidationError(
                f"{'、'.join(map(str, twice))}学年选了两次封存。每个学年只选一次。"
            )
        return sorted(each.name for each in chosen)

    def settings(self) -> dict[str, Any]:
        """What the run is queued with."""
        told = dict(self.cleaned_data)
        for name in ("title", "office", "snapshot"):
            told.pop(name, None)
        return {k: v.isoformat() if isinstance(v, date) else v for k, v in told.items()}

    def official(self) -> bool:
        return False

    def day_field(
        self, label: str = "按哪一天有效的要求", *, required: bool = True
    ) -> forms.DateField:
        first = day_of(self.newest.year) if self.newest and required else None
        return forms.DateField(
            label=label,
            initial=first,
            required=required,
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        )


class AssessmentForm(RunForm):
    """Scheme, day, variant, exceptions, open readings."""

    def asked(self) -> dict[str, forms.Field]:
        standard = _standard(self.newest.year if self.newest else 2026, self.by.area.code)
        found: dict[str, forms.Field] = {
            "on": self.day_field(),
            "variant": forms.ChoiceField(
                label="差异系数算法", required=False,
                choices=[("", f"默认：{standard.variants[standard.variant].clause.label}"),
                         *((name, demand.clause.label) for name, demand in standard.variants.items())],
            ),
            "relaxations": forms.MultipleChoiceField(
                label="打开的例外", required=False, widget=forms.CheckboxSelectMultiple,
                choices=[(code, f"{code} {each.gist}") for code, (each, _) in standard.relaxations.items()],
            ),
        }  # fmt: skip
        if self.kind is RunKind.ASSESSMENT:
            found["documents"] = forms.BooleanField(
                label="同时写全部 Word 文件（监测报告、自评报告、申报表、清单、成绩单；全市要几分钟）",
                required=False,
            )
            if self.by.may(Permission.SEAL):
                found["official"] = forms.BooleanField(
                    label="作为正式结论，辖区都看得到（须按默认口径）", required=False
                )
        for code, (switch, _) in standard.open_points.items():
            taken = next(o.label for o in switch.option if o.code == switch.default)
            found[f"reading.{code}"] = forms.ChoiceField(
                label=f"口径：{switch.title}", required=False,
                choices=[("", f"默认：{taken}"), *((o.code, o.label) for o in switch.option if o.code != switch.default)],
            )  # fmt: skip
        return found

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("official") and (
            told.get("variant") or told.get("relaxations") or _readings(told)
        ):
            self.add_error(
                "official", "换了算法、例外或口径的不能作为正式结论。请改回默认，或不勾选。"
            )
        if told.get("official") and told.get("office") != self.by.area:
            self.add_error("official", "正式结论按整个辖区评估。请把范围选为本单位。")
        return told

    def settings(self) -> dict[str, Any]:
        told = super().settings()
        told.pop("official", None)
        plain = {k: v for k, v in told.items() if not k.startswith("reading.")}
        return {**plain, "readings": _readings(told)}

    def official(self) -> bool:
        return bool(self.cleaned_data.get("official"))


class YearsForm(RunForm):
    """Years side by side, or a screen: each year by its own day, or all by one."""

    def asked(self) -> dict[str, forms.Field]:
        day = self.day_field("统一按哪一天（不写则各学年按自己的评估日期）", required=False)
        return {"on": day}

    def settings(self) -> dict[str, Any]:
        return {
            **super().settings(),
            "on": (self.cleaned_data["on"] or "") and self.cleaned_data["on"].isoformat(),
        }


class TargetsForm(RunForm):
    """The day that is looked at, and by when what is overdue is made up."""

    def asked(self) -> dict[str, forms.Field]:
        from django.utils import timezone

        day = self.day_field("看哪一天")
        day.initial = timezone.localdate()
        return {
            "on": day,
            "recover_by": self.day_field("按哪一天补齐（不写则按登记的承诺）", required=False),
        }

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("recover_by") and told.get("on") and told["recover_by"] <= told["on"]:
            self.add_error("recover_by", f"补齐日期应晚于 {told['on']}。")
        return told


class ClassSizeForm(RunForm):
    """How far ahead, how near a neighbour is, whether classes may be made anew."""

    def asked(self) -> dict[str, forms.Field]:
        return {
            "on": self.day_field(),
            "years": forms.IntegerField(label="往后看几年", min_value=1, max_value=3, initial=3),
            "within_m": forms.IntegerField(label="邻校的最大直线距离（米）", min_value=1, max_value=100_000, required=False, help_text="不写用平台约定。"),
            "reorganise": forms.BooleanField(label="允许年级内重新编班", required=False),
        }  # fmt: skip


def _readings(told: dict[str, Any]) -> dict[str, str]:
    return {
        k.removeprefix("reading."): v for k, v in told.items() if k.startswith("reading.") and v
    }


@lru_cache(maxsize=16)
def _standard(year: int, code: str) -> Standard:
    return Standard.at(code if code in places() else "000000", day_of(year))
