"""What stands around every page: the menu of the role, the area, the mark of demonstration data."""

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from junheng.publish.wording import DEMONSTRATION
from junheng.web.roles import Permission

MENU = (
    ("home", "首页", ()),
    ("drill", "结论", (Permission.SEE_RESULTS,)),
    ("filings", "填报", (Permission.SEE_CASES,)),
    ("remedies", "整改", (Permission.SEE_CASES, Permission.REPORT_REMEDIES)),
    ("targets", "目标", (Permission.SEE_TARGETS,)),
    ("runs", "测算", (Permission.SEE_RUNS,)),
    ("publications", "公开", (Permission.PUBLISH,)),
    ("offices", "单位", (Permission.MANAGE_OFFICES,)),
    ("accounts", "账号", (Permission.MANAGE_ACCOUNTS,)),
    ("events", "记录", (Permission.SEE_AUDIT,)),
)
"""URL name, word, and the permissions of which one opens it."""


def around_every_page(request: HttpRequest) -> dict[str, Any]:
    """menu: (address, word, current); demonstration: the words of the mark, or nothing."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or user.must_change_password:
        return {"menu": [], "demonstration": ""}
    here = request.path
    menu = []
    for name, word, permissions in MENU:
        if permissions and not any(user.may(each) for each in permissions):
            continue
        try:
            address = reverse(name)
        except NoReverseMatch:  # a room that is not built yet has no door
            continue
        menu.append(
            (address, word, here == address or (address != "/" and here.startswith(address)))
        )
    mark = DEMONSTRATION if DEMONSTRATION in user.area.name else ""
    return {"menu": menu, "demonstration": mark}
