"""The addresses of what is public, and of publishing it, in the matrix."""

from datetime import date

from assessed import assessed
from desk_cast import Cast
from desk_matrix import Entry, add, having

from junheng.web.actions import publications
from junheng.web.models import Publication
from junheng.web.roles import Permission, Role
from junheng.web.views.opened.extract import CONCLUSIONS, files_of, told_of

PUBLISH = having(Permission.PUBLISH)
FIRST = date(2026, 4, 1)
TITLE = "示例市2025学年监测结论"


def drafted(cast: Cast) -> Publication:
    """A draft of the cast's city."""
    run = assessed(cast)
    return publications.draft(run, title=TITLE, by=cast.people[Role.CITY_OFFICER, "own"])


def published(cast: Cast) -> Publication:
    """What the cast's city has made public, once a database."""
    if (found := Publication.objects.filter(state="public").first()) is not None:
        return found
    made = drafted(cast)
    files = files_of(told_of(made.run), title=TITLE, by="示例市", day=str(FIRST))
    publications.publish(
        made, files, by=cast.people[Role.CITY_OFFICER, "own"], seen=made.version, title=TITLE,
        starts=FIRST, ends=None, basis="2026年4月1日会议同意",
    )  # fmt: skip
    return Publication.objects.get(pk=made.pk)


def _one(cast: Cast) -> list[object]:
    return [published(cast).pk]


def _everybody(cast: Cast, role: Role, area: str) -> bool:
    return True


add("open", Entry(anybody=True))
add("open-one", Entry(args=_one, anybody=True, allowed=_everybody))
add(
    "open-file",
    Entry(args=lambda cast: [*_one(cast), CONCLUSIONS], anybody=True, allowed=_everybody),
)
add("publications", Entry(PUBLISH))
add("publication-new", Entry(PUBLISH))
add("publication", Entry(PUBLISH, _one))
add("publication-withdraw", Entry(PUBLISH, _one, status=405))
