"""Rows taken by a pattern and rows read by the parser are the same, to the last byte and sentence.

Whatever stands in the file: as programs write it, as nobody writes it, damaged, or made to mislead.
"""

import random
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import msgspec
import openpyxl
import pytest
import xlsxwriter
from handmade import MAIN, Typed, inline, minimal, parts, sheet_xml, write_book, zipped
from hypothesis import given, settings
from hypothesis import strategies as st
from malice.mutations import MUTATIONS
from malice.nasty import CORPUS, Nasty

from junheng.registry.layout import VERSION_SHEET, sheet_names
from junheng.registry.reading.headings import marks
from junheng.registry.reading.sandbox import package
from junheng.registry.reading.sandbox.child import answers
from junheng.registry.reading.sandbox.sieve import Sieve
from junheng.registry.reading.sandbox.wire import Limits, Message, Request, Sheet
from junheng.sample import fill_workbook

LIMITS = Limits(cells=3000, characters=60_000, inflated_bytes=16 << 20)
CHUNKS = (64, 300, 1 << 18)


@dataclass
class Seen:
    """What passed through a sieve, and what it let through to the parser."""

    came: int = 0
    given: int = 0
    parts: dict[str, tuple[int, int]] = field(default_factory=dict)


def said(path: Path, *, sifted: bool, limits: Limits = LIMITS, whole: bool = False) -> list[object]:
    """Everything that the child says of a file, as the parent understands it."""
    names = [] if whole else [*sheet_names(), VERSION_SHEET]
    request = Request(str(path).encode(), limits, names, list(marks()), whole)
    if sifted:
        told = list(answers(request))
    else:
        with patch.object(Sieve, "through", lambda _, chunks: chunks):
            told = list(answers(request))
    encoded = (msgspec.msgpack.encode(each) for each in told)
    return [_plain(msgspec.msgpack.decode(each, type=Message)) for each in encoded]


def _plain(message: object) -> object:
    if not isinstance(message, Sheet):
        return message
    return (
        message.name, message.hidden, message.whole, message.rows, message.hidden_columns,
        message.merges, message.date_1904,
    )  # fmt: skip


def assert_alike(path: Path, *, limits: Limits = LIMITS, chunks: tuple[int, ...] = CHUNKS) -> None:
    for whole in (False, True):
        for size in chunks:  # where a file is damaged, what is said depends on it, sieve or not
            with patch.object(package, "CHUNK", size):
                expected = said(path, sifted=False, limits=limits, whole=whole)
                assert said(path, sifted=True, limits=limits, whole=whole) == expected, size


def parsed(path: Path) -> Seen:
    """How many bytes of the rows and strings of a workbook reach the parser."""
    seen = Seen()
    through = Sieve.through

    def counted(self: Sieve, chunks: Iterator[bytes]) -> Iterator[bytes]:
        def coming() -> Iterator[bytes]:
            for chunk in chunks:
                seen.came += len(chunk)
                yield chunk

        for piece in through(self, coming()):
            seen.given += len(piece)
            yield piece

    with patch.object(Sieve, "through", counted):
        list(answers(Request(str(path).encode(), Limits(), [], [], whole=True)))
    return seen


# --- what programs write -----------------------------------------------------------------------


def _by_openpyxl(path: Path) -> Path:
    book = openpyxl.Workbook()
    for number in range(400):
        book.active.append([f"学生{number}", number, 1.5 * number, number % 2 == 0, None, "<&>"])
    book.save(path)
    return path


def _by_xlsxwriter(path: Path, *, constant_memory: bool) -> Path:
    with xlsxwriter.Workbook(path, {"constant_memory": constant_memory}) as book:
        sheet = book.add_worksheet("名册")
        for number in range(400):
            sheet.write_row(number, 0, [f"学生{number}", number, " 两端有空格 ", True])
            sheet.write_formula(number, 5, f"=B{number + 1}*2", None, number * 2)
    return path


