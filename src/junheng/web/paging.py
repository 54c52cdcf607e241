"""One page of a long list; an export takes the whole list."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

ROWS = 100
ALL = 50_000


def page_of(request: HttpRequest, found: Any, *, rows: int = ROWS) -> Page[Any]:
    """The page that `?page=` names, the nearest where there is none; everything for an export."""
    whole = any(name == "as" or name.startswith("as.") for name in request.GET)
    return Paginator(found, ALL if whole else rows).get_page(request.GET.get("page"))
