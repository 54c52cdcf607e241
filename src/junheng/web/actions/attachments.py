"""Keeping files: on the disk whole and durable first, then the row with its event."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db import transaction

from junheng.errors import RefusedError
from junheng.registry.whole_file import ASIDE
from junheng.web.actions.recording import record
from junheng.web.file_kinds import kind_of
from junheng.web.models import Attachment, Case, User
from junheng.web.models.attachments import path_of

LARGEST = 50 * 1024 * 1024
"""Bytes; a workbook of a county has less than a tenth."""
HEAD = 4096
"""So many bytes tell the kind of a file."""


def keep(
    chunks: Iterable[bytes], *, name: str, allowed: tuple[str, ...], largest: int = LARGEST
) -> tuple[str, int, str]:
    """Write a content to its place, flushed to the disk before its name appears.

    Returns (sha256, bytes, kind). Raises RefusedError where it is empty, larger than `largest`, or
    of no allowed kind by its content; then nothing is left behind.
    """
    folder = Path(settings.DATA) / "attachments"
    folder.mkdir(parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(prefix=ASIDE, dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            sha256, size, head = _write(file.write, chunks, name, largest)
            kind = _allowed(head, name, size, allowed)
            file.flush()
            os.fsync(file.fileno())
        target = path_of(sha256)
        target.parent.mkdir(exist_ok=True)
        Path(aside).replace(target)
        _folder_to_disk(target.parent)
    finally:
        Path(aside).unlink(missing_ok=True)
    return sha256, size, kind


@transaction.atomic
def attach(
    case: Case, *, purpose: str, name: str, sha256: str, size: int, kind: str, by: User
) -> Attachment:
    """The row of a file that `keep` has written, with its event."""
    row = Attachment.objects.create(
        case=case, purpose=purpose, name=name[-200:], sha256=sha256, size=size, kind=kind, by=by
    )
    new = {"purpose": purpose, "name": row.name, "sha256": sha256, "size": size}
    record("上传文件", case, by=by, new=new, source=f"{row.name} {sha256}")
    return row


def _write(
    write: "object", chunks: Iterable[bytes], name: str, largest: int
) -> tuple[str, int, bytes]:
    assert callable(write)
    digest, size, head = hashlib.sha256(), 0, b""
    for chunk in chunks:
        size += len(chunk)
        if size > largest:
            raise RefusedError(
                f"“{name}”超过 {largest // 1024 // 1024} MB，没有接收。请确认选对了文件，去掉工作簿里的图片再上传。"
            )
        head = head or chunk[:HEAD]
        digest.update(chunk)
        write(chunk)
    return digest.hexdigest(), size, head


def _allowed(head: bytes, name: str, size: int, allowed: tuple[str, ...]) -> str:
    if not size:
        raise RefusedError(f"“{name}”是空文件。请选择填好的文件再上传。")
    kind = kind_of(head, name)
    if kind not in allowed:
        raise RefusedError(
            f"“{name}”的内容是{kind or '认不出的类型'}，这里只收 {'、'.join(allowed)}。请换成这些类型的文件再上传。"
        )
    return kind


def _folder_to_disk(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
