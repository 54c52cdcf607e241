"""Writing a file whole or not at all: beside its place first, then renamed."""

import os
import tempfile
from pathlib import Path

from junheng.errors import JunhengError


def write_whole(path: Path, content: bytes) -> None:
    """Put `content` at `path` in one step, so that a half-written file is never seen.

    Raises JunhengError where the folder is not there or the file is held by another program.
    """
    if not path.parent.is_dir():
        raise JunhengError(f"没有文件夹“{path.parent}”。请先建立它，或换一个文件夹。")
    try:
        handle, aside = tempfile.mkstemp(prefix=".writing-", dir=path.parent)
    except OSError as error:
        raise JunhengError(
            f"“{path.parent}”里写不进文件，没有权限或磁盘已满。请换一个可以写入的文件夹。"
        ) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(aside).chmod(0o644)
        Path(aside).replace(path)
    except OSError as error:
        raise JunhengError(
            f"“{path}”写不进去。请先关闭正在打开它的 Excel 或 WPS，确认它不是文件夹，再试一次。"
        ) from error
    finally:
        Path(aside).unlink(missing_ok=True)
