"""Signing in and out: password, lock-out, the optional second step, and the form that was kept."""

from typing import Any

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django_otp import devices_for_user, match_token
from django_otp import login as otp_login

from junheng.web import kept_forms
from junheng.web.access import open_to_all
from junheng.web.actions import accounts
from junheng.web.forms import CodeForm, SignInForm
from junheng.web.models import User

WAITING = "waiting_for_code"
"""Session key: whose password was right, where to go then, and the form that was kept."""


@open_to_all
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Name and password; then the second step where the account has one."""
    form = SignInForm(request.POST or None)
    kept = request.POST.get("kept", "")
    following = request.POST.get("next", request.GET.get("next", ""))
    context = {"form": form, "next": following, "kept": kept, "ended": bool(kept)}
    if request.method == "GET" and request.user.is_authenticated:
        return redirect(_safe(request, following))
    if request.method != "POST" or not form.is_valid():
        return render(request, "desk/sign_in.html", context)
    found = authenticate(request, **form.cleaned_data)
    if not isinstance(found, User):
        if (known := _known(form.cleaned_data["username"])) is not None:
            accounts.note_session("登录失败", known, address=address_of(request), proven=False)
        form.add_error(
            None, "登录名或密码不对，或者账号、单位已停用。连续错5次，账号会锁定15分钟。"
        )
        return render(request, "desk/sign_in.html", context, status=401)
    if any(True for _ in devices_for_user(found)):
        request.session[WAITING] = {"user": found.pk, "next": following, "kept": kept}
        return redirect("sign-in-code")
    return _entered(request, found, following, kept)


@open_to_all
def second_step(request: HttpRequest) -> HttpResponse:
    """The code of the authenticator, for accounts that have set one up."""
    waiting = request.session.get(WAITING)
    if waiting is None:
        return redirect("sign-in")
    user = User.objects.select_related("office__parent").get(pk=waiting["user"])
    if not user.let_in:  # closed since the password was right
        request.session.pop(WAITING)
        return redirect("sign-in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        device = match_token(user, form.cleaned_data["code"].strip())
        if device is not None:
            request.session.pop(WAITING)
            response = _entered(request, user, waiting["next"], waiting["kept"])
            otp_login(request, device)
            return response
        accounts.note_session("动态口令不对", user, address=address_of(request), proven=False)
        form.add_error("code", "动态口令不对或已过期。请等下一个口令再输。")
    return render(request, "desk/sign_in_code.html", {"form": form})


@open_to_all
def sign_out(request: HttpRequest) -> HttpResponse:
    """By POST; a link that signs people out could be sent to them."""
    if request.method == "POST" and isinstance(request.user, User):
        accounts.note_session("退出", request.user, address=address_of(request))
        logout(request)
    return redirect("sign-in")


def _entered(request: HttpRequest, user: User, following: str, kept: str) -> HttpResponse:
    """Signed in: to where one was going, or back to the form that was kept."""
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    accounts.note_session("登录", user, address=address_of(request))
    form = kept_forms.opened(kept) if kept else None
    if form is not None:
        return render(request, "desk/kept_form.html", {"kept": form})
    return redirect(_safe(request, following))


def _safe(request: HttpRequest, following: str) -> str:
    """An address of our own, else the first page."""
    if url_has_allowed_host_and_scheme(following, {request.get_host()}, request.is_secure()):
        return following
    return reverse("home")


def _known(username: str) -> User | None:
    found: User | None = (
        User.objects.select_related("office__parent").filter(username=username).first()
    )
    return found


def address_of(request: HttpRequest) -> str:
    """Whence the request came, as the server sees it."""
    return str(request.META.get("REMOTE_ADDR", ""))


def locked_out(request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
    """Too many wrong passwords."""
    form = SignInForm()
    context = {"form": form, "locked": True, "next": "", "kept": request.POST.get("kept", "")}
    return render(request, "desk/sign_in.html", context, status=429)
