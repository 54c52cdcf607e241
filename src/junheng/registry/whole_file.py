"""Writing a file or a folder whole or not at all: beside its place first, then renamed.

A run that is killed leaves at most a `.writing-…` beside the place, which nobody reads and which
`junheng store verify` names in a store; what stands under the name itself is whole.
"""

import errno
import os
import re
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from junheng.errors import JunhengError

ASIDE = ".writing-"
"""How the name of what is being written begins."""
REASONS = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "超过了磁盘配额",
    errno.EROFS: "这个位置是只读的",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EFBIG: "文件太大",
    errno.EMFILE: "同时打开的文件太多",
    errno.EIO: "磁盘读写出错",
    errno.ENOTDIR: "路径当中有一段是文件，不是文件夹",
    errno.EEXIST: "已有同名的文件，不是文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
}
HELD = "请先关闭正在打开它的 Excel 或 WPS，确认它不是文件夹、所在的磁盘可以写入，再试一次。"
BLOCKED = "请核对路径、权限和磁盘，再试一次。"
_SYSTEM = re.compile(r"\(os error (\d+)\)")
"""How Polars passes on what the system said."""


def write_whole(path: Path, content: bytes) -> None:
    """Put `content` at `path` in one step, so that a half-written file is never seen.

    Raises JunhengError where the folder is not there or the file is held by another program.
    """
    if not path.parent.is_dir():
        raise JunhengError(f"没有文件夹“{path.parent}”。请先建立它，或换一个文件夹。")
    place(path, lambda aside: aside.write_bytes(content))


def place(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` fill a temporary file beside `path`, then rename it: never half-written.

    Raises JunhengError where the disk is full, the folder cannot be written, or the file is held
    by another program; the file that stood there before stays as it was.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=ASIDE, suffix=path.suffix, dir=path.parent)
    except OSError as error:
        raise _no_room(path.parent, error) from error
    os.close(handle)
    aside = Path(name)
    try:
        write(aside)
        aside.chmod(0o644)
        aside.replace(path)
    except Exception as error:
        if (sentence := _sentence(path, error, HELD)) is None:
            raise
        raise JunhengError(sentence) from error
    finally:
        aside.unlink(missing_ok=True)


def place_folder(target: Path, write: Callable[[Path], object]) -> bool:
    """Let `write` fill a folder beside `target` and rename it there; False where it was there.

    Every file is on the disk before the name appears, so that a folder that can be seen is whole
    even after the power failed. Two who write the same folder at once both succeed: whoever comes
    second finds it there. Raises JunhengError where the disk is full or cannot be written.
    """
    if target.is_dir():
        return False
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=ASIDE, dir=target.parent))
    except OSError as error:
        raise _no_room(target.parent, error) from error
    try:
        write(aside)
        aside.chmod(0o755)
        for each in (*aside.iterdir(), aside):
            to_disk(each)
        aside.rename(target)
        to_disk(target.parent)
    except Exception as error:
        if isinstance(error, OSError) and target.is_dir():
            return False
        if (sentence := _sentence(target, error, BLOCKED)) is None:
            raise
        raise JunhengError(sentence) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return True


def reason_of(error: BaseException) -> str:
    """Why the disk did not take it, in Chinese where it is one of the usual reasons."""
    number = _number_of(error)
    return REASONS.get(number or 0) or getattr(error, "strerror", None) or str(error)


def _number_of(error: BaseException | None) -> int | None:
    """The number of the system's error, also where a library wrapped it in its own."""
    while error is not None:
        if isinstance(error, OSError) and error.errno is not None:
            return error.errno
        if said := _SYSTEM.search(str(error)):
            return int(said[1])
        error = error.__cause__ or error.__context__
    return None


def _no_room(folder: Path, error: OSError) -> JunhengError:
    return JunhengError(
        f"“{folder}”里写不进文件（{reason_of(error)}）。请核对路径、权限和磁盘空间，或换一个文件夹。"
    )


def _sentence(path: Path, error: Exception, mend: str) -> str | None:
    """What is said where the disk refused; None for any other error, which stays what it is."""
    number = _number_of(error)
    if isinstance(error, JunhengError) or (number is None and not isinstance(error, OSError)):
        return None
    reason = reason_of(error)
    if number in (errno.ENOSPC, errno.EDQUOT):
        return f"“{path}”写不进去（{reason}），没有留下写了一半的内容。请腾出空间后再运行一次。"
    return f"“{path}”写不进去（{reason}）。{mend}"


def to_disk(path: Path) -> None:
    """Wait until the disk has it; not every system lets a folder be opened for that."""
    with suppress(PermissionError, IsADirectoryError):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
