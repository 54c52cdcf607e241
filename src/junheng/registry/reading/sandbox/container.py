"""What kind of file is this? Told from its content; its name is only used in the answer."""

import zipfile
from pathlib import Path

from junheng.registry.reading.sandbox.wire import Refused

SAVE_AS = "请用 Excel 或 WPS 打开，选“另存为”，保存类型选“Excel 工作簿（*.xlsx）”，再交回"
HAND_IN = "请交回 .xlsx 工作簿或 .csv 文件"
SEND_AGAIN = "请在自己的电脑上打开它，确认能打开后另存为 .xlsx，重新交回"

WITHOUT_MACROS = (
    "请用 Excel 或 WPS 另存为“Excel 工作簿（*.xlsx）”，提示“无法保存宏”时选“是”，再交回"
)
MACROS = ("vbaproject.bin", "vbadata.xml")
MACRO_SHEETS = "/macrosheets/"
MACRO_RELATIONS = ("vbaproject", "xlmacrosheet", "xlintlmacrosheet")
"""Last words of the relations under which a workbook holds macros, wherever the part lies."""

SUFFIXES = (".csv", ".tsv", ".txt")
"""Of delimited texts."""

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF 文件"),
    (b"{\\rtf", "RTF 文档"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
    (b"\x1f\x8b", "gzip 压缩包"),
    (b"PAR1", "Parquet 文件"),
    (b"SQLite format 3", "数据库文件"),
)
PACKAGES: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("xl/workbook.bin",), "Excel 二进制工作簿（.xlsb）", SAVE_AS),
    (("content.xml",), "OpenDocument 表格（.ods）", SAVE_AS),
    (
        ("index/", "index.zip"),
        "苹果 Numbers 表格（.numbers）",
        "请在 Numbers 中选“文件—导出到—Excel”，交回导出的 .xlsx",
    ),
    (("word/",), "Word 文档（.docx）", HAND_IN),
    (("ppt/",), "演示文稿（.pptx）", HAND_IN),
    ((".xlsx", ".xls", ".et", ".csv"), "压缩包，里面另有文件", "请先解压，把里面的文件交回"),
)
"""How the parts inside a zip begin or end → what it is, and how to mend it."""
STREAMS: tuple[tuple[str, str], ...] = (
    ("WordDocument", "Word 文档"),
    ("PowerPoint Document", "演示文稿"),
)
"""Names of streams inside an OLE2 container that say what it is."""


def kind_of(path: Path) -> str:
    """`zip` or `text`; raises Refused with the name of whatever else it is."""
    with path.open("rb") as file:
        head = file.read(4096)
    if not head:
        raise Refused("S02", "文件是空的（0字节）", "请重新导出或重新拷贝这个文件")
    if head.startswith(OLE2):
        raise _ole2(path)
    if head.startswith((ZIP, EMPTY_ZIP)):
        return "zip"
    for signature, name in SIGNATURES:
        if head.startswith(signature):
            raise Refused("S05", f"这是{name}，不是工作簿", HAND_IN)
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")[:2048].lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<table", b"mime-version")):
        raise Refused("S05", "这是网页或 XML 文件，只是名字像工作簿", SAVE_AS)
    return "text"


def _ole2(path: Path) -> Refused:
    """OLE2 holds an encrypted .xlsx, or the old binary formats: the stream names tell which."""
    content = path.read_bytes()

    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if has("EncryptedPackage"):
        return Refused(
            "S03",
            "文件有打开密码，读不出来",
            "请在 Excel 或 WPS 中打开，取消“用密码进行加密”，保存后再交回",
        )
    for stream, name in STREAMS:
        if has(stream):
            return Refused("S05", f"这是旧格式的{name}，不是工作簿", HAND_IN)
    return Refused("S04", f"这是旧的二进制格式（{_old_name(path)}）", SAVE_AS)


def _old_name(path: Path) -> str:
    suffix = path.suffix.lower()
    return {".et": "WPS 表格 .et", ".wps": "WPS 文字 .wps"}.get(suffix, "Excel 97—2003 .xls")


def open_zip(path: Path) -> zipfile.ZipFile:
    """The package, once it is known to be one; raises Refused otherwise."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise Refused(
            "S06", "文件不完整或已损坏，可能没有下载完、没有拷贝完", SEND_AGAIN
        ) from error
    try:
        _expect_workbook(archive)
    except BaseException:
        archive.close()
        raise
    return archive


def _expect_workbook(archive: zipfile.ZipFile) -> None:
    listed = [name.replace("\\", "/").lower() for name in archive.namelist()]
    names = set(listed)
    if any(info.flag_bits & 1 for info in archive.infolist()):
        raise Refused("S03", "压缩包有密码，读不出来", "请去掉密码，直接交回 .xlsx 工作簿")
    if any(".." in name.split("/") for name in names):
        raise Refused("S06", "压缩包里有指到文件以外的路径，不是 Excel 或 WPS 写的", SEND_AGAIN)
    if len(names) < len(listed):
        raise Refused("S06", "压缩包里有同名的部件，不同的程序会读出不同的内容", SEND_AGAIN)
    if any(name.endswith(MACROS) or MACRO_SHEETS in name for name in names):
        raise with_macros()
    if not any(name.endswith("workbook.xml") for name in names):
        raise _other_package(names)


def with_macros() -> Refused:
    """Told by what is inside, whatever the name of the file says."""
    return Refused("S05", "文件里有宏（程序代码），为安全起见没有读取", WITHOUT_MACROS)


def _other_package(names: set[str]) -> Refused:
    """What a zip without a workbook is."""
    for signs, what, mend in PACKAGES:
        if any(name.startswith(signs) or name.endswith(signs) for name in names):
            return Refused("S05", f"这是{what}", mend)
    return Refused("S01", "压缩包里没有工作簿", HAND_IN)
