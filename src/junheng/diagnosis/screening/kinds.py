"""The screens by the name that their data uses; each yields its questions for one county and year."""

from collections.abc import Callable, Iterator

from junheng.diagnosis.screening.nouns import Asked, Question, Screen
from junheng.diagnosis.screening.view import Turn

Outcome = Iterator[Question]
Look = Callable[[Screen, Turn], Outcome]
LOOKS: dict[str, Look] = {}


def looks_for(code: str) -> Callable[[Look], Look]:
    """Enter a function as the one that looks for the screen `code`."""

    def enter(look: Look) -> Look:
        assert code not in LOOKS, f"{code} is looked for twice"
        LOOKS[code] = look
        return look

    return enter


def asked(turn: Turn, *codes: str) -> tuple[Asked, ...]:
    return tuple(Asked(code, str(turn.now.rows[code]["school_name"])) for code in codes)
