"""Which tests execute which lines of the engine, found once by tracing every test."""

import sys
import time
from collections import defaultdict
from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any

CALLS = 30
"""A function is looked at line by line in so many calls of a test; later ones go the same ways."""


def traced(folder: str, run: Callable[[], Any]) -> tuple[Any, float, dict[str, set[int]]]:
    """What `run` gave, its seconds, and file → lines executed below `folder`."""
    lines: dict[str, set[int]] = defaultdict(set)
    left: dict[CodeType, int] = {}

    def on_call(frame: FrameType, event: str, _: Any) -> Callable[..., Any] | None:
        code = frame.f_code
        if code not in left:
            left[code] = CALLS if code.co_filename.startswith(folder) else 0
        if not left[code]:
            return None
        left[code] -= 1
        mine = lines[code.co_filename]

        def on_line(inner: FrameType, *_: Any) -> Callable[..., Any]:
            mine.add(inner.f_lineno)
            return on_line

        mine.add(frame.f_lineno)
        return on_line

    begun = time.perf_counter()
    sys.settrace(on_call)
    try:
        found = run()
    finally:
        sys.settrace(None)
    return found, time.perf_counter() - begun, dict(lines)
