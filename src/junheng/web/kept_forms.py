"""A session that ended while somebody was typing: what was typed is kept and offered again.

The fields are put, signed and dated, into the page that asks to sign in again; after signing in the
same person sees them and sends them on. Files cannot be kept by a browser: the page says so.
"""

import json
from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

SALT = "junheng.kept-form"
LONGEST = 8 * 3600
"""Seconds for which a kept form is offered: a working day."""
NOT_KEPT = ("csrfmiddlewaretoken", "password")


@dataclass(frozen=True)
class KeptForm:
    """Where a form was going, its fields, and whether it had files."""

    path: str
    fields: tuple[tuple[str, str], ...]
    files: bool


def ask_to_sign_in_again(request: HttpRequest) -> HttpResponse:
    """The sign-in page, with the form in it."""
    response = render(
        request,
        "desk/sign_in.html",
        {"kept": signed(request), "next": "", "ended": True},
        status=401,
    )
    if request.headers.get("HX-Request"):
        response["HX-Retarget"] = "body"
        response["HX-Reswap"] = "innerHTML"
    return response


def signed(request: HttpRequest) -> str:
    """The form of a request as one signed text."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if not name.startswith(NOT_KEPT)
        for value in values
    ]
    kept = {"path": request.get_full_path(), "fields": fields, "files": bool(request.FILES)}
    return signing.dumps(json.dumps(kept, ensure_ascii=False), salt=SALT, compress=True)


def opened(text: str) -> KeptForm | None:
    """The form of a signed text; None where it is too old or was altered."""
    try:
        kept = json.loads(signing.loads(text, salt=SALT, max_age=LONGEST))
    except signing.BadSignature:
        return None
    fields = tuple((str(name), str(value)) for name, value in kept["fields"])
    return KeptForm(kept["path"], fields, kept["files"])
