"""The files behind the evidence: what lies in a folder, named, hashed, counted.

Files are read as a stream. Links that lead out of the folder are named and never followed. Names
are compared in Unicode's composed form (NFC), in which a name from a Mac equals one from Windows.
"""

import csv
import hashlib
import io
import os
import re
import stat
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path, PurePosixPath

from junheng.errors import JunhengError, MisuseError

BLOCK = 1 << 20
PASSED_OVER = ("~$", ".", "__MACOSX", "Thumbs.db", "desktop.ini")
"""Lock files, hidden files, and what systems leave in a folder by themselves."""
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_OVERLAP = 16
"""Bytes kept of a block, so that a mark across two blocks is seen; shorter than any mark."""
HEADINGS = ("文件名", "文件校验值（SHA-256）", "字节数", "页数")
FORMULA = tuple("=+-@\t\r\n＝＋－＠−﹢﹣﹦﹫")
"""A cell that begins so would be computed by a spreadsheet; some take full-width signs alike."""
_SCHOOL = re.compile(r"[0-9]{10}")


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """One file of the folder, by its path inside it."""

    name: str
    sha256: str
    size: int
    pages: int | None
    """Pages of a PDF whose page marks can be read without unpacking it; else None."""


@dataclass(frozen=True)
class EvidenceFolder:
    """Everything in a folder of evidence."""

    files: Mapping[str, EvidenceFile]
    """By name, in order of names."""
    outside: tuple[str, ...] = ()
    """Links that were not followed."""

    def find(self, name: str, unit: str) -> tuple[EvidenceFile, ...]:
        """The file that a row of `unit` (school or county) means; several where it is not clear.

        First a file of that path in the unit's own folder (whose name begins with its code), then
        one of that path in the whole, then one of that name in any folder of no other school.
        """
        wanted = _normal(name)
        if wanted is None:
            return ()
        own = [each for each in self._in_folder_of(unit) if _below(each.name) == wanted]
        if own or wanted in self.files:
            return (own[0] if own else self.files[wanted],)
        return tuple(
            each
            for each in self._by_last_name[wanted]
            if not _SCHOOL.match(each.name) or each.name.startswith(unit)
        )

    def _in_folder_of(self, unit: str) -> Iterator[EvidenceFile]:
        first = bisect_left(self._in_folders, unit)
        for name in islice(self._in_folders, first, None):
            if not name.startswith(unit):
                return
            yield self.files[name]

    @cached_property
    def _in_folders(self) -> list[str]:
        """Names of the files that lie in a folder, in order: those of one unit stand together."""
        return sorted(name for name in self.files if "/" in name)

    @cached_property
    def _by_last_name(self) -> Mapping[str, list[EvidenceFile]]:
        found: defaultdict[str, list[EvidenceFile]] = defaultdict(list)
        for name, each in self.files.items():
            found[PurePosixPath(name).name].append(each)
        return found


def survey(folder: Path) -> EvidenceFolder:
    """Hash every file of a folder and of the folders in it.

    Raises MisuseError where `folder` is none; JunhengError where a file cannot be read, or where
    two names differ in their Unicode form only.
    """
    if not folder.is_dir():
        raise MisuseError(f"“{folder}”不是文件夹。请给出放佐证材料的文件夹。")
    root = folder.resolve()
    files: dict[str, EvidenceFile] = {}
    outside: list[str] = []
    for path in _walk(root):
        name = unicodedata.normalize("NFC", path.relative_to(root).as_posix())
        if not _is_inside(path, root):
            outside.append(name)
        elif name in files:
            raise JunhengError(f"“{folder}”里有两个“{name}”，文件名只有编码不同。请删去一个。")
        elif stat.S_ISREG(path.stat().st_mode):
            files[name] = _read(path, name)
    return EvidenceFolder(dict(sorted(files.items())), tuple(sorted(outside)))


def as_csv(folder: EvidenceFolder) -> bytes:
    """The list as a CSV that Excel opens as it is meant."""
    text = io.StringIO(newline="")
    lines = csv.writer(text)
    lines.writerow(HEADINGS)
    for each in folder.files.values():
        name = f"'{each.name}" if each.name.startswith(FORMULA) else each.name
        lines.writerow((name, each.sha256, each.size, each.pages or ""))
    return text.getvalue().encode("utf-8-sig")


def _walk(root: Path) -> Iterator[Path]:
    for here, folders, names in os.walk(root):
        folders[:] = sorted(each for each in folders if not each.startswith(PASSED_OVER))
        linked = [each for each in folders if (Path(here) / each).is_symlink()]
        for each in sorted([*names, *linked]):
            if not each.startswith(PASSED_OVER):
                yield Path(here) / each


def _is_inside(path: Path, root: Path) -> bool:
    """A link to a file of this very folder is that file; any other link leads out, or nowhere."""
    if not path.is_symlink():
        return True
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return False
    return target.is_file() and target.is_relative_to(root)


def _read(path: Path, name: str) -> EvidenceFile:
    digest, size, pages = hashlib.sha256(), 0, 0
    is_pdf = name.lower().endswith(".pdf")
    kept = b""
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                digest.update(block)
                size += len(block)
                if is_pdf:
                    seen = kept + block
                    pages += sum(len(kept) <= m.end() < len(seen) for m in _PAGE.finditer(seen))
                    kept = seen[-_OVERLAP:]
    except OSError as error:
        reason = error.strerror or "读取失败"
        raise JunhengError(
            f"佐证材料“{name}”打不开（{reason}）。请关闭正在使用它的程序，并检查文件权限。"
        ) from error
    return EvidenceFile(name, digest.hexdigest(), size, pages or None)


def _normal(name: str) -> str | None:
    """The name as the folder would give it; None where it points out of it."""
    plain = unicodedata.normalize("NFC", name.strip()).replace("\\", "/")
    path = PurePosixPath(plain)
    if not plain or path.is_absolute() or ".." in path.parts:
        return None
    return path.as_posix()


def _below(name: str) -> str:
    """The path below the first folder."""
    return name.partition("/")[2]