EXCEL = (
    '<row r="{n}" spans="1:5" ht="15" customHeight="1" x14ac:dyDescent="0.25">'
    '<c r="A{n}" s="3" t="s"><v>0</v></c><c r="B{n}" s="1"/><c r="C{n}"><v>{n}</v></c>'
    '<c r="D{n}"><f t="shared" ref="D1:D9" si="0">C{n}&amp;"x"</f><v>{n}</v></c>'
    '<c r="E{n}" t="str"><f>T(A{n})</f><v>甲</v></c></row>'
)
LIBRE_OFFICE = (
    '<row r="{n}" customFormat="false" ht="12.8" hidden="false" customHeight="false" '
    'outlineLevel="0" collapsed="false"><c r="A{n}" s="0" t="s"><v>0</v></c>'
    '<c r="B{n}" s="0" t="n"><f aca="false">1+1</f><v>2</v></c></row>'
)
SHARED = f'<sst xmlns="{MAIN}" count="2" uniqueCount="2"><si><t>甲</t></si><si><t xml:space="preserve"> 乙&lt;</t></si></sst>'


def _by_hand(path: Path, row: str) -> Path:
    rows = "".join(row.format(n=n) for n in range(1, 300))
    sheet = sheet_xml(rows).replace("<worksheet ", '<worksheet xmlns:x14ac="x" ')
    return zipped(path, parts(sheet, sharedStrings=SHARED))


WRITERS = {
    "openpyxl": _by_openpyxl,
    "xlsxwriter": lambda path: _by_xlsxwriter(path, constant_memory=False),
    "xlsxwriter, constant memory": lambda path: _by_xlsxwriter(path, constant_memory=True),
    "Excel": lambda path: _by_hand(path, EXCEL),
    "LibreOffice": lambda path: _by_hand(path, LIBRE_OFFICE),
}


@pytest.mark.parametrize("writer", WRITERS)
def test_what_programs_write_is_taken_by_the_pattern_and_read_alike(
    writer: str, tmp_path: Path
) -> None:
    path = WRITERS[writer](tmp_path / "表.xlsx")
    seen = parsed(path)
    assert seen.given < seen.came / 10, "the parser sees the frame only"
    assert_alike(path)
    (sheet,) = said(path, sifted=True, whole=True)[:1]
    assert sheet[3], "rows were read"


