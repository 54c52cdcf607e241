"""Ways of spoiling a workbook, each drawing what it does from `Random`: bytes, directory, XML, parts.

Each takes the bytes of a whole workbook and gives those of a spoilt one.
"""

import csv
import io
import struct
import zipfile
from collections.abc import Callable
from random import Random
from typing import Any

from lxml import etree

Mutation = Callable[[bytes, Random], bytes]
Parts = dict[str, bytes]
VALUES = (
    "", " ", "0", "-1", "1", "00", "1e400", "-1e400", "1e-400", "NaN", "INF", "1_0", "٣", "９９",
    "2147483648", "4294967295", "9" * 60, "A1", "XFD1048576", "XFE1", "A0", "A1:XFD1048576", "$A$1",
    "A5:A6", "../../x", "/xl/workbook.xml", "worksheets/sheet1.xml", "http://x/", "=1+1", "＝1+1",
    "\u202e反", "\u200b", "_x0000_", "_xD800_", "_x000D_", "s", "n", "b", "e", "d", "str", "inlineStr",
    "true", "hidden", "veryHidden", "是", "—", "无", "0.1", "45123.5", "60", "2958466", "2025-13-45",
    "2025-09-01", "#REF!", "#DIV/0!", "yyyy-mm-dd", "0%", "0000000000", "General", '"年"', "字" * 3000,
)  # fmt: skip
"""What is put where something else stood."""
NUMBERS = (0, 1, 8, 99, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)
DIRECTORY = {
    8: "H",
    10: "H",
    16: "I",
    20: "I",
    24: "I",
    28: "H",
    30: "H",
    32: "H",
    38: "I",
    42: "I",
}
"""Fields of a directory entry: flags, method, CRC, sizes, lengths, attributes, offset."""
END = {8: "H", 10: "H", 12: "I", 16: "I", 20: "H"}
"""Fields of the end of the directory."""


# --- bytes -------------------------------------------------------------------------------------


def flipped_bits(content: bytes, chance: Random) -> bytes:
    spoilt = bytearray(content)
    for _ in range(chance.randint(1, 12)):
        spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
    return bytes(spoilt)


def cut_and_joined(content: bytes, chance: Random) -> bytes:
    """A part left out, doubled, or put elsewhere; or only the beginning kept."""
    one, two = sorted(chance.randrange(len(content) + 1) for _ in range(2))
    middle = content[one:two]
    return chance.choice(
        [content[:one], content[:one] + content[two:], content[:two] + middle + content[two:],
         middle + content[:one] + content[two:], content + middle]
    )  # fmt: skip


def directory(content: bytes, chance: Random) -> bytes:
    """The directory of the archive says what is not so."""
    spoilt = bytearray(content)
    entries = _all(content, b"PK\x01\x02")
    for _ in range(chance.randint(1, 3)):
        if chance.random() < 0.2:
            at, fields = content.rfind(b"PK\x05\x06"), END
        elif chance.random() < 0.2:
            at, fields = chance.choice(entries), {46 + chance.randrange(4): "B"}  # its name
        else:
            at, fields = chance.choice(entries), DIRECTORY
        offset, form = chance.choice(sorted(fields.items()))
        most = (1 << 8 * struct.calcsize(form)) - 1
        struct.pack_into("<" + form, spoilt, at + offset, chance.choice(NUMBERS) & most)
    return bytes(spoilt)


def _all(content: bytes, sign: bytes) -> list[int]:
    found, at = [], content.find(sign)
    while at >= 0:
        found.append(at)
        at = content.find(sign, at + 1)
    return found


# --- parts -------------------------------------------------------------------------------------


def unpacked(content: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Parts) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def members(content: bytes, chance: Random) -> bytes:
    """Parts missing, under one another's names, under names that lead out, or twice."""
    parts = unpacked(content)
    one, two = chance.choice(sorted(parts)), chance.choice(sorted(parts))
    match chance.randrange(6):
        case 0:
            del parts[one]
        case 1:
            parts[one], parts[two] = parts[two], parts[one]
        case 2:
            parts[
                chance.choice(("../../x", "C:\\x", "/etc/x", one.upper(), "xl\\x", "x" * 300))
            ] = parts.pop(one)
        case 3:
            parts[one] = b""
        case 4:
            parts[f"xl/{chance.choice(('vbaProject.bin', 'media/x', 'x.bin'))}"] = b"x"
        case _:
            parts[one] = parts[one] * 2
    return packed(parts)


def damaged_text(content: bytes, chance: Random) -> bytes:
    """The XML of a part is no longer XML, or is in another encoding."""
    parts = unpacked(content)
    name = chance.choice(sorted(parts))
    part = parts[name]
    at = chance.randrange(len(part) + 1)
    spoilt = (
        part[:at]
        + chance.choice((b"\0", b"&x;", b"<", b"&#xD800;", b"]]>", b"\xff", b"<!--"))
        + part[at:],
        part.decode("utf-8", "replace").encode("utf-16"),
        part.replace(b"UTF-8", chance.choice((b"UTF-7", b"GBK", b"utf-16", b"x"))),
        b'<!DOCTYPE x [<!ENTITY a "b">]>' + part,
        b"\xef\xbb\xbf" + part,
        part[:at],
    )
    parts[name] = chance.choice(spoilt)
    return packed(parts)


Edit = Callable[[Any, Random], None]


