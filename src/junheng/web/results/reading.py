"""Blocks of results, kept while they are being looked at.

A result folder never changes once its run is done, so a block that was read is right for ever. The
oldest are let go when the kept ones pass `ROOM`.
"""

import json
import threading
from collections import OrderedDict
from pathlib import Path
from typing import Any

from junheng.errors import RefusedError

ROOM = 48 * 1024 * 1024
"""Bytes of JSON text kept by one process; as objects they take some five times as much."""


class Kept:
    """Blocks by path, the latest last."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._held: OrderedDict[Path, tuple[int, Any]] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def read(self, path: Path) -> Any:
        """The block; read once. Raises RefusedError where the result is not there."""
        with self._lock:
            if path in self._held:
                self._held.move_to_end(path)
                return self._held[path][1]
        try:
            content = path.read_bytes()
        except OSError:
            raise RefusedError(
                "这次测算的结果文件不在了（可能换了数据文件夹，或从备份恢复时少了 results）。请重新安排一次测算。"
            ) from None
        block = json.loads(content)
        with self._lock:
            if path not in self._held:
                self._held[path] = (len(content), block)
                self._bytes += len(content)
            while self._bytes > self._room and len(self._held) > 1:
                _, (size, _) = self._held.popitem(last=False)
                self._bytes -= size
        return block


_KEPT = Kept()


def page(folder: Path) -> dict[str, Any]:
    """What the page of a result says (`working.result_page`)."""
    found: dict[str, Any] = _KEPT.read(folder / "pages" / "page.json")
    return found


def city(folder: Path) -> dict[str, Any]:
    """Conclusions, index of schools, columns, of an assessment."""
    found: dict[str, Any] = _KEPT.read(folder / "pages" / "city.json")
    return found


def county(folder: Path, code: str) -> dict[str, Any]:
    """The block of one county. `code` was found in `city` before."""
    found: dict[str, Any] = _KEPT.read(folder / "pages" / f"{code}.json")
    return found


def cells(folder: Path, code: str) -> dict[str, Any]:
    """Filed values and their cells, of one county."""
    found: dict[str, Any] = _KEPT.read(folder / "pages" / f"{code}.cells.json")
    return found
