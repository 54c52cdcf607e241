"""Reminding the unit whose target is overdue; each reminder is an event about that unit."""

from django.db import transaction

from junheng.errors import RefusedError
from junheng.web.actions.recording import record
from junheng.web.models import Event, Office, User

VERB = "催办目标"
LONGEST = 200


@transaction.atomic
def remind_of_target(
    office: Office, *, target: str, title: str, by: User, words: str, once: str | None = None
) -> Event:
    """Record that `office` was reminded of a target. Raises RefusedError for too many words."""
    if len(words) > LONGEST:
        raise RefusedError(f"催办的话有{len(words)}个字，最多{LONGEST}个字。请写短一些。")
    new = {"target": target, "title": title}
    return record(VERB, office, by=by, new=new, reason=words, once=once)
