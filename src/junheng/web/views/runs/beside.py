"""Two results of one kind side by side: what changed, by county and indicator."""

from typing import Any

from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from junheng.web.access import DeskRequest, needs
from junheng.web.asked import number_asked
from junheng.web.models import Run
from junheng.web.models.runs import RunState
from junheng.web.results import reading
from junheng.web.results.pages import figures_beside, settings_beside, tables_beside
from junheng.web.roles import Permission
from junheng.web.tables import answer
from junheng.web.views.runs.listing import kind_label


@needs(Permission.SEE_RUNS)
def beside(request: DeskRequest) -> HttpResponseBase:
    numbers = [number_asked(request.GET.get(name, "")) for name in ("one", "other")]
    if None in numbers:
        return redirect("runs")
    one, other = (_done(request, each) for each in numbers)
    if one.kind != other.kind:
        raise Http404
    pages = reading.page(one.path), reading.page(other.path)
    names = (f"甲：{one.title}", f"乙：{other.title}")
    tables = tables_beside(*pages, names=("甲", "乙"))
    context: dict[str, Any] = {
        "one": one, "other": other, "names": names, "kind": kind_label(one),
        "figures": figures_beside(*pages), "settings": settings_beside(*pages), "tables": tables,
        "leads": [pages[0]["lead"], pages[1]["lead"]],
        "swapped": f"{reverse('runs-beside')}?one={other.pk}&other={one.pk}",
        **{f"table_{n}": each.table for n, each in enumerate(tables)},
    }  # fmt: skip
    if not tables:
        return render(request, "desk/runs/beside.html", context)
    return answer(request, "desk/runs/beside.html", tables[0].table, context)


def _done(request: DeskRequest, pk: int | None) -> Run:
    runs = Run.objects.visible_to(request.user).filter(state=RunState.DONE)
    found: Run = get_object_or_404(runs.select_related("office"), pk=pk)
    return found
