"""Files that users write to say what their headings mean: read as text, parsed as TOML."""

import re
from pathlib import Path
from typing import TypeVar

import msgspec
import tomli

from junheng.errors import DeclarationError, MisuseError, UnreadableFileError

T = TypeVar("T")


def text_of(path: Path) -> str:
    """The file as text. Raises MisuseError where it is not there, UnreadableFileError for other bytes."""
    if not path.is_file():
        raise MisuseError(f"找不到对照文件“{path}”。请核对路径。")
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableFileError(path.name, "不是 UTF-8 文字", "请另存为 UTF-8 编码。") from error


def parsed(text: str, file: str, kind: type[T], mend: str) -> T:
    """The text as TOML of this kind.

    Raises DeclarationError with the line where it is no TOML, msgspec.ValidationError where it is
    of another kind: each sort of file has its own words for that."""
    try:
        return msgspec.convert(tomli.loads(text), kind)
    except tomli.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        where = f"第 {line[1]} 行" if line else "内容"
        raise DeclarationError(file, where, "不合 TOML 的写法", mend) from error
    except msgspec.ValidationError:
        raise
    except (RecursionError, ValueError) as error:  # brackets without end, digits without end
        raise DeclarationError(file, "内容", "嵌套太深，或有极长的数", mend) from error
