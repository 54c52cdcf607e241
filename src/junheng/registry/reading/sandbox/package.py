"""The parts of an .xlsx package, unpacked under a meter and parsed without DTD or entities."""

import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any
from xml.parsers import expat

from junheng.registry.reading.sandbox.container import SEND_AGAIN
from junheng.registry.reading.sandbox.wire import Limits, Refused

CHUNK = 1 << 18
RATIO_ASKED_FROM = 32 << 20
OFFICE_DOCUMENT = "/officedocument"
TOO_BIG = "请检查是否误填了很多空行、空列（选中后删除整行、整列），或把内容复制到新下载的模板"

Start = Callable[[str, dict[str, str]], Any]
End = Callable[[str], Any]
Through = Callable[[Iterator[bytes]], Iterator[bytes]]


class Local(dict[str, str]):
    """Tag as written → its name without the prefix: writers differ in the prefix they use."""

    def __missing__(self, tag: str) -> str:
        name = tag.rpartition(":")[2]
        if len(self) < 10_000:
            self[tag] = name
        return name


def ordinal(text: str | None, default: int = -1) -> int:
    """A small whole number written in an attribute, or `default` where it is none."""
    return int(text) if text and len(text) < 10 and text.isascii() and text.isdigit() else default


def damaged(what: str) -> Refused:
    return Refused("S06", f"文件已损坏：{what}", SEND_AGAIN)


class Package:
    """An opened workbook; every byte that comes out of it is counted."""

    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        self._archive = archive
        self._limits = limits
        self._inflated = 0
        self._names = {_folded(name): name for name in archive.namelist()}

    def has(self, part: str) -> bool:
        return _folded(part) in self._names

    def chunks(self, part: str) -> Iterator[bytes]:
        """The unpacked bytes of a part. Raises Refused beyond the limits or where damaged."""
        name = self._names.get(_folded(part))
        if name is None:
            raise damaged(f"缺少 {part}")
        packed = max(1, self._archive.getinfo(name).compress_size)
        here = 0
        try:
            with self._archive.open(name) as stream:
                while chunk := stream.read(CHUNK):
                    here += len(chunk)
                    self._meter(len(chunk), here, packed)
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError) as error:
            raise damaged(f"{part} 解不开") from error

    def _meter(self, more: int, here: int, packed: int) -> None:
        self._inflated += more
        if self._inflated > self._limits.inflated_bytes:
            size = self._limits.inflated_bytes >> 20
            raise Refused("S07", f"文件解压后超过 {size} MB，为安全起见没有读取", TOO_BIG)
        if here > RATIO_ASKED_FROM and here > self._limits.ratio * packed:
            raise Refused(
                "S07",
                f"文件的压缩比超过 {self._limits.ratio} 倍，像是“压缩炸弹”，没有读取",
                TOO_BIG,
            )

    def parse(self, part: str, start: Start, end: End | None = None) -> None:
        """Run handlers over a part."""
        self.feed(part, new_parser(start, end))

    def feed(self, part: str, parser: expat.XMLParserType, through: Through | None = None) -> None:
        """Run a parser over a part, or over what `through` lets it see of it."""
        try:
            chunks = self.chunks(part)
            for chunk in through(chunks) if through else chunks:
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            if error.code == expat.errors.codes[expat.errors.XML_ERROR_NO_MEMORY]:
                raise MemoryError from error
            raise damaged(f"{part} 第 {error.lineno} 行不是合格的 XML") from error
        except (ValueError, LookupError) as error:
            raise damaged(f"{part} 的编码读不懂") from error

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relations of a part: id → (type, path inside the package)."""
        folder, name = posixpath.split(part)
        found: dict[str, tuple[str, str]] = {}
        local = Local()

        def start(tag: str, attributes: dict[str, str]) -> None:
            if local[tag] == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes.get("Target", "").replace("\\", "/")
                path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                found[attributes.get("Id", "")] = (attributes.get("Type", "").lower(), path)

        beside = posixpath.join(folder, "_rels", f"{name}.rels")
        if self.has(beside):
            self.parse(beside, start)
        return found

    @property
    def workbook(self) -> str:
        """Path of the main part: as related, else where every writer puts it."""
        for kind, path in self.relations("").values():
            if kind.endswith(OFFICE_DOCUMENT) and self.has(path):
                return path
        return "xl/workbook.xml"


def _folded(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def new_parser(start: Start, end: End | None) -> expat.XMLParserType:
    """An expat parser that refuses DTDs, so that no entity can be declared, let alone expand."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = _no_doctype
    return parser


def _no_doctype(*_: object) -> None:
    raise Refused(
        "S07", "文件里夹带了 DTD 声明（“XML 炸弹”的写法），为安全起见没有读取", SEND_AGAIN
    )
