"""Which files are meant: workbooks and CSV files given, or found in folders."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from junheng.errors import MisuseError
from junheng.registry.filing import Source
from junheng.registry.parquet_inputs import sha256_of

READ = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".csv", ".tsv"})
NAMED = frozenset({".xls", ".et", ".ett", ".wps", ".xlsb", ".ods", ".numbers"})
"""Formats that a folder may hold by mistake: not read, but never passed over in silence."""
OURS = ("~$", ".", "__MACOSX")
"""Lock files of Excel, hidden files, and what a Mac adds to an archive."""


@dataclass(frozen=True)
class Found:
    """A file to read, and the name under which it is spoken of."""

    path: Path
    name: str


def gather(paths: Iterable[Path]) -> list[Found]:
    """The files meant, each once, in order of their paths.

    Files are named by themselves; where two share a name, by their path below what they share.
    Raises MisuseError where a path is not there, or where a folder holds nothing to read.
    """
    files: dict[Path, Path] = {}
    for path in paths:
        for each in _files(Path(path)):
            files.setdefault(each.resolve(), each)
    found = sorted(files.values(), key=lambda each: each.resolve().parts)
    if not found:
        raise MisuseError("没有给出要读的文件。请给出 .xlsx 工作簿、.csv 文件或文件夹。")
    shared = Counter(each.name for each in found)
    if all(count == 1 for count in shared.values()):
        return [Found(each, each.name) for each in found]
    common = Path(os.path.commonpath([each.resolve().parent for each in found]))
    return [
        Found(e, e.name if shared[e.name] == 1 else e.resolve().relative_to(common).as_posix())
        for e in found
    ]


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        inside = sorted(each for each in path.rglob("*") if _wanted(each, path))
        if not inside:
            raise MisuseError(f"文件夹“{path}”里没有工作簿（.xlsx）或 CSV 文件。请核对路径。")
        yield from inside
    elif path.is_file():
        yield path
    else:
        raise MisuseError(f"找不到“{path}”。请核对路径。")


def _wanted(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    if any(part.startswith(OURS) for part in parts):
        return False
    return path.suffix.lower() in READ | NAMED and path.is_file()


def fingerprinted(found: Found, stop: Event | None = None) -> Source:
    """The source, named by its content. Raises OSError, and CancelledError once `stop` is set."""
    return Source(found.name, *sha256_of(found.path, stop))
