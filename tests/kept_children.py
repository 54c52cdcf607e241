"""Reading in tests: the real sandbox, whose child process is kept from one reading to the next.

Starting an interpreter takes ten times as long as reading a small workbook, and thousands of tests
read one. Within a command the child is kept from file to file anyway; here it is kept longer. A module
that looks at the children themselves is marked `own_children`, and every reading in it has its own.
"""

import os
from collections import defaultdict
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from junheng.registry.reading.process import Child, Sandbox
from junheng.registry.reading.sandbox.wire import Refused, Remark, Sheet


class Idle:
    """Children that wait for the next file, by the memory each may take."""

    def __init__(self) -> None:
        self._waiting: dict[tuple[int, int], list[Child]] = defaultdict(list)
        """By the process too: one that was forked must not talk to the children of the other."""

    def take(self, memory_bytes: int) -> Child | None:
        waiting = self._waiting[os.getpid(), memory_bytes]
        return waiting.pop() if waiting else None

    def put(self, memory_bytes: int, child: Child) -> None:
        self._waiting[os.getpid(), memory_bytes].append(child)

    def stop(self) -> None:
        for waiting in self._waiting.values():
            for child in waiting:
                child.stop()


@contextmanager
def kept(idle: Idle) -> Iterator[None]:
    """Inside, a sandbox takes an idle child, and leaves its own where that has answered to the end."""
    begin, read = Sandbox.begin, Sandbox.read
    asked: set[int] = set()
    """Sandboxes whose child was asked something and has not answered all of it."""

    def begin_with_an_idle_one(self: Sandbox) -> Sandbox:
        if self._child is None:
            self._child = idle.take(self._limits.memory_bytes)
        return begin(self)

    def read_to_the_end(
        self: Sandbox, path: Path, names: list[str], marks: list[str], **wanted: bool
    ) -> Generator[Sheet | Remark, None, None]:
        asked.add(id(self))
        try:
            yield from read(self, path, names, marks, **wanted)
        except Refused:  # an answer too; a child that did not survive it has been stopped
            asked.discard(id(self))
            raise
        asked.discard(id(self))

    def leave(self: Sandbox, *_: Any) -> None:
        child = self._child
        if id(self) in asked or child is None:
            asked.discard(id(self))
            self._stop()
        else:
            self._child = None
            idle.put(self._limits.memory_bytes, child)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Sandbox, "begin", begin_with_an_idle_one)
        patch.setattr(Sandbox, "read", read_to_the_end)
        patch.setattr(Sandbox, "__exit__", leave)
        yield


@pytest.fixture(scope="session")
def idle_children() -> Iterator[Idle]:
    """The idle children of this process, until its last test."""
    idle = Idle()
    yield idle
    idle.stop()


@pytest.fixture(scope="module", autouse=True)
def _children_are_kept(request: pytest.FixtureRequest, idle_children: Idle) -> Iterator[None]:
    if request.node.get_closest_marker("own_children"):
        yield
    else:
        with kept(idle_children):
            yield
