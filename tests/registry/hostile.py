"""Files that are no workbooks, are broken, or mean harm; each made small on disk."""

import io
import struct
import zipfile
from pathlib import Path

from registry.handmade import MAIN, SHEETS, STYLES, inline, parts, register_xml, sheet_xml, zipped

from junheng.registry.layout import CODE_ROW, FIRST_ROW, slots

DEFLATED = zipfile.ZIP_DEFLATED


def ole2(path: Path, *streams: str) -> Path:
    """An OLE2 container as far as a reader looks: its signature and the names of its streams."""
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
    for stream in streams:
        content += stream.encode("utf-16-le").ljust(64, b"\0") + b"\0" * 64
    path.write_bytes(content)
    return path


def zip_of(path: Path, *names: str) -> Path:
    return zipped(path, dict.fromkeys(names, "x"))


def zip_bomb(path: Path, megabytes: int) -> Path:
    """A sheet that is mostly one space repeated: a thousand times larger than its file."""
    filler = " " * (1 << 20)
    with zipfile.ZipFile(path, "w", DEFLATED) as archive:
        for name, text in parts("").items():
            if not name.endswith("sheet1.xml"):
                archive.writestr(name, text)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            part.write(f'<worksheet xmlns="{MAIN}"><sheetData>'.encode())
            for _ in range(megabytes):
                part.write(filler.encode())
            part.write(b"</sheetData></worksheet>")
    return path


