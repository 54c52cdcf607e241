"""Parquet given to a command: which files a path stands for, and their SHA-256, told by a thread.

Nothing heavy is imported here, so that hashing begins while Polars and the rules are loaded.
"""

import hashlib
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any, TypeAlias

from junheng.errors import MisuseError

CHUNK = 1 << 20
"""Small enough to stay in the processor's cache between being read and being hashed."""
Told: TypeAlias = list[dict[str, Any]]
"""An entry a file or address."""


def listed(path: str) -> list[str]:
    """The Parquet files that a local file, folder or pattern stands for, in order.

    Raises MisuseError where there is none.
    """
    place = Path(path)
    if place.is_dir():
        found = sorted(str(each) for each in place.rglob("*.parquet"))
    elif place.is_file():
        found = [path]
    else:
        root, pattern = _split(place)
        found = sorted(str(each) for each in root.glob(pattern)) if pattern else []
    if not found:
        raise MisuseError(f"“{path}”没有 Parquet 文件。请给出宽表的文件、文件夹或通配路径。")
    return found


def _split(place: Path) -> tuple[Path, str]:
    """The part of a pattern before its first wildcard, and the rest."""
    parts = place.parts
    wild = next((i for i, part in enumerate(parts) if set(part) & set("*?[")), len(parts))
    return Path(*parts[:wild]), "/".join(parts[wild:])


@contextmanager
def inputs_told(paths: Sequence[str]) -> Iterator[Future[Told]]:
    """Local files with their SHA-256, other addresses as they were given; told by a thread.

    Hashing needs no GIL, so that it goes on while Python reads the rules. When the body ends, by a
    refusal or Ctrl-C as well, hashing ends after the piece it is at: nobody waits for the rest.
    """
    stop = Event()
    with ThreadPoolExecutor(1) as beside:
        try:
            yield beside.submit(_told, paths, stop)
        finally:
            stop.set()


def _told(paths: Sequence[str], stop: Event) -> Told:
    return [each for path in paths for each in _inputs(path, stop)]


def _inputs(path: str, stop: Event) -> Told:
    if "://" in path:
        return [{"address": path}]
    return [_input(file, stop) for file in listed(path)]


def _input(file: str, stop: Event) -> dict[str, Any]:
    sha256, size = sha256_of(Path(file), stop)
    return {"file": file, "sha256": sha256, "bytes": size}


def sha256_of(path: Path, stop: Event | None = None) -> tuple[str, int]:
    """The digest in hexadecimal, and how many bytes went into it.

    Raises OSError where the file cannot be read, CancelledError between two chunks once `stop` is
    set: nobody asks for it any more.
    """
    digest, size = hashlib.sha256(), 0
    chunk = memoryview(bytearray(CHUNK))  # one for all: a new one each time costs new pages
    with path.open("rb", buffering=0) as file:
        while read := file.readinto(chunk):
            if stop is not None and stop.is_set():
                raise CancelledError
            digest.update(chunk[:read])
            size += read
    return digest.hexdigest(), size
