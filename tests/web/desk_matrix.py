"""The matrix: every address of the desk, and which roles may open it.

Each entry: the URL's name → (who may open it with a GET, how its address is made for an area).
Roles not named are refused (403 or 404); of the roles named, people of the other area are refused
(404) wherever the address names something of the own area. A URL without an entry fails the test.
Other rooms add their own entries with `add`; a room keeps them beside its tests.
"""

from collections.abc import Callable
from dataclasses import dataclass

from desk_cast import Cast
from django.urls import reverse

from junheng.web.models import Event
from junheng.web.roles import Permission, Role

ALL = frozenset(Role)
Args = Callable[[Cast], list[object]]


def having(*permissions: Permission) -> frozenset[Role]:
    """The roles with any of these permissions."""
    return frozenset(r for r in Role if r.card.permissions & set(permissions))


@dataclass(frozen=True)
class Entry:
    """Who may open an address. `args` make its path for something in the own area (甲县).

    `anybody`: opened without signing in.
    `status`: what a GET of whoever may gets, 200 unless it says otherwise.
    `allowed` answers for (cast, role, area) where role and area do not simply multiply.
    """

    roles: frozenset[Role] = ALL
    args: Args | None = None
    anybody: bool = False
    status: int = 200
    allowed: Callable[[Cast, Role, str], bool] | None = None

    def path(self, name: str, cast: Cast) -> str:
        return reverse(name, args=self.args(cast) if self.args else [])

    def opens_to(self, cast: Cast, role: Role, area: str) -> bool:
        if self.allowed is not None:
            return role in self.roles and self.allowed(cast, role, area)
        return role in self.roles and (self.args is None or area == "own")


MATRIX: dict[str, Entry] = {}


def add(name: str, entry: Entry) -> None:
    """Enter an address; each once."""
    assert name not in MATRIX, f"{name} stands twice in the matrix"
    MATRIX[name] = entry


OFFICES = having(Permission.MANAGE_OFFICES)
ACCOUNTS = having(Permission.MANAGE_ACCOUNTS)
AUDIT = having(Permission.SEE_AUDIT)


def _clerk(cast: Cast) -> list[object]:
    return [cast.people[Role.SCHOOL_CLERK, "own"].pk]


add("home", Entry())
add("alive", Entry(anybody=True))
add("sign-in", Entry(anybody=True, status=302))
add("sign-in-code", Entry(anybody=True, status=302))
add("sign-out", Entry(anybody=True, status=302))
add("own-account", Entry())
add("change-password", Entry())
add("second-step", Entry())
add("offices", Entry(OFFICES))
add("new-office", Entry(OFFICES))
add("office", Entry(OFFICES, lambda cast: [cast.schools[0].pk]))
add("accounts", Entry(ACCOUNTS))
add("new-account", Entry(ACCOUNTS))
add("account", Entry(ACCOUNTS, _clerk))
add("reset-password", Entry(ACCOUNTS, _clerk, status=405))
add("hand-over", Entry(ACCOUNTS, _clerk))
add("events", Entry(AUDIT))


def _event_of_school(cast: Cast) -> list[object]:
    """An event of the own school that everybody with the log reads: it was entered."""
    school = cast.schools[0]
    return [Event.objects.get(subject="office", subject_id=str(school.pk)).number]


add("event", Entry(AUDIT, _event_of_school, allowed=lambda cast, role, area: area == "own"))
