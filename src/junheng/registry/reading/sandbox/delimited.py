"""CSV as clerks make it: UTF-8 with or without BOM, GB18030, UTF-16; comma, tab or semicolon.

The file becomes a sheet: a quoted line break stays inside its cell, so that addresses are those
Excel shows when it opens the file.
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from junheng.registry.reading.sandbox.budget import Budget
from junheng.registry.reading.sandbox.container import SUFFIXES
from junheng.registry.reading.sandbox.grid import Grid
from junheng.registry.reading.sandbox.package import TOO_BIG
from junheng.registry.reading.sandbox.places import LAST_COLUMN
from junheng.registry.reading.sandbox.tiles import ROWS_LOOKED_AT
from junheng.registry.reading.sandbox.wire import PLAIN, Refused, Request

SAVE_AS_UTF8 = "请用 Excel 或 WPS 打开，另存为“CSV UTF-8（逗号分隔）”或 .xlsx 工作簿，再交回"
SEPARATORS = (",", "\t", ";", "，")
BOMS: tuple[tuple[bytes, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
UTF16_REMARK = (
    "S25",
    "这个文件是 UTF-16 编码（“Unicode 文本”），已按此读取",
    "下次请另存为“CSV UTF-8（逗号分隔）”",
)
LONGEST_FIELD = 131_072


def read_delimited(request: Request, path: Path) -> Iterator[tuple[object, ...]]:
    """The file as one `wire.Sheet`, named by its stem, after any remark. Raises Refused."""
    content = path.read_bytes()
    if path.suffix.lower() not in SUFFIXES:
        raise Refused(
            "S01",
            "这不是 Excel 工作簿，只是名字像工作簿",
            "请交回 .xlsx 工作簿；如果它是 CSV 文件，请把扩展名改为 .csv",
        )
    encoding = _encoding(content, request.marks)
    if encoding == "utf-16":
        yield ("remark", *UTF16_REMARK)
    text = _decoded(content, encoding)
    grid = _grid(text, _separator(text, frozenset(request.marks)), request)
    yield ("sheet", path.stem, False, True, *grid.packed())


def _encoding(content: bytes, marks: list[str]) -> str:
    for bom, name in BOMS:
        if content.startswith(bom):
            return name
    if b"\0" in content[:4096]:
        name = "UTF-16" if content[:4096].count(b"\0") > len(content[:4096]) // 8 else "二进制"
        raise Refused("S09", f"这个文件像是没有标记的 {name} 编码，读不出文字", SAVE_AS_UTF8)
    if _fits(content, "utf-8"):
        return "utf-8"
    # GB18030 takes almost any bytes, so a damaged UTF-8 file would turn into other characters
    # without a word: believe it only if what it says is what the template says.
    looks_utf8 = any(mark.encode() in content for mark in marks if not mark.isascii())
    return "utf-8" if looks_utf8 or not _fits(content, "gb18030") else "gb18030"


def _fits(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Refused(
            "S09",
            f"第 {line} 行有读不出的字节（按 {encoding.upper()} 读取），文件编码混乱或已损坏",
            SAVE_AS_UTF8,
        ) from error


def _separator(text: str, marks: frozenset[str]) -> str:
    """The separator under which the first rows show most of the template's headings."""

    def shown(separator: str) -> tuple[int, int]:
        cells = [
            cell.strip()
            for line in text[:65_536].splitlines()[:ROWS_LOOKED_AT]
            for cell in line.split(separator)
        ]
        return sum(cell.strip('"') in marks for cell in cells), len(cells)

    return max(SEPARATORS, key=shown)


def _grid(text: str, separator: str, request: Request) -> Grid:
    budget = Budget(request.limits)
    grid = Grid()
    csv.field_size_limit(LONGEST_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for number, fields in enumerate(reader, 1):
            if len(fields) > LAST_COLUMN:
                raise Refused("S07", f"第 {number} 行超过 {LAST_COLUMN} 列，没有读取", TOO_BIG)
            columns = [column for column, field in enumerate(fields, 1) if field]
            which = [grid.content(("s", field, PLAIN, False)) for field in fields if field]
            for each in which:
                budget.spend(grid.lengths[each])
            if which:
                grid.add(number, columns, which, hidden=False)
    except csv.Error as error:
        raise Refused(
            "S09",
            f"第 {reader.line_num} 行附近的引号不成对，读不下去",
            "请用 Excel 打开检查该行的双引号，或另存为 .xlsx 工作簿，再交回",
        ) from error
    return grid
