"""A document written from top to bottom: numbered headings, text, tables, charts, contents."""

from collections.abc import Sequence
from datetime import date

from junheng.publish.book.cells import Cell
from junheng.publish.word.frame import OFFICIAL, Frame, Page
from junheng.publish.word.grid import Column, table
from junheng.publish.word.markup import field, paragraph, run, safe

DIGITS = "零一二三四五六七八九"
CONTENTS = r'TOC \o "1-2" \h \z \u'


def numeral(number: int) -> str:
    """一, 十, 十一, 二十三: up to 99, as headings are numbered."""
    tens, ones = divmod(number, 10)
    lead = "" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return lead + (DIGITS[ones] if ones or not tens else "")


class Paper:
    """Writes downwards; keeps the numbers of headings, tables and charts."""

    def __init__(self, *, title: str, subject: str, header: str, on: date) -> None:
        self.frame = Frame(title=title, subject=subject, header=header, on=on)
        self.page = OFFICIAL
        self.entries: list[tuple[int, str]] = []
        """Headings of the first two levels, as the contents list them."""
        self._body: list[str] = []
        self._levels = [0, 0, 0]
        self._appendices = self._tables = self._charts = 0
        self._contents_at: int | None = None

    # --- text ------------------------------------------------------------------------------

    def add(self, markup: str) -> None:
        self._body.append(markup)

    def line(self, text: str, style: str) -> None:
        """One paragraph of a style."""
        self.add(paragraph(run(text), style))

    def text(self, *sentences: str) -> None:
        """One paragraph a sentence or group of sentences."""
        for each in sentences:
            self.line(each, "Text")

    def lead(self, sentence: str) -> None:
        """A sentence that must not be parted from what follows."""
        self.line(sentence, "Lead")

    def note(self, *sentences: str) -> None:
        for each in sentences:
            self.line(each, "Note")

    def blank(self, told: str) -> None:
        """What the office must write itself; our figures do not hold it."""
        self.line(f"【待填写：{told}】", "Blank")

    # --- headings ----------------------------------------------------------------------------

    def heading(self, text: str, level: int = 1, *, turned: bool = False) -> None:
        """A heading with its official number: 一、 （一） 1.; `turned` begins a page with it."""
        self._levels[level - 1] += 1
        self._levels[level:] = [0] * (3 - level)
        number = self._levels[level - 1]
        lead = (f"{numeral(number)}、", f"（{numeral(number)}）", f"{number}.")[level - 1]
        self._headed(lead + text, level, turned=turned)

    def appendix(self, text: str) -> None:
        self._appendices += 1
        self._levels = [0, 0, 0]
        self._headed(f"附录{numeral(self._appendices)}　{text}", 1)

    def _headed(self, text: str, level: int, *, turned: bool = False) -> None:
        if level > 2:
            self.line(text, f"Heading{level}")
            return
        self.entries.append((level, text))
        code = len(self.entries)
        turned = turned or (code == 1 and self._contents_at is not None)
        self.add(
            paragraph(
                f'<w:bookmarkStart w:id="{code}" w:name="{bookmark(code)}"/>{run(text)}'
                f'<w:bookmarkEnd w:id="{code}"/>',
                f"Heading{level}",
                "<w:pageBreakBefore/>" if turned else "",
            )
        )

    def contents(self) -> None:
        """The place of the contents; they are filled in at the end."""
        self.line("目　　录", "ContentsTitle")
        self._contents_at = len(self._body)

    def _listed(self) -> str:
        """A real table-of-contents field, filled: title, dots and page of every heading.

        A page is itself a field that points at its heading; its number stays empty until somebody
        lays the text out (`layout`, or the reader's own program)."""
        lines = []
        for number, (level, text) in enumerate(self.entries, start=1):
            mark = bookmark(number)
            inner = run(text) + "<w:r><w:tab/></w:r>" + field(f"PAGEREF {mark} \\h")
            link = f'<w:hyperlink w:anchor="{mark}" w:history="1">{inner}</w:hyperlink>'
            begin = _field_begin(CONTENTS) if number == 1 else ""
            end = (
                '<w:r><w:fldChar w:fldCharType="end"/></w:r>' if number == len(self.entries) else ""
            )
            lines.append(paragraph(begin + link + end, f"TOC{level}"))
        return "".join(lines)

    # --- tables and charts -------------------------------------------------------------------

    def table(
        self, title: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell]],
        *, empty: str = "没有", points: float = 0, note: str = "",
    ) -> None:  # fmt: skip
        """A numbered table and its note; where there are no rows, one sentence says so instead."""
        if not rows:
            self.text(f"{title}：{empty}。")
            return
        self._tables += 1
        self.line(f"表{self._tables}　{title}", "TableTitle")
        self.add(table(columns, rows, points=points, noted=bool(note)))
        if note:
            self.note(note)

    def chart(self, title: str, png: bytes, told: str) -> None:
        """A numbered chart as wide as the page; `told` says in words what it shows."""
        self._charts += 1
        self.add(paragraph(self.frame.picture(png, self.page.width, told), "Figure"))
        self.line(f"图{self._charts}　{title}", "FigureTitle")

    # --- the end -----------------------------------------------------------------------------

    def turn(self, page: Page) -> None:
        """What follows stands on pages like `page`."""
        held = f'<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>{self.frame.section(self.page)}'
        self.add(f'<w:p><w:pPr><w:pStyle w:val="Normal"/>{held}</w:pPr></w:p>')
        self.page = page

    def packed(self) -> bytes:
        """The whole file."""
        body = list(self._body)
        if self._contents_at is not None:
            body.insert(self._contents_at, self._listed())
        return self.frame.packed("".join(body), self.page)


def bookmark(number: int) -> str:
    """The name of the mark at the heading with this place in the contents."""
    return f"_Toc{number:06}"


def _field_begin(code: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {safe(code)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
