"""Who may open a view. A view that does not say so is opened to nobody (`middleware.Gate`)."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from django.http import HttpRequest

from junheng.web.roles import Permission

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from junheng.web.models import User

View = TypeVar("View", bound=Callable[..., Any])
TO_ALL = "all"
SIGNED_IN = "signed in"


class DeskRequest(HttpRequest):
    """A request of somebody who has signed in: the gate has seen to that."""

    user: "User"
    htmx: "HtmxDetails"


def open_to_all(view: View) -> View:
    """The view is shown to anybody: signing in, and little else."""
    view.opened_by = TO_ALL  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """The view is shown to whoever has signed in, whatever the role."""
    view.opened_by = SIGNED_IN  # type: ignore[attr-defined]
    return view


def needs(*permissions: Permission) -> Callable[[View], View]:
    """The view is shown to roles with any of these permissions. Within which area is the fetch's
    to say: `X.objects.visible_to(request.user)`."""

    def mark(view: View) -> View:
        view.opened_by = permissions  # type: ignore[attr-defined]
        return view

    return mark
