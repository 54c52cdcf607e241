"""Which result a page is about, whether this person may see this county or school of it, the way there."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from junheng.web.access import DeskRequest
from junheng.web.models import Run
from junheng.web.results.looking import County, Result, School
from junheng.web.roles import OfficeKind
from junheng.web.run_kinds import RunKind
from junheng.web.views.drill.links import Links
from junheng.years import SchoolYear


@dataclass
class Looking:
    """A result, opened for one person."""

    request: DeskRequest
    run: Run
    result: Result

    @cached_property
    def links(self) -> Links:
        return Links(self.run.pk)

    @property
    def whole(self) -> bool:
        """Whether the person sees everything that the run is about: no area below it."""
        return self.run.office.within(self.request.user.area)

    def county(self, code: str) -> County:
        """The county. Raises Http404 where the result has none such, or the area does not hold it."""
        area = self.request.user.area
        seen = self.whole or (area.level is OfficeKind.COUNTY and area.code == code)
        if code not in self.result.counties or not seen:
            raise Http404
        return self.result.county(code)

    def school(self, code: str) -> tuple[County, School]:
        """The school with its county. Raises Http404 as `county` does; a school sees itself."""
        area = self.request.user.area
        if area.level is OfficeKind.SCHOOL and area.code != code:
            raise Http404
        found = self.result.school(code)
        if found is None:
            raise Http404
        if area.level is OfficeKind.SCHOOL:
            return self.result.county(found.county), found
        return self.county(found.county), found

    def context(self, crumbs: list[tuple[str, str]], **more: Any) -> dict[str, Any]:
        """What every page of a result needs: what it rests on, the other years, the way here."""
        match = self.request.resolver_match
        assert match is not None
        name, rest = match.view_name, [v for k, v in match.kwargs.items() if k != "pk"]
        others = (
            Run.objects.readable_by(self.request.user)
            .filter(kind=RunKind.ASSESSMENT, official=True, office=self.run.office)
            .order_by("year", "pk")
            .values_list("year", "pk")
        )
        latest = {year: pk for year, pk in others if year is not None}
        return {
            "run": self.run,
            "told": self.result.city,
            "trail": [("首页", reverse("home")), *self._way(), *crumbs],
            "tabs": [
                (str(SchoolYear(year)), reverse(name, args=[pk, *rest]), pk == self.run.pk)
                for year, pk in latest.items()
            ],
            **more,
        }

    def _way(self) -> list[tuple[str, str]]:
        if self.request.user.area.level is OfficeKind.SCHOOL or not self.whole:
            return []
        if self.result.single:
            return []
        return [(self.result.city["unit"], reverse("drill-city", args=[self.run.pk]))]

    def county_crumb(self, county: County) -> list[tuple[str, str]]:
        if self.request.user.area.level is OfficeKind.SCHOOL:
            return []
        return [(county.name, reverse("drill-county", args=[self.run.pk, county.code]))]

    def school_crumb(self, school: School) -> tuple[str, str]:
        return (school.name, reverse("drill-school", args=[self.run.pk, school.code]))


def look(request: DeskRequest, pk: int) -> Looking:
    """The assessment with this number, where the person may read it; else Http404."""
    runs = Run.objects.readable_by(request.user).filter(kind=RunKind.ASSESSMENT)
    run = get_object_or_404(runs.select_related("office"), pk=pk)
    return Looking(request, run, Result(run.path))


def latest_for(request: DeskRequest) -> Run | None:
    """The official assessment of the newest year that speaks of the person's area."""
    runs = Run.objects.readable_by(request.user).filter(kind=RunKind.ASSESSMENT, official=True)
    return runs.select_related("office").order_by("-year", "-pk").first()
