"""The nastiest files, each made small by a few lines: what it does, and how it must end.

Those that `tests/registry/hostile.py` makes already are taken from there.
"""

import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from registry import handmade, hostile
from registry.handmade import (
    MAIN,
    OFFICE,
    PACKAGE,
    STYLES,
    inline,
    minimal,
    register_xml,
    sheet_xml,
    write_book,
    zipped,
)

Make = Callable[[Path], Path]
READ = ""
"""Instead of a check: the file is read, and every cell of it is a value or a finding."""


@dataclass(frozen=True)
class Nasty:
    """A file, and the check that refuses it: S01 to S09, or READ."""

    name: str
    make: Make
    ends: str


CORPUS: list[Nasty] = []


def nasty(ends: str, name: str) -> Callable[[Make], Make]:
    def enter(make: Make) -> Make:
        CORPUS.append(Nasty(name, make, ends))
        return make

    return enter


def cell(text: str, kind: str = "n", style: str = "") -> str:
    worn = f' s="{style}"' if style else ""
    return f'<c{worn} t="{kind}"><v>{text}</v></c>'


ROW = (inline("2141000001"), inline("示例县第一小学"), inline("小学"))


TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)


def parts(sheet: str, **more: str) -> dict[str, str | bytes]:
    """The parts of a workbook as Excel wants them, so that it can be marked as well."""
    return {"[Content_Types].xml": TYPES, **handmade.parts(sheet, **more)}


def typed(path: Path) -> Path:
    """The same for a workbook that was made without its content types."""
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
    return path


def good() -> dict[str, str | bytes]:
    return parts(register_xml(*ROW))


# --- the archive -------------------------------------------------------------------------------


