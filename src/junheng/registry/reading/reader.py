"""Reading what was handed in: files in, a filing out, every problem named."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from junheng.garbage import uncollected
from junheng.registry.filing import Filing, Finding, Source
from junheng.registry.reading.gathering import Found, fingerprinted, gather
from junheng.registry.reading.process import Sandbox
from junheng.registry.reading.sandbox.container import SUFFIXES
from junheng.registry.reading.sandbox.package import TOO_BIG
from junheng.registry.reading.sandbox.wire import Limits, Refused

if TYPE_CHECKING:
    from junheng.registry.reading.book import Book

READABLE = "应为能打开的 .xlsx 工作簿或 .csv 文件"


def read(paths: Sequence[Path], *, limits: Limits = Limits()) -> Filing:  # noqa: B008 - frozen
    """Read workbooks, CSV files and folders of them into one filing.

    One workbook a county, one a school, or several: rows of the same key are merged where they
    agree. A file that cannot be read, or would harm the reader, is a 必须改 finding (S01–S09) on
    that file and hides nothing of the others. Every value keeps its file, sheet, cell and text.
    Raises MisuseError where a path is not there or a folder holds nothing to read.
    """
    with uncollected():
        return _read(paths, limits)


def _read(paths: Sequence[Path], limits: Limits) -> Filing:
    books: list[Book] = []
    findings: list[Finding] = []
    sources: list[Source] = []
    files = gather(paths)
    with Sandbox(limits) as sandbox:
        sandbox.begin()
        for found in files:
            try:
                sources.append(source(found, limits))
                book = _read_one(found, sandbox, limits)
            except Refused as refused:
                findings.append(_refusal(found, refused))
            else:
                books.append(book)
                findings += book.findings
    from junheng.registry.reading.book import missing_tables
    from junheng.registry.reading.merging import merge

    if not any(each.check < "S10" for each in findings):
        findings += missing_tables(books)
    merged = merge(reading.records for book in books for reading in book.readings)
    versions = sorted({book.version for book in books if book.version})
    return Filing(
        records=merged.records,
        findings=(*findings, *merged.findings),
        sources=tuple(sources),
        template_version="、".join(versions) or None,
    )


def source(found: Found, limits: Limits) -> Source:
    """The file, named by its content. Raises Refused where it is too big or cannot be read."""
    try:
        size = found.path.stat().st_size
        if size > limits.file_bytes:
            raise Refused(
                "S07",
                f"文件有 {size >> 20} MB，超过 {limits.file_bytes >> 20} MB，没有读取",
                TOO_BIG,
            )
        return fingerprinted(found)
    except OSError as error:
        reason = error.strerror or "读取失败"
        raise Refused(
            "S01", f"文件打不开（{reason}）", "请关闭正在使用它的程序，并检查文件权限"
        ) from error


def _read_one(found: Found, sandbox: Sandbox, limits: Limits) -> "Book":
    from junheng.registry.layout import VERSION_SHEET, sheet_names
    from junheng.registry.reading.headings import marks

    names = [*sheet_names(), VERSION_SHEET]
    asked = sandbox.read(found.path, names, list(marks()), meanwhile=_load)
    with closing(asked) as messages:
        book = None
        for message in messages:
            book = book or _book(found)
            book.take(message, limits)
    book = book or _book(found)
    book.close()
    return book


def _load() -> None:
    """Modules that are not needed to ask the child, only for what it answers and for what comes next."""
    import junheng.registry.checks.run
    import junheng.registry.reading.book  # noqa: F401


def _book(found: Found) -> "Book":
    from junheng.registry.reading.book import Book

    return Book(found.name, delimited=found.path.suffix.lower() in SUFFIXES)


def _refusal(found: Found, refused: Refused) -> Finding:
    from junheng.registry.reading.findings import Place

    return Place(found.name).finding(refused.code, refused.found, READABLE, refused.mend)
