"""What the process of a run says to its worker: lines of JSON, one a message."""

import json
from typing import Any, TextIO


class Telling:
    """How far a run is. `permille` never goes back."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._reached = 0

    def step(self, permille: int, doing: str) -> None:
        """So much is done (in thousandths), and this is being done now."""
        self._reached = max(self._reached, min(permille, 999))
        self.say(permille=self._reached, doing=doing)

    def say(self, **message: Any) -> None:
        self._out.write(json.dumps(message, ensure_ascii=False) + "\n")
        self._out.flush()
