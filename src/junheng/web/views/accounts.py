"""Accounts: a list, a new one, one to be changed, a new password, the hand-over to a successor."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from junheng.errors import RefusedError
from junheng.web.access import DeskRequest, needs
from junheng.web.actions import accounts as writing
from junheng.web.actions import second_steps
from junheng.web.actions.recording import note_reading
from junheng.web.cells import Cell, Column, Value
from junheng.web.forms import AccountForm, HandOverForm
from junheng.web.models import Event, User
from junheng.web.paging import long_table
from junheng.web.roles import ROLES, Permission, Role
from junheng.web.tables import answer

COLUMNS = (
    Column("登录名", sticky=True),
    Column("姓名"),
    Column("单位", wide=True),
    Column("角色"),
    Column("上次登录"),
    Column("状态"),
)
SORTS = {0: "username", 1: "name", 2: "office__lineage", 3: "role", 4: "last_login", 5: "is_active"}
MANAGE = Permission.MANAGE_ACCOUNTS
LOG = 30
"""So many events of an account are shown beside it."""


def _found(request: DeskRequest, pk: int) -> User:
    seen = User.objects.visible_to(request.user).select_related("office__parent")
    found: User = get_object_or_404(seen, pk=pk)
    return found


@needs(MANAGE)
def accounts(request: DeskRequest) -> HttpResponseBase:
    found = User.objects.visible_to(request.user).select_related("office")
    words, role = request.GET.get("q", "").strip(), request.GET.get("role", "")
    if words:
        told = Q(username__icontains=words) | Q(name__icontains=words)
        found = found.filter(told | Q(office__name__icontains=words) | Q(office__code=words))
    if role:
        found = found.filter(role=role)
    table = long_table(
        request, "账号", COLUMNS, found, _row, order=["office__lineage", "username"], sorts=SORTS
    )
    if request.GET.get("as"):  # names leave the desk: that is on record
        note_reading("导出账号名单", request.user.area, by=request.user)
    context = {"page": table.page, "roles": list(Role), "role": role, "q": words}
    return answer(request, "desk/accounts.html", table, context)


def _row(user: User) -> list[Value]:
    return [
        Cell(user.username, link=reverse("account", args=[user.pk])),
        user.name,
        user.office.name,
        user.part.label,
        user.last_login,
        "启用" if user.is_active else "停用",
    ]


@needs(MANAGE)
def new_account(request: DeskRequest) -> HttpResponse:
    first = {"office": request.GET.get("office", "")}
    form = AccountForm(request.POST or None, by=request.user, initial=first)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            user, password = writing.open_account(
                username=told["username"], name=told["name"], phone=told["phone"],
                office=told["office"], role=Role(told["role"]), by=request.user,
            )  # fmt: skip
        except RefusedError as error:
            form.add_error(None, str(error))
        else:
            return _shown_once(request, user, password, "账号已建立")
    context = {"form": form, "roles": ROLES.values(), "account": None}
    return render(request, "desk/account_form.html", context)


@needs(MANAGE)
def account(request: DeskRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    first = {
        "name": found.name,
        "phone": found.phone,
        "role": found.role,
        "is_active": found.is_active,
    }
    form = AccountForm(request.POST or None, by=request.user, account=found, initial=first)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            writing.change_account(
                found, name=told["name"], phone=told["phone"], role=Role(told["role"]),
                active=told["is_active"], by=request.user,
            )  # fmt: skip
        except RefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "已保存。")
            return redirect("account", pk=pk)
    log = Event.objects.about(found).order_by("-number")[:LOG]
    context = {"form": form, "account": found, "log": log, "roles": ROLES.values()}
    return render(request, "desk/account_form.html", context)


@needs(MANAGE)
@require_POST
def reset(request: DeskRequest, pk: int) -> HttpResponse:
    """A new first password; with it the second step goes, which the person may have lost."""
    found = _found(request, pk)
    password = writing.reset_password(found, by=request.user)
    second_steps.remove_for(found, by=request.user, reason="重设密码")
    return _shown_once(request, found, password, "密码已重设")


@needs(MANAGE)
def hand_over(request: DeskRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    form = HandOverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            heir, password = writing.hand_over(found, by=request.user, **form.cleaned_data)
        except RefusedError as error:
            form.add_error(None, str(error))
        else:
            return _shown_once(request, heir, password, f"“{found.name}”的工作已交给“{heir.name}”")
    return render(request, "desk/hand_over.html", {"form": form, "account": found})


def _shown_once(request: DeskRequest, user: User, password: str, title: str) -> HttpResponse:
    context = {"account": user, "password": password, "title": title}
    return render(request, "desk/password_once.html", context)
