"""Which tests execute which lines of the engine, found once by tracing every test.

What was found is kept in `build/` and used again while neither the engine nor the test file changed.
"""

import hashlib
import pickle
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

import junheng

ENGINE = str(Path(junheng.__path__[0]))
Lines = dict[str, dict[str, set[int]]]
"""Test → file → lines."""

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


def _digest(*files: Path) -> str:
    found = hashlib.sha256()
    for file in files:
        found.update(file.read_bytes())
    return found.hexdigest()


def engine_digests() -> dict[str, str]:
    """File of the engine → what tells whether it changed."""
    places = ("indicators/**/*.py", "diagnosis/**/*.py", "registry/records.py")
    return {str(f): _digest(f) for place in places for f in sorted(Path(ENGINE).glob(place))}


@dataclass
class Held:
    """What was found of each test, with what it was found for."""

    engine: dict[str, str] = field(default_factory=engine_digests)
    files: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    lines: Lines = field(default_factory=dict)

    @classmethod
    def read(cls, file: Path, *, partly: bool) -> "Held":
        """What is kept in `file`: whole where the engine is the same, otherwise nothing, or where
        that does `partly`, what is known of the modules that did not change."""
        if not file.exists():
            return cls()
        held: Held = pickle.loads(file.read_bytes())
        now = engine_digests()
        same = {each for each, digest in now.items() if held.engine.get(each) == digest}
        if same == set(now):
            return held
        if not partly:
            return cls()
        lines = {
            test: {each: executed for each, executed in found.items() if each in same}
            for test, found in held.lines.items()
        }
        return cls(now, held.files, held.seconds, lines)

    def knows(self, item: pytest.Item) -> bool:
        return item.nodeid in self.seconds and self.files[str(item.path)] == _digest(item.path)

    def add(self, items: list[pytest.Item], seconds: dict[str, float], lines: Lines) -> None:
        self.files |= {str(path): _digest(path) for path in {item.path for item in items}}
        self.seconds |= seconds
        self.lines |= lines

    def write(self, file: Path) -> None:
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(pickle.dumps(self))
