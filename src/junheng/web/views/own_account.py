"""One's own account: password, second step, the last times of signing in."""

from base64 import b32encode
from binascii import unhexlify

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django_otp.plugins.otp_totp.models import TOTPDevice

from junheng.errors import RefusedError
from junheng.web.access import DeskRequest, signed_in
from junheng.web.actions import accounts, second_steps
from junheng.web.forms import CodeForm, PasswordForm
from junheng.web.models import Event

SHOWN = 20
"""So many entries of the sign-in log are shown."""


@signed_in
def own_account(request: DeskRequest) -> HttpResponse:
    log = Event.objects.about(request.user).filter(subject="user").order_by("-number")[:SHOWN]
    device = TOTPDevice.objects.filter(user=request.user, confirmed=True).first()
    return render(request, "desk/own_account.html", {"log": log, "device": device})


@signed_in
@sensitive_post_parameters()
def change_password(request: DeskRequest) -> HttpResponse:
    form = PasswordForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            accounts.change_password(request.user, form.cleaned_data["new"], by=request.user)
        except RefusedError as error:
            form.add_error("new", str(error))
        else:
            update_session_auth_hash(request, request.user)
            messages.success(request, "密码已更改。")
            return redirect("home")
    return render(request, "desk/change_password.html", {"form": form})


@signed_in
def second_step(request: DeskRequest) -> HttpResponse:
    """Set the authenticator up, or take it away again with a code from it."""
    confirmed = TOTPDevice.objects.filter(user=request.user, confirmed=True).first()
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"].strip()
        try:
            if confirmed is None:
                second_steps.confirm(request.user, code)
            else:
                second_steps.remove(request.user, code)
        except RefusedError as error:
            form.add_error("code", str(error))
        else:
            messages.success(
                request, "两步登录已打开。" if confirmed is None else "两步登录已关闭。"
            )
            return redirect("own-account")
    key = ""
    if confirmed is None:
        key = b32encode(unhexlify(second_steps.offered(request.user).key)).decode()
    return render(request, "desk/second_step.html", {"form": form, "key": key, "device": confirmed})
