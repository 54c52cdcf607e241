"""The files of registers: those given, and those in the folders given."""

from collections.abc import Sequence
from pathlib import Path

from junheng.errors import MisuseError
from junheng.registry.reading.gathering import READ, Found, gather

PARQUET = (".parquet", ".pq")
TEXT = (".csv", ".tsv", ".txt")


def registers_in(paths: Sequence[Path]) -> list[Found]:
    """Every file given, or found in a folder given, each once. Raises MisuseError where a path is not there."""
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(
                each
                for each in path.rglob("*")
                if each.suffix.lower() in {*PARQUET, *READ}
                and not any(p.startswith((".", "~$")) for p in each.relative_to(path).parts)
            )
            if not inside:
                raise MisuseError(f"文件夹“{path}”里没有 Parquet、CSV 或 Excel 文件。请核对路径。")
            files += inside
        else:
            files.append(path)
    return gather(files)