@cache
def books() -> list[bytes]:
    """Our own template filled, as we write it and as another library writes it again."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        one = write_book(folder / "一.xlsx", minimal(seats={"enrolment_primary": Typed(6, "0.0")}))
        again = folder / "二.xlsx"
        openpyxl.load_workbook(one).save(again)
        fill_workbook(folder / "三.xlsx", seed=3, schools=4)
        return [each.read_bytes() for each in (one, again, folder / "三.xlsx")]


@pytest.mark.parametrize("number", range(3))
def test_filled_workbooks_are_read_alike(number: int, tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(books()[number])
    assert_alike(path, limits=Limits())


@pytest.mark.parametrize("nasty", CORPUS, ids=[each.name for each in CORPUS])
def test_the_nastiest_files_end_alike(nasty: Nasty, tmp_path: Path) -> None:
    path = nasty.make(tmp_path / "坏.xlsx")
    if zipfile.is_zipfile(path):
        assert_alike(path, chunks=(1 << 18,))


@pytest.mark.parametrize(
    "count", [pytest.param(4, id="few"), pytest.param(150, marks=pytest.mark.prove, id="many")]
)
@pytest.mark.parametrize("how", MUTATIONS)
def test_spoilt_workbooks_end_alike(how: str, count: int, tmp_path: Path) -> None:
    path = tmp_path / "坏.xlsx"

    @settings(max_examples=count, database=None)
    @given(number=st.integers(0, 1), chance=st.randoms(use_true_random=False))
    def case(number: int, chance: random.Random) -> None:
        path.write_bytes(MUTATIONS[how](books()[number], chance))
        if zipfile.is_zipfile(path):
            assert_alike(path, chunks=(64,))

    case()


# --- what nobody writes ------------------------------------------------------------------------

CELLS = (
    '<c r="{a}"><v>1</v></c>', '<c r="{a}" s="1" t="s"><v>0</v></c>', '<c r="{a}" t="s"><v>1</v></c>',
    '<c r="{a}" t="s"><v>9</v></c>', '<c r="{a}" t="s"><v/></c>', '<c r="{a}" t="s"><f>1</f><v></v></c>',
    '<c r="{a}"/>', '<c r="{a}" s="1" />', '<c r="{a}"></c>', '<c r="{a}"><v></v></c>',
    '<c r="{a}"><v> </v></c>', '<c r="{a}"><f>1+1</f></c>', '<c r="{a}"><f/><v/></c>',
    '<c r="{a}" t="str"><f>"a"&amp;"b"</f><v>ab</v></c>', '<c r="{a}"><f x="1" x="2">1</f><v>1</v></c>',
    '<c r="{a}"><f>&bad;</f><v>1</v></c>', '<c r="{a}"><f x="&#0;">1</f><v>1</v></c>',
    '<c r="{a}" t="inlineStr"><is><t>学校代码</t></is></c>', '<c r="{a}" t="inlineStr"><is><t>school_code</t></is></c>',
    '<c r="{a}" t="inlineStr"><is><t xml:space="preserve"> 甲 </t></is></c>',
    '<c r="{a}" t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r></is></c>',
    '<c r="{a}" t="inlineStr"><is><t>甲</t><rPh sb="0" eb="1"><t>乙</t></rPh></is></c>',
    '<c r="{a}" t="inlineStr"><is><t>&#20013;&#x6587;&amp;&lt;&gt;&quot;&apos;</t></is></c>',
    '<c r="{a}" t="inlineStr"><is><t>_x4E2D__xD800_&#10;&#13;</t></is></c>',
    '<c r="{a}" t="inlineStr"><is><t>&#xD800;</t></is></c>', '<c r="{a}"><v>&bogus;</v></c>',
    '<c r="{a}"><v>1 & 2</v></c>', '<c r="{a}"><v>&#0;</v></c>', '<c r="{a}"><v>&#00000000049;</v></c>',
    '<c r="{a}" t="str"><v>a]]&gt;</v></c>', '<c r="{a}" t="str"><v>a]]></v></c>', '<c r="{a}"><v>1\r\n</v></c>',
    '<c r="{a}" t="str"><v>\x01</v></c>', '<c r="{a}" t="str"><v>\ufffe</v></c>',
    '<c r="{a}"><v><![CDATA[5]]></v></c>', '<c r="{a}"><!-- x --><v>5</v></c>', '<c r="{a}"><v>1</v><v>2</v></c>',
    '<c r="{a}"><v>1</v><is><t>2</t></is></c>', '<c><v>7</v></c>', '<c/>', '<c t="b"><v>1</v></c>',
    '<c t="b" r="{a}"><v>1</v></c>', '<c r="{a}" t="b"><v>1</v></c>', '<c r="{a}" t="e"><v>#REF!</v></c>',
    '<c r="{a}" t="d"><v>2025-09-01</v></c>', '<c r="{a}" t="what"><v>x</v></c>', '<c r="{a}" t="N"><v>x</v></c>',
    '<c r="XFE1"><v>1</v></c>', '<c r="XFE1"/>', '<c r="ZZZZ1"><v>1</v></c>', '<c r="a1"><v>1</v></c>',
    '<c r="{a}" r="{a}"><v>1</v></c>', "<c r='{a}'><v>1</v></c>", '<c r="{a}"><c r="{a}"/></c>',
    '<x:c r="{a}"><x:v>3</x:v></x:c>', '<c r="{a}" cm="1"><v>1</v></c>', '<c r="{a}"><v>1</v><extLst/></c>',
    '<c r="{a}" t="str"><v>3"</v></c>', '<c r="{a}" t="str"><v>13" s="1</v></c>', '<c r="{a}" s="3"><v>1</v></c>',
    '<c r="{a}" s="13" t="s"><v>0</v></c>', '<c r="{a}" t="inlineStr"><is><t>C3" s="1"/&gt;</t></is></c>',
    '<c r="B"><v>1</v></c>', '<c r="3"><v>1</v></c>', '<c r="B33"><v>1</v></c>', '<c r="{a}3"/>', '<c r="B3"', 'C3"/>',
    '<row r="3"><c r="{a}"><v>8</v></c></row>', "甲", "<v>3</v>", '<c r="{a}"><row r="2"></row><v>1</v></c>',
)  # fmt: skip
ROWS = (
    '<row r="{n}">{cells}</row>', '<row r="{n}" spans="1:9">{cells}</row>',
    '<row r="{n}" hidden="1">{cells}</row>', '<row r="{n}" hidden="true" ht="9">{cells}</row>',
    '<row r="{n}" ht="0">{cells}</row>', '<row r="{n}" hidden="&#49;">{cells}</row>',
    '<row r="{n}" a="1" a="2">{cells}</row>', '<row r="{n}" r="{n}">{cells}</row>', '<row r="{n}" a="&bad;">{cells}</row>',
    "<row>{cells}</row>", '<row spans="1:2" r="{n}">{cells}</row>', "<row r='{n}'>{cells}</row>",
    '<row r="{n}"/>', '<row r="{n}" />', '<row r="0">{cells}</row>', '<row r="1048577">{cells}</row>',
    '<row r="9999999">{cells}</row>', '<row r="00{n}">{cells}</row>', '<row r="{n}">{cells}</row >',
    '<row r="{n}">{cells}', "{cells}", "{cells}</row>", "\n{cells}\n", "\r\n",
    '<!-- <row r="5"><c r="A5"><v>9</v></c></row> -->', '<!-- </row> --><row r="{n}">{cells}</row>',
    '<row r="{n}"><!-- </row> -->{cells}</row>', "<!-- </row>", "</row> -->", "<![CDATA[</row>", "</row>]]>",
    "<?x </row> ?>", "</sheetData><sheetData>", "<sheetData>", "</sheetData>", "</worksheet>",
    '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>', '<cols><col min="2" max="3" hidden="1"/></cols>',
    '<x:row r="{n}">{cells}</x:row>',
)  # fmt: skip
STRINGS = (
    "<si><t>甲</t></si>", '<si><t xml:space="preserve"> 乙 </t></si>', "<si><t>&#20013;&amp;</t></si>",
    "<si><t></t></si>", "<si><t/></si>", "<si/>", "<si></si>", "<si><r><t>甲</t></r><r><t>乙</t></r></si>",
    "<si><t>甲</t><rPh><t>乙</t></rPh></si>", "<si><t>甲</t><t>乙</t></si>", "<si><si><t>甲</t></si></si>",
    "<si><t>_x000D_</t></si>", "<si><t>&bad;</t></si>", "<si><t>\r\n</t></si>", "<si><t>a]]></t></si>",
    "<!-- <si><t>丙</t></si> -->", "<!-- </si>", "</si> -->", "\n", "甲", "<t>丁</t>", "<rPh>", "</rPh>", "<r>", "</r>",
    "<sst>", "</sst>", "<x:si><x:t>戊</x:t></x:si>", "<?x </si> ?>", "Y", "<r><t><r/>", "</t></r>",
    "<r><t><r/><si></si><si><t>甲</t></si>Y<si><t>乙</t></si></t></r>",
)  # fmt: skip
HEADS = (
    '<?xml version="1.0" encoding="UTF-8"?>', "", '<?xml version="1.0"?>', "\ufeff",
    '<?xml version="1.0" encoding="GB18030"?>', '<?xml version="1.0" encoding="ISO-8859-1"?>',
    '<?xml version="1.0" encoding="utf-8" standalone="yes"?>\r\n', "<!-- <sheetData> <sst> -->", "<!DOCTYPE x>",
)  # fmt: skip


@st.composite
def sheets(draw: st.DrawFn) -> str:
    rows = []
    for number in range(1, draw(st.integers(1, 9))):
        plain = draw(st.booleans())
        chosen = draw(st.lists(st.sampled_from(CELLS[:3] if plain else CELLS), max_size=5))
        cells = "".join(
            each.replace("{a}", f"{'ABCDEFG'[at]}{number}") for at, each in enumerate(chosen)
        )
        row = ROWS[0] if plain else draw(st.sampled_from(ROWS))
        start = draw(st.sampled_from((0, 0, 18)))
        rows.append(row.replace("{n}", str(number + start)).replace("{cells}", cells))
    return sheet_xml("".join(rows)).replace(
        '<?xml version="1.0" encoding="UTF-8"?>', draw(st.sampled_from((HEADS[0], *HEADS)))
    )


@st.composite
def shared(draw: st.DrawFn) -> str:
    strings = draw(st.lists(st.sampled_from((*STRINGS[:3], *STRINGS)), max_size=8))
    head = draw(st.sampled_from((HEADS[0], *HEADS)))
    return f'{head}<sst xmlns="{MAIN}" count="1">{"".join(strings)}</sst>'


@pytest.mark.parametrize(
    "count", [pytest.param(100, id="few"), pytest.param(6000, marks=pytest.mark.prove, id="many")]
)
def test_rows_and_strings_as_nobody_writes_them_are_read_alike(count: int, tmp_path: Path) -> None:
    path = tmp_path / "怪.xlsx"

    @settings(max_examples=count, database=None)
    @given(
        sheet=sheets(),
        strings=st.one_of(st.just(SHARED), shared()),
        name=st.sampled_from(("学校名册", "别的")),
        limits=st.sampled_from((LIMITS, Limits(cells=5), Limits(characters=9))),
        size=st.sampled_from((7, 64, 1 << 18)),
    )
    def case(sheet: str, strings: str, name: str, limits: Limits, size: int) -> None:
        content = {
            part: text.encode("utf-8", "surrogatepass")
            for part, text in parts(sheet, name=name, sharedStrings=strings).items()
        }
        zipped(path, content)
        assert_alike(path, limits=limits, chunks=(size,))

    case()


PAIRS = [(row, cell) for row in ROWS for cell in CELLS]
FEW = [pair for pair in PAIRS if pair[0] == ROWS[0] or pair[1] == CELLS[1]]


@pytest.mark.parametrize(
    "pairs", [pytest.param(FEW, id="few"), pytest.param(PAIRS, marks=pytest.mark.prove, id="all")]
)
def test_every_odd_cell_and_every_odd_row_is_read_alike(
    pairs: list[tuple[str, str]], tmp_path: Path
) -> None:
    around = '<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>'
    path = tmp_path / "怪.xlsx"
    for row, cell in pairs:
        middle = row.replace("{n}", "3").replace("{cells}", cell.replace("{a}", "B3"))
        sheet = around.replace("{n}", "2") + middle + around.replace("{n}", "4")
        assert_alike(zipped(path, parts(sheet_xml(sheet), sharedStrings=SHARED)), chunks=(1 << 18,))


@pytest.mark.parametrize("string", STRINGS)
def test_every_odd_string_is_read_alike(string: str, tmp_path: Path) -> None:
    strings = f"{STRINGS[0]}{string}{STRINGS[1]}"
    shared = f'<sst xmlns="{MAIN}" count="1">{strings}</sst>'
    cells = "".join(f'<c r="{a}1" t="s"><v>{n}</v></c>' for n, a in enumerate("ABC"))
    sheet = sheet_xml(f'<row r="1">{cells}</row>')
    assert_alike(zipped(tmp_path / "怪.xlsx", parts(sheet, sharedStrings=shared)))


def test_a_row_inside_a_comment_is_no_row(tmp_path: Path) -> None:
    row = '<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>'
    rows = row.format(n=1) + "<!-- </row>" + row.format(n=2) + " -->" + row.format(n=3)
    path = zipped(tmp_path / "怪.xlsx", parts(sheet_xml(rows)))
    (sheet, _) = said(path, sifted=True)
    assert [each.number for each in sheet[3]] == [1, 3]  # type: ignore[index]


def test_a_line_is_counted_though_its_rows_were_taken(tmp_path: Path) -> None:
    """The number of the line in the sentence about damage is that of the file."""
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="str"><v>a\n</v></c></row>' for n in range(1, 9))
    path = zipped(tmp_path / "怪.xlsx", parts(sheet_xml(rows + "\n<row>")))
    (refusal,) = said(path, sifted=True)
    assert "第 10 行" in refusal.found  # type: ignore[attr-defined]


def test_many_ways_of_writing_nothing_are_not_kept(tmp_path: Path) -> None:
    """Rows and cells that say nothing are not counted; they must not pile up either."""
    rows = "".join(f'<row r="{n}" ht="{n}.5"><c r="A{n}"/></row>' for n in range(1, 2000))
    path = zipped(tmp_path / "怪.xlsx", parts(sheet_xml(rows + inline("x", "A1"))))
    with patch("junheng.registry.reading.sandbox.written.REMEMBERED", 50):
        assert_alike(path, chunks=(1 << 18,))
