"""The parent's side of the sandbox: starts the child, keeps the clock, restarts what dies."""

import os
import threading
import time
from collections.abc import Callable, Generator
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue
from types import TracebackType
from typing import IO

import msgspec

from junheng.registry.reading.sandbox.container import SEND_AGAIN
from junheng.registry.reading.sandbox.package import TOO_BIG
from junheng.registry.reading.sandbox.wire import (
    Done,
    Limits,
    Message,
    Refusal,
    Refused,
    Remark,
    Request,
    Sheet,
    receive,
    send,
)
from junheng.registry.reading.starting import started

NONSENSE = "读取这个文件的进程说了不成话的东西，文件可能有意损坏"
AHEAD = 8
"""Sheets that the child may be ahead of the parent: both work at the same time."""


class Child:
    """One child process and a thread that takes its answers off the pipe."""

    def __init__(self, memory_bytes: int) -> None:
        self._process = started(memory_bytes)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._stdin: IO[bytes] = self._process.stdin
        self._stdout: IO[bytes] = self._process.stdout
        self._answers: Queue[bytes | None] = Queue(AHEAD)
        self._stopped = False
        self._pump = threading.Thread(target=self._take, daemon=True)
        self._pump.start()

    def _take(self) -> None:
        """Until the pipe ends; the None that says so always finds its way into the queue."""
        while not self._stopped:
            payload = receive(self._stdout)
            self._answers.put(payload)
            if payload is None:
                return

    def ask(self, payload: bytes) -> None:
        with suppress(OSError):  # a child that died is noticed by its missing answer
            send(self._stdin, payload)

    def answer(self, seconds: float) -> bytes | None:
        """The next answer; None where the child died. Raises queue.Empty when time is up."""
        return self._answers.get(timeout=max(0.0, seconds))

    def stop(self) -> None:
        self._stopped = True
        with suppress(OSError):
            self._stdin.close()
        self._process.kill()
        while self._pump.is_alive():
            with suppress(Empty):  # makes room, should the pump stand before a full queue
                self._answers.get(timeout=0.01)
        self._stdout.close()
        self._process.wait()


class Sandbox:
    """One child process for many files; a context manager."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._child: Child | None = None
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder = msgspec.msgpack.Decoder(Message)

    def __enter__(self) -> "Sandbox":
        return self

    def begin(self) -> "Sandbox":
        """Start the child now: it is up by the time the first file is asked for."""
        if self._child is None:
            self._child = Child(self._limits.memory_bytes)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()

    def read(
        self,
        path: Path,
        names: list[str],
        marks: list[str],
        *,
        whole: bool = False,
        meanwhile: Callable[[], object] | None = None,
    ) -> Generator[Sheet | Remark, None, None]:
        """The sheets of a file as they arrive. Raises Refused, at any moment, for the whole file.

        `meanwhile` is called as soon as the child was asked.
        """
        self.begin()
        assert self._child is not None
        deadline = time.monotonic() + self._limits.seconds
        request = Request(os.fsencode(path.absolute()), self._limits, names, marks, whole)
        self._child.ask(self._encoder.encode(request))
        finished = False
        try:
            if meanwhile is not None:
                meanwhile()
            while not isinstance(message := self._next(self._child, deadline), Done | Refusal):
                yield message
            finished = True
        finally:
            if not finished:
                self._stop()
        if isinstance(message, Refusal):
            if message.final:
                self._stop()
            raise Refused(message.code, message.found, message.mend)

    def _next(self, child: Child, deadline: float) -> Message:
        try:
            payload = child.answer(deadline - time.monotonic())
        except Empty:
            seconds = f"{self._limits.seconds:g}"
            raise Refused("S08", f"{seconds} 秒内没有读完，停止读取", TOO_BIG) from None
        if payload is None:
            raise Refused("S08", "读取这个文件的进程中断了，可能是内存超限", TOO_BIG)
        try:
            message: Message = self._decoder.decode(payload)
        except msgspec.MsgspecError:
            raise Refused("S06", NONSENSE, SEND_AGAIN) from None
        if isinstance(message, Sheet) and not message.adds_up:
            raise Refused("S06", NONSENSE, SEND_AGAIN)
        return message

    def _stop(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.stop()
