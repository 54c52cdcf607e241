"""The first page after signing in: who one is, and the rooms that the role opens."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from junheng.web.access import DeskRequest, open_to_all, signed_in


@signed_in
def home(request: DeskRequest) -> HttpResponse:
    return render(request, "desk/home.html", {"card": request.user.part.card})


@open_to_all
def alive(_request: HttpRequest) -> HttpResponse:
    """For whatever watches the server: it answers, without reading anything."""
    return HttpResponse("ok", content_type="text/plain")