def put_value(element: Any, chance: Random) -> None:
    """Another text, or another value of one attribute."""
    if element.attrib and chance.random() < 0.7:
        element.set(chance.choice(sorted(element.attrib)), chance.choice(VALUES))
    else:
        element.text = chance.choice(VALUES)


def reshape(element: Any, chance: Random) -> None:
    """Left out, doubled, renamed, moved to the front, or put into itself."""
    parent = element.getparent()
    if parent is None:
        return
    copy = etree.fromstring(etree.tostring(element))
    match chance.randrange(5):
        case 0:
            parent.remove(element)
        case 1:
            parent.insert(parent.index(element), copy)
        case 2:
            element.tag = chance.choice(("x", "row", "c", "v", "si", "t", "f", "is", "rPh"))
        case 3:
            parent.insert(0, element)
        case _:
            element.append(copy)


def of_parts(places: str, *tags: str, edits: tuple[Edit, ...] = (put_value, reshape)) -> Mutation:
    """Spoil elements of these tags in the parts whose name contains one of `places`."""
    wanted = places.split()

    def mutate(content: bytes, chance: Random) -> bytes:
        parts = unpacked(content)
        names = [each for each in sorted(parts) if any(place in each for place in wanted)]
        names = names or [each for each in sorted(parts) if SHEETS in each]
        for _ in range(chance.randint(1, 4)):
            name = chance.choice(names)
            root = etree.fromstring(parts[name])
            found = [e for e in root.iter() if not tags or etree.QName(e).localname in tags]
            if found:
                chance.choice(edits)(chance.choice(found), chance)
                parts[name] = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
        return packed(parts)

    return mutate


def dates(content: bytes, chance: Random) -> bytes:
    """Days that are none, days as numbers and texts, the other epoch."""
    parts = unpacked(content)
    if chance.random() < 0.3:
        book = parts["xl/workbook.xml"]
        parts["xl/workbook.xml"] = book.replace(b"<workbookPr", b'<workbookPr date1904="1"', 1)
    for name in [
        each for each in sorted(parts) if "worksheets/sheet" in each and "_rels" not in each
    ]:
        root = etree.fromstring(parts[name])
        cells = [each for each in root.iter("{*}c") if each.find("{*}v") is not None]
        for cell in chance.sample(cells, min(len(cells), 3)):
            cell.set("s", str(chance.randrange(12)))
            cell.set("t", chance.choice(("n", "d", "str")))
            cell.find("{*}v").text = chance.choice(
                (
                    "-5",
                    "0",
                    "60",
                    "61",
                    "45901",
                    "45901.99",
                    "2958466",
                    "1e300",
                    "2025-02-30",
                    "20250901",
                )
            )
        parts[name] = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return packed(parts)


SHEETS = "worksheets/sheet"
MUTATIONS: dict[str, Mutation] = {
    "字节": flipped_bits,
    "截断拼接": cut_and_joined,
    "压缩包目录": directory,
    "部件": members,
    "XML 文字": damaged_text,
    "XML 元素": of_parts(f"{SHEETS} workbook.xml sharedStrings styles"),
    "共享文字": of_parts("sharedStrings", "si", "t", "sst"),
    "样式": of_parts("styles", "numFmt", "xf", "cellXfs", "numFmts"),
    "日期": dates,
    "关系": of_parts("_rels", "Relationship"),
    "表名": of_parts("xl/workbook.xml", "sheet", "sheets", "workbookPr"),
    "尺寸与合并": of_parts(
        SHEETS, "dimension", "mergeCell", "mergeCells", "col", "row", "sheetData"
    ),
    "单元格": of_parts(SHEETS, "c", "v", "f", "is", "t"),
}


# --- CSV ---------------------------------------------------------------------------------------


def of_encoding(content: bytes, chance: Random) -> bytes:
    text = content.decode("utf-8")
    code = chance.choice(("utf-16", "utf-16-be", "gb18030", "utf-8-sig", "big5", "utf-7", "utf-32"))
    spoilt = text.encode(code, "replace")
    return chance.choice((spoilt, b"\xef\xbb\xbf" + spoilt, b"\xff\xfe" + content, spoilt[1:]))


def of_quotes(content: bytes, chance: Random) -> bytes:
    spoilt = content
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(spoilt) + 1)
        more = chance.choice(
            (b'"', b'""', b"\0", b"\r", b"\n", b"\t", b";", b",,,", b"\x1a", b"\\", b"'")
        )
        spoilt = spoilt[:at] + more + spoilt[at:]
    return spoilt


def of_cells(content: bytes, chance: Random) -> bytes:
    """Cells with what nobody types; rows too short, too long, doubled, in another order."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))
    for _ in range(chance.randint(1, 5)):
        row = chance.choice(rows)
        match chance.randrange(5):
            case 0:
                rows.append([*row, *row])
            case 1:
                chance.shuffle(row)
            case 2:
                del row[chance.randrange(len(row) + 1) :]
            case _ if row:
                row[chance.randrange(len(row))] = chance.choice(VALUES)
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=chance.choice(",;\t，")).writerows(rows)
    return out.getvalue().encode("utf-8")


MUTATIONS_OF_TEXT: dict[str, Mutation] = {
    "字节": flipped_bits,
    "截断拼接": cut_and_joined,
    "编码": of_encoding,
    "引号与分隔": of_quotes,
    "单元格": of_cells,
}
