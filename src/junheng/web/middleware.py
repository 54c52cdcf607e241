"""What every request passes: safe headers, the gate, and our sentences in place of tracebacks."""

import time
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.middleware import HtmxDetails

from junheng.errors import JunhengError
from junheng.web import failures
from junheng.web.access import SIGNED_IN, TO_ALL
from junheng.web.asked import number_asked
from junheng.web.kept_forms import ask_to_sign_in_again

Handler = Callable[[HttpRequest], HttpResponse]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
READ_AWAY = 1 << 30
"""Bytes: who sends more than this is cut off."""
RENEWED, RENEWED_AFTER = "renewed", 60
"""Key of the session, and seconds."""
POLLING = "Desk-Polling"
"""Header of what a page asks for by itself, while nobody need be there: it renews no session."""
PASSWORD_FIRST = ("change-password", "sign-out")
"""What somebody may open whose first password has not been changed."""


class SafeHeaders:
    """No script but our files, no framing, nothing kept by a cache in between."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.handler(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=()"
        )
        if not response.headers.get("Cache-Control"):
            response.headers["Cache-Control"] = "private, no-store"
        return response


class Bounded:
    """A request that is too large is read away and answered with a sentence; nothing is stored.

    Read away, because a browser that is cut off while it sends shows no answer at all.
    """

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        size = number_asked(length)
        if size is None:  # no number at all, or more than is ever read away
            size = READ_AWAY if length.isdecimal() else 0
        if size <= settings.LARGEST_REQUEST:
            return self.handler(request)
        left = min(size, READ_AWAY)
        while left > 0 and (chunk := request.read(min(left, 1 << 20))):
            left -= len(chunk)
        return failures.too_large(request)


class Printable:
    """A NUL is in nothing that a person types, and PostgreSQL stores none: refused at the door."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info or _nul_in(request.GET.lists()):
            return failures.unprintable(request)
        if any("\0" in each for each in request.COOKIES.values()):
            return failures.unprintable(request)
        return self.handler(request)

    def process_view(
        self, request: HttpRequest, _view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        return failures.unprintable(request) if _nul_in(request.POST.lists()) else None


def _nul_in(fields: Iterable[tuple[str, list[str]]]) -> bool:
    return any("\0" in name or any("\0" in each for each in values) for name, values in fields)


class Gate:
    """Deny by default: a view is opened only as `web.access` marks it."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.handler(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        opened_by = getattr(view, "opened_by", ())
        if opened_by == TO_ALL:
            return None
        if request.user.is_authenticated and not request.user.let_in:
            logout(request)
        user = request.user
        if not user.is_authenticated:
            return _to_sign_in(request)
        if POLLING not in request.headers:
            _renew(request)
        match = request.resolver_match
        if user.must_change_password and (match is None or match.url_name not in PASSWORD_FIRST):
            return redirect("change-password")
        if opened_by == SIGNED_IN:
            return None
        if not any(user.may(each) for each in opened_by):
            raise PermissionDenied
        return None


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in first, and come back: to the form that was sent, or to the page that was asked for.
    Where a page asked for a piece of itself, the whole page goes and comes back to itself."""
    if request.method == "POST":
        return ask_to_sign_in_again(request)
    piece = HtmxDetails(request)
    if not piece:
        return redirect_to_login(request.get_full_path())
    page = piece.current_url_abs_path or reverse("home")  # None for a page of another site
    response = HttpResponse(status=401)
    response["HX-Redirect"] = redirect_to_login(page)["Location"]
    return response


def _renew(request: HttpRequest) -> None:
    """The half hour begins anew; written once a minute at most, since each time is a row written."""
    now = int(time.time())
    if now - request.session.get(RENEWED, 0) >= RENEWED_AFTER:
        request.session[RENEWED] = now


class Sentences:
    """A JunhengError is a sentence for the user: on the page it came from, nothing half done."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.handler(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, JunhengError):
            return None
        back = _came_from(request)
        context = {"sentence": str(error), "back": back}
        return render(request, "desk/refused.html", context, status=409)


def _came_from(request: HttpRequest) -> str:
    """The page of ours with the form, else the first page."""
    page = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, request.is_secure())
    return page if ours else "/"
