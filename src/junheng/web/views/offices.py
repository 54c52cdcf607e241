"""Offices: the tree of the area, a new one, and one to be changed."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from junheng.errors import RefusedError
from junheng.web.access import DeskRequest, needs
from junheng.web.actions import offices as writing
from junheng.web.cells import Cell, Column
from junheng.web.forms import OfficeForm
from junheng.web.models import Office
from junheng.web.paging import long_table
from junheng.web.roles import OfficeKind, Permission
from junheng.web.tables import answer

COLUMNS = (
    Column("单位", sticky=True, wide=True),
    Column("代码"),
    Column("类别"),
    Column("上级"),
    Column("账号", number=True),
    Column("状态"),
)
SORTS = {0: "name", 1: "code", 2: "kind", 3: "parent__name", 4: "accounts", 5: "active"}


@needs(Permission.MANAGE_OFFICES)
def offices(request: DeskRequest) -> HttpResponseBase:
    found = Office.objects.visible_to(request.user).select_related("parent")
    words, kind = request.GET.get("q", "").strip(), request.GET.get("kind", "")
    if words:
        found = found.filter(Q(name__icontains=words) | Q(code__startswith=words))
    if kind:
        found = found.filter(kind=kind)
    counted = Count("people", filter=Q(people__is_active=True))
    found = found.annotate(accounts=counted)
    table = long_table(request, "单位", COLUMNS, found, _row, order=["lineage"], sorts=SORTS)
    context = {"page": table.page, "kinds": list(OfficeKind), "kind": kind, "q": words}
    return answer(request, "desk/offices.html", table, context)


def _row(office: Office) -> list[Cell | str | int]:
    return [
        Cell(office.name, link=reverse("office", args=[office.pk])),
        office.code,
        office.level.label,
        office.parent.name if office.parent else "",
        office.accounts,  # type: ignore[attr-defined]
        "在用" if office.active else "停用",
    ]


@needs(Permission.MANAGE_OFFICES)
def new_office(request: DeskRequest) -> HttpResponse:
    form = OfficeForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            if Office.objects.filter(code=told["code"]).exists():
                raise RefusedError(f"代码“{told['code']}”已经有单位。请核对代码，或去改那个单位。")  # noqa: TRY301
            made = writing.enter_office(
                code=told["code"], name=told["name"], kind=OfficeKind(told["kind"]),
                parent=told["parent"], by=request.user,
            )  # fmt: skip
        except RefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"已建立“{made.name}”。")
            return redirect("office", pk=made.pk)
    return render(request, "desk/office_form.html", {"form": form, "office": None})


@needs(Permission.MANAGE_OFFICES)
def office(request: DeskRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(
        Office.objects.visible_to(request.user).select_related("parent"), pk=pk
    )
    first = {"name": found.name, "parent": found.parent_id, "active": found.active}
    form = OfficeForm(request.POST or None, by=request.user, office=found, initial=first)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            writing.change_office(
                found, name=told["name"], parent=told.get("parent", found.parent),
                active=told["active"], by=request.user,
            )  # fmt: skip
        except RefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "已保存。")
            return redirect("office", pk=pk)
    people = found.people.select_related("office").order_by("-is_active", "username")
    return render(
        request, "desk/office_form.html", {"form": form, "office": found, "people": people}
    )