@nasty("S05", "名为 .xlsx，里面有 VBA 宏")
def macros(path: Path) -> Path:
    return zipped(path, {**good(), "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})


@nasty("S05", "宏藏在别的名字下，只有关系说出它")
def macros_under_another_name(path: Path) -> Path:
    content = good()
    beside = "xl/_rels/workbook.xml.rels"
    kind = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    more = f'<Relationship Id="v" Type="{kind}" Target="printer.bin"/></Relationships>'
    content[beside] = str(content[beside]).replace("</Relationships>", more)
    return zipped(path, {**content, "xl/printer.bin": b"\xd0\xcf\x11\xe0"})


@nasty("S05", "Excel 4.0 宏表")
def macro_sheet(path: Path) -> Path:
    return zipped(path, {**good(), "xl/macrosheets/sheet1.xml": "<x/>"})


@nasty("S06", "压缩包里有 ../../x 这样的路径")
def climbing_names(path: Path) -> Path:
    return zipped(path, {**good(), "../../../tmp/x": "x", "..\\..\\y": "y"})


@nasty("S06", "压缩包里同一个部件有两份")
def twice(path: Path) -> Path:
    zipped(path, good())
    with zipfile.ZipFile(path, "a") as archive:
        other = register_xml(inline("2141000002"), inline("另一所"), inline("小学"))
        archive.writestr(zipfile.ZipInfo("XL/worksheets/sheet1.xml"), other)
    return path


@nasty("S03", "有打开密码的 OLE 容器")
def encrypted(path: Path) -> Path:
    return hostile.ole2(path, "EncryptionInfo", "EncryptedPackage")


@nasty("S03", "部件加了密码的压缩包")
def encrypted_members(path: Path) -> Path:
    return hostile.encrypted_zip(path, zipped(path, good()))


@nasty("S07", "压缩炸弹")
def bomb(path: Path) -> Path:
    return hostile.zip_bomb(path, megabytes=80)


@nasty("S06", "目录谎报大小")
def lying(path: Path) -> Path:
    return hostile.lying_sizes(path, zipped(path, good()))


@nasty(READ, "五千个无关的部件")
def many_members(path: Path) -> Path:
    return zipped(path, {**good(), **{f"xl/media/{n}": "" for n in range(5_000)}})


@nasty("S06", "目录偏移指到文件以外")
def wild_offsets(path: Path) -> Path:
    content = bytearray(zipped(path, good()).read_bytes())
    start = content.find(b"PK\x01\x02")
    while start >= 0:
        content[start + 42 : start + 46] = struct.pack("<I", 0x7FFFFFF0)
        start = content.find(b"PK\x01\x02", start + 4)
    path.write_bytes(content)
    return path


@nasty("S06", "各部件指向同一段数据（重叠的炸弹）")
def overlapping(path: Path) -> Path:
    content = bytearray(zipped(path, good()).read_bytes())
    start = content.find(b"PK\x01\x02")
    while start >= 0:
        content[start + 42 : start + 46] = struct.pack("<I", 0)
        start = content.find(b"PK\x01\x02", start + 4)
    path.write_bytes(content)
    return path


# --- the XML -----------------------------------------------------------------------------------


@nasty("S07", "十亿个笑（XML 实体）")
def laughs(path: Path) -> Path:
    return hostile.xml_bomb(path)


@nasty("S07", "外部实体读本机文件")
def external(path: Path) -> Path:
    return hostile.external_entity(path, Path("/etc/passwd"))


@nasty(READ, "二十万层嵌套")
def nested(path: Path) -> Path:
    return typed(hostile.deep(path, 200_000))


@nasty(READ, "一个标记有三万个属性")
def many_attributes(path: Path) -> Path:
    flood = " ".join(f'a{n}="x"' for n in range(30_000))
    return zipped(path, parts(register_xml(f"<c {flood}><v>1</v></c>")))


@nasty("S06", "XML 里有裸的 NUL")
def bare_nul(path: Path) -> Path:
    return zipped(path, parts(register_xml(cell("1\0"))))


@nasty("S06", "XML 里有落单的代理字符")
def bare_surrogate(path: Path) -> Path:
    return zipped(path, parts(register_xml('<c t="inlineStr"><is><t>&#xD800;</t></is></c>')))


@nasty("S06", "自称 UTF-7")
def strange_encoding(path: Path) -> Path:
    sheet = register_xml(*ROW).replace('encoding="UTF-8"', 'encoding="UTF-7"')
    return zipped(path, parts(sheet))


@nasty("S06", "一个工作簿列了五千张表")
def many_sheets(path: Path) -> Path:
    content = good()
    listed = "".join(f'<sheet name="表{n}" sheetId="{n}" r:id="rId1"/>' for n in range(5000))
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>'
    return zipped(path, {**content, "xl/workbook.xml": book})


@nasty("S06", "工作表就是工作簿自己（循环的关系）")
def cyclic_relations(path: Path) -> Path:
    content = good()
    beside = "xl/_rels/workbook.xml.rels"
    content[beside] = str(content[beside]).replace("worksheets/sheet1.xml", "worksheets/gone.xml")
    rels = f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" Type="{OFFICE}/officeDocument" Target="/_rels/.rels"/></Relationships>'
    return zipped(path, {**content, "xl/worksheets/_rels/gone.xml.rels": rels})


# --- cells -------------------------------------------------------------------------------------


@nasty("S06", "引用不存在的共享文字")
def absent_string(path: Path) -> Path:
    shared = f'<sst xmlns="{MAIN}" count="99"><si><t>甲</t></si></sst>'
    return zipped(path, parts(register_xml(cell("7", "s")), sharedStrings=shared))


@nasty("S06", "有共享文字的引用，没有共享文字表")
def no_strings(path: Path) -> Path:
    return zipped(path, parts(register_xml(cell("0", "s"))))


@nasty("S06", "共享文字套着共享文字，后面的编号全错位")
def strings_in_strings(path: Path) -> Path:
    inner = "<si><t>甲<si><t>乙</t></si></t></si>"
    shared = f'<sst xmlns="{MAIN}">{inner * 3}</sst>'
    return zipped(path, parts(register_xml(ROW[0], cell("1", "s")), sharedStrings=shared))


@nasty("S06", "一个单元格写了两个值，连起来是另一个数")
def two_values(path: Path) -> Path:
    return zipped(path, parts(register_xml(ROW[0], "<c><v>84</v><v>84</v></c>")))


@nasty("S06", "一项共享文字写了两个值，连起来是另一个词")
def two_texts(path: Path) -> Path:
    shared = f'<sst xmlns="{MAIN}"><si><t>A101</t><t>A101</t></si></sst>'
    return zipped(path, parts(register_xml(ROW[0], cell("0", "s")), sharedStrings=shared))


@nasty("S06", "单元格里的文字写了两遍，连起来是另一个词")
def two_inline_texts(path: Path) -> Path:
    twice = '<c t="inlineStr"><is><t>A101</t><t>A101</t></is></c>'
    return zipped(path, parts(register_xml(ROW[0], twice)))


@nasty("S06", "单元格套着单元格")
def cell_in_cell(path: Path) -> Path:
    return zipped(path, parts(register_xml(ROW[0], "<c><v>1</v><c><v>2</v></c></c>")))


@nasty(READ, "XFD1048576 有一个单元格")
def corner(path: Path) -> Path:
    return typed(hostile.far_cell(path))


@nasty("S06", "单元格地址超出表的边界")
def beyond(path: Path) -> Path:
    return zipped(path, parts(register_xml(inline("远", "ZZZZ99999999"))))


@nasty(READ, "三万行带格式的空行")
def empty_rows(path: Path) -> Path:
    return typed(hostile.formatted_rows(path, rows=30_000, columns=2))


@nasty(READ, "1e400、NaN、无穷")
def huge_numbers(path: Path) -> Path:
    wild = ("1e400", "-1e400", "1e999999999", "NaN", "INF", "-0", "9" * 4000, "0x10", "1_000")
    cells = "".join(
        f'<row r="{n}">{inline(f"21{n:08d}")}{cell(text)}{cell(text)}</row>'
        for n, text in enumerate(wild, 5)
    )
    return zipped(path, parts(register_xml().replace('<row r="5"></row>', cells)))


@nasty(READ, "不存在的日期")
def wild_dates(path: Path) -> Path:
    look = STYLES.replace('<xf numFmtId="0"/>', '<xf numFmtId="0"/><xf numFmtId="14"/>')
    wild = ("-5", "0", "60", "2958466", "99999999999", "1e300", "-1e-300", "NaN")
    cells = "".join(
        f'<row r="{n}">{inline(f"21{n:08d}")}{cell(text, style="1")}</row>'
        for n, text in enumerate(wild, 5)
    )
    sheet = register_xml().replace('<row r="5"></row>', cells)
    return zipped(path, parts(sheet, styles=look))


@nasty(READ, "NUL、落单的代理、从右到左的标记写成转义")
def strange_characters(path: Path) -> Path:
    odd = ("校_x0000_名", "校_xD800_名", "校\u202e名\u2066", "_x001B_[2J", "\ufeff校", "校\ufffe")
    names = "".join(
        f'<row r="{n}">{inline(f"21{n:08d}")}{inline(text)}</row>' for n, text in enumerate(odd, 5)
    )
    sheet = register_xml().replace('<row r="5"></row>', names)
    return zipped(path, parts(sheet.replace("\ufffe", "")))


@nasty(READ, "公式里有 DDE 命令")
def dde(path: Path) -> Path:
    formula = "<c><f>cmd|'/C calc'!A0</f><v>1</v></c>"
    link = f'<externalLink xmlns="{MAIN}"><ddeLink ddeService="cmd" ddeTopic="/C calc"/></externalLink>'
    content = parts(register_xml(ROW[0], formula, formula))
    return zipped(path, {**content, "xl/externalLinks/externalLink1.xml": link})


@nasty(READ, "三千个重叠的合并区域")
def merges(path: Path) -> Path:
    return typed(hostile.overlapping_merges(path, 3000))


@nasty("S06", "合并区域超出表的边界")
def wild_merge(path: Path) -> Path:
    after = '<mergeCells><mergeCell ref="A1:XFD9999999"/></mergeCells>'
    return zipped(path, parts(register_xml(*ROW, after=after)))


@nasty(READ, "尺寸谎报为整张表")
def lying_dimension(path: Path) -> Path:
    sheet = register_xml(*ROW, before='<dimension ref="A1:XFD1048576"/>')
    return zipped(path, parts(sheet))


@nasty(READ, "样式编号极大")
def wild_style(path: Path) -> Path:
    return zipped(path, parts(register_xml(ROW[0], cell("1", style="4294967295")), styles=STYLES))


@nasty(READ, "没有一个单元格")
def nothing(path: Path) -> Path:
    return zipped(path, parts(sheet_xml("")))


@nasty(READ, "一份好的工作簿")
def whole(path: Path) -> Path:
    return write_book(path, minimal())
