"""The styles of our documents: official fonts by name, sizes and spacing after GB/T 9704."""

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from junheng.publish.word.markup import NAMESPACES, Look, properties

BODY, HEAD, KAI = "仿宋", "黑体", "楷体"
STAND_INS = {BODY: "Noto Serif CJK SC", HEAD: "Noto Sans CJK SC", KAI: "Noto Serif CJK SC"}
"""What Word and WPS take where a font is not installed, if they have it."""
SIZE, LINE = 16, 28
"""三号, and the fixed spacing of lines, in points."""
CELL_SIZE, CELL_LINE = 9, 12.4
"""Spacing in tables is fixed too: pages break in the same places whatever font is there."""
KEPT = ("DefaultParagraphFont", "TableNormal", "NoList")
"""Styles of the template that Word expects in every file."""


def font_table() -> str:
    """The fonts of our documents with their stand-ins."""
    told = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/>'
        '<w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name, other in STAND_INS.items()
    )
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {NAMESPACES}>{told}</w:fonts>'


def set_styles(document: Document) -> None:
    """Replace what the template says of fonts, and add our own styles."""
    styles = document.styles.element
    defaults = styles.find(qn("w:docDefaults"))
    styles.replace(defaults, _parsed(_defaults()))
    for old in styles.findall(qn("w:style")):
        if old.get(qn("w:styleId")) not in KEPT:
            styles.remove(old)
    for told in _styles():
        styles.append(_parsed(told))


def _parsed(told: str) -> BaseOxmlElement:
    return parse_xml(told.replace(">", f" {NAMESPACES}>", 1))


def _defaults() -> str:
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{properties(Look(BODY, SIZE))}"
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )


def _style(code: str, name: str, settings: str, look: Look, *, base: str = "Normal") -> str:
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    default = ' w:default="1"' if code == "Normal" else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{code}"><w:name w:val="{name}"/>{based}'
        f"<w:qFormat/><w:pPr>{settings}</w:pPr><w:rPr>{properties(look)}</w:rPr></w:style>"
    )


def _spaced(before: int = 0, after: int = 0, line: float = LINE) -> str:
    """Spacing in points; a `line` of 0 leaves the height to the text."""
    height = (
        f'w:line="{round(line * 20)}" w:lineRule="exact"'
        if line
        else 'w:line="240" w:lineRule="auto"'
    )
    return f'<w:spacing w:before="{before * 20}" w:after="{after * 20}" {height}/>'


def _indent(points: int = 0) -> str:
    return f'<w:ind w:left="0" w:firstLine="{points * 20}"/>'


def _styles() -> list[str]:
    keep = "<w:keepNext/><w:keepLines/>"
    centred = '<w:jc w:val="center"/>'
    return [
        _style("Normal", "Normal", "<w:widowControl/>" + _spaced() + _indent(), Look(BODY, SIZE), base=""),
        _style("Text", "正文文字", _spaced() + _indent(2 * SIZE), Look(BODY, SIZE)),
        _style("Lead", "引出", keep + _spaced() + _indent(2 * SIZE), Look(BODY, SIZE)),
        _style("Heading1", "heading 1", keep + _spaced(14, 6) + _indent(2 * SIZE) + '<w:outlineLvl w:val="0"/>', Look(HEAD, SIZE)),
        _style("Heading2", "heading 2", keep + _spaced(6, 2) + _indent(2 * SIZE) + '<w:outlineLvl w:val="1"/>', Look(KAI, SIZE)),
        _style("Heading3", "heading 3", keep + _spaced() + _indent(2 * SIZE) + '<w:outlineLvl w:val="2"/>', Look(BODY, SIZE, bold=True)),
        _style("Title", "Title", _spaced(0, 10, 34) + centred, Look(HEAD, 22)),
        _style("Cover", "封面标题", _spaced(150, 10, 34) + centred, Look(HEAD, 22)),
        _style("Subtitle", "Subtitle", _spaced(0, 4) + centred, Look(KAI, SIZE)),
        _style("TableText", "表格文字", '<w:snapToGrid w:val="0"/>' + _spaced(1, 1, CELL_LINE), Look(BODY, CELL_SIZE)),
        _style("TableHead", "表格标题", '<w:snapToGrid w:val="0"/>' + _spaced(1, 1, CELL_LINE) + centred, Look(HEAD, CELL_SIZE)),
        _style("TableTitle", "表题", keep + _spaced(10, 3, 16) + centred, Look(HEAD, 12)),
        _style("Figure", "图", "<w:keepNext/>" + _spaced(10, 0, 0) + centred, Look(BODY, 12)),
        _style("FigureTitle", "图题", _spaced(2, 10, 16) + centred, Look(HEAD, 12)),
        _style("Note", "注", _spaced(3, 6, 15), Look(BODY, 10.5)),
        _style("Blank", "待填写", '<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>' + _spaced() + _indent(2 * SIZE), Look(KAI, SIZE, colour="595959")),
        _style("Signed", "签章", _spaced(120, 0, 24) + centred, Look(BODY, 14)),
        _style("ContentsTitle", "目录标题", "<w:pageBreakBefore/>" + _spaced(0, 16, 34) + centred, Look(HEAD, 22)),
        _style("TOC1", "toc 1", _toc_tab() + _spaced(3, 0, 25) + _indent(), Look(HEAD, 14)),
        _style("TOC2", "toc 2", _toc_tab() + _spaced(0, 0, 22) + '<w:ind w:left="480" w:firstLine="0"/>', Look(BODY, 14)),
        _style("Small", "小字", _spaced(2, 2, 15), Look(BODY, 10.5)),
        _style("SheetTitle", "单页标题", _spaced(0, 4, 26) + centred, Look(HEAD, 18)),
        _style("SmallHead", "小标题", keep + _spaced(6, 3, 16), Look(HEAD, 12)),
        _style("Notice", "提示", _spaced(0, 4, 15) + centred, Look(HEAD, 10.5, colour="9C5700")),
        _style("Header", "header", _spaced(0, 0, 0) + centred, Look(BODY, 9, colour="595959")),
        _style("Footer", "footer", _spaced(0, 0, 0) + centred, Look(BODY, 12)),
    ]  # fmt: skip


def _toc_tab() -> str:
    return '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="8845"/></w:tabs>'