def xml_bomb(path: Path) -> Path:
    """The billion laughs."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    sheet = register_xml('<c t="inlineStr"><is><t>&l9;</t></is></c>')
    doctype = f'<!DOCTYPE x [<!ENTITY l0 "lol">{laughs}]>'
    head, _, body = sheet.partition("?>")
    return zipped(path, parts(f"{head}?>{doctype}{body}"))


def external_entity(path: Path, target: Path) -> Path:
    """An entity that would pull a file of this machine into a cell."""
    sheet = register_xml('<c t="inlineStr"><is><t>&x;</t></is></c>')
    head, _, body = sheet.partition("?>")
    doctype = f'<!DOCTYPE x [<!ENTITY x SYSTEM "{target.as_uri()}">]>'
    return zipped(path, parts(f"{head}?>{doctype}{body}"))


def far_cell(path: Path) -> Path:
    """One cell at the far corner of the sheet, beside an ordinary row."""
    rows = register_xml(inline("2141000001"), inline("示例县第一小学"), inline("小学"))
    far = f'<row r="1048576">{inline("远", "XFD1048576")}</row></sheetData>'
    return zipped(path, parts(rows.replace("</sheetData>", far)))


MANY = 10_000
"""Rows that are written at once."""


def formatted_rows(path: Path, rows: int, columns: int) -> Path:
    """Rows of empty cells with a border, as after formatting whole columns."""
    with zipfile.ZipFile(path, "w", DEFLATED, compresslevel=1) as archive:
        sheet = register_xml(inline("2141000001"), inline("示例县第一小学"), inline("小学"))
        head, tail = sheet.split("</sheetData>")
        for name, text in parts("", styles=STYLES).items():
            if not name.endswith("sheet1.xml"):
                archive.writestr(name, text)
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[:columns]
        cells = "".join(f'<c r="{letter}#" s="0"/>' for letter in letters)
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(head.encode())
            for first in range(6, rows, MANY):
                part.write(
                    "".join(
                        f'<row r="{row}" s="0" customFormat="1">{cells.replace("#", str(row))}</row>'
                        for row in range(first, min(first + MANY, rows))
                    ).encode()
                )
            part.write(f"</sheetData>{tail}".encode())
    return path


def many_strings(path: Path, count: int) -> Path:
    """A table of shared strings that hardly any cell uses."""
    table = "".join(f"<si><t>第{n}条</t></si>" for n in range(count))
    sheet = register_xml(inline("2141000001"), f'<c t="s"><v>{count - 1}</v></c>', inline("小学"))
    shared = f'<sst xmlns="{MAIN}">{table}</sst>'
    return zipped(path, parts(sheet, sharedStrings=shared))


def distinct_texts(path: Path, count: int) -> Path:
    """Corrections of which no two say the same: every cell a text of its own."""
    label, codes = SHEETS["corrections"], [slot.code for slot in slots("corrections")][:6]
    head = "".join(
        inline(code, f"{column}{CODE_ROW}") for column, code in zip("ABCDEF", codes, strict=True)
    )
    with zipfile.ZipFile(path, "w", DEFLATED, compresslevel=1) as archive:
        for name, text in parts("", name=label).items():
            if not name.endswith("sheet1.xml"):
                archive.writestr(name, text)
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            begin, end = sheet_xml("<>").split("<>")
            part.write(f'{begin}<row r="{CODE_ROW}">{head}</row>'.encode())
            for row in range(FIRST_ROW, FIRST_ROW + count):
                said = [f"21419{row % 90_000:05d}"]
                said += [f"值{row}_{n}" + "校舍改建说明文件" * 7 for n in range(1, 6)]
                cells = "".join(
                    inline(text, f"{column}{row}")
                    for column, text in zip("ABCDEF", said, strict=True)
                )
                part.write(f'<row r="{row}">{cells}</row>'.encode())
            part.write(end.encode())
    return path


def repeated_string(path: Path, length: int, cells: int) -> Path:
    """One long shared string used by many cells: small on disk and in memory, huge when copied."""
    row = '<row r="5">' + '<c t="s"><v>0</v></c>' * 3 + "</row>"
    rows = "".join(row.replace('r="5"', f'r="{n}"') for n in range(5, 5 + cells // 3))
    sheet = register_xml().replace('<row r="5"></row>', rows)
    shared = f'<sst xmlns="{MAIN}"><si><t>{"长" * length}</t></si></sst>'
    return zipped(path, parts(sheet, sharedStrings=shared))


def keyed_rows(path: Path, count: int) -> Path:
    """Rows that hold a code and nothing else; each stands for all the columns of its table."""
    rows = "".join(f'<row r="{n}">{inline(f"21{n:08d}")}</row>' for n in range(5, 5 + count))
    return zipped(path, parts(register_xml().replace('<row r="5"></row>', rows)))


def deep(path: Path, levels: int) -> Path:
    """Elements inside elements."""
    nest = "<x>" * levels + "</x>" * levels
    return zipped(path, parts(sheet_xml(nest)))


def bad_cells(path: Path, count: int) -> Path:
    """Every cell is wrong: the findings are the load."""
    cells = "".join(inline("约四十五") for _ in range(4))
    rows = "".join(f'<row r="{n}">{cells}</row>' for n in range(5, 5 + count // 4))
    return zipped(path, parts(register_xml().replace('<row r="5"></row>', rows)))


def overlapping_merges(path: Path, count: int) -> Path:
    """Merged ranges over one another, each as high as the sheet."""
    merges = "".join(f'<mergeCell ref="A5:D{1048576 - n}"/>' for n in range(count))
    rows = "".join(f'<row r="{n}">{inline(f"21{n:08d}")}</row>' for n in range(5, 3005))
    sheet = register_xml(after=f"<mergeCells>{merges}</mergeCells>")
    return zipped(path, parts(sheet.replace('<row r="5"></row>', rows)))


def encrypted_zip(path: Path, source: Path) -> Path:
    """A package whose members say that they are encrypted."""
    content = bytearray(source.read_bytes())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        offsets = [info.header_offset for info in archive.infolist()]
    for offset in offsets:
        content[offset + 6] |= 1
    start = content.find(b"PK\x01\x02")
    while start >= 0:
        content[start + 8] |= 1
        start = content.find(b"PK\x01\x02", start + 4)
    path.write_bytes(content)
    return path


def lying_sizes(path: Path, source: Path) -> Path:
    """A package whose directory says that every member holds one byte."""
    content = bytearray(source.read_bytes())
    start = content.find(b"PK\x01\x02")
    while start >= 0:
        content[start + 24 : start + 28] = struct.pack("<I", 1)
        start = content.find(b"PK\x01\x02", start + 4)
    path.write_bytes(content)
    return path
