"""The sheet 填报说明: why, as of when, how, in which signs and colours, and every column."""

from collections.abc import Sequence
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from junheng.registry import colours
from junheng.registry.applicability import applies
from junheng.registry.catalogue import tables
from junheng.registry.filing import Level
from junheng.registry.layout import INSTRUCTIONS_SHEET, NOT_APPLICABLE, template_version
from junheng.registry.template.cells import example
from junheng.registry.template.looks import HEAD, LINE_HEIGHT, Looks
from junheng.registry.template.row_sheet import put_text, set_up_page
from junheng.registry.template.wording import (
    Requirement,
    allowed,
    filler,
    line_count,
    requirement,
    requirement_words,
)
from junheng.schema import Column, Table
from junheng.years import SchoolYear

HEADINGS = ("编号", "栏目", "单位", "是否必填", "谁填", "示例", "说明")
WIDTHS = (7, 32, 7, 14, 22, 18, 48)
ANY_YEAR = SchoolYear(2000)

PURPOSE = (
    "本工作簿用于采集义务教育优质均衡发展所需的学校数据和区县数据。一个区县填一个工作簿；也可以一校一个"
    "工作簿，放在同一个文件夹里一起校验。各表的表头、隐藏的代码行（列）和工作表名称请不要改动，"
    "行可以增减、可以粘贴。"
)
STEPS = (
    ("填写", "先填“学校名册”，再填“区县填报表”和各张学校表；带下拉箭头的单元格从列表中选。"),
    ("校验", "运行 junheng check 文件名.xlsx --mark 标注.xlsx，一次列出全部问题，并把出错的单元格涂色、写上原因。"),
    ("改正", "在标注后的工作簿里逐处改正，再次校验，直到没有“必须改”；“请说明”的，改正数值或在“异常说明”栏写明原因。"),
    ("封存", "运行 junheng seal 文件名.xlsx -o 数据库 --year 学年 --by 填报人 --on 日期，数据从此不再变动。"),
)  # fmt: skip
SIGNS = (
    ("0", "有这一项，数量确实为零。例如在校生中没有随迁子女，填 0。"),
    ("空", "还没有填。必填栏空着不能封存；程序不会把空当作 0。"),
    (NOT_APPLICABLE, "不适用：按学校的类型或性质，这一项没有意义。例如小学的初中学生人数。"),
    ("无", "请不要填“无”：是零请填 0，不适用请填 —。"),
)
LEGEND = (
    (Requirement.ALWAYS, "红色加粗：必填，任何学校（区县）都要填。"),
    (Requirement.CONDITIONAL, "橙色加粗：符合条件的必填，条件见批注；不符合条件的填 —。"),
    (Requirement.OPTIONAL, "灰色：选填，没有可以不填。"),
)
GROUPS = {
    Level.MUST_FIX: "不改正不能封存。",
    Level.EXPLAIN: "数值可疑：改正，或在“异常说明”栏写明原因，说明随数据一起保存。",
    Level.NOTE: "供参考，不影响封存。",
}


class Instructions:
    """Writes the sheet from the top down."""

    def __init__(self, book: Workbook, looks: Looks) -> None:
        self.sheet: Any = book.add_worksheet(INSTRUCTIONS_SHEET)
        self.looks = looks
        self.row = self.tables_from = 0
        self.sheet.hide_gridlines(2)
        for position, wide in enumerate(WIDTHS):
            self.sheet.set_column(position, position, wide)

    def write(self, title: str, year: int | None, *, carried: bool) -> None:
        """Write everything under `title`, dates in words of `year` where it is known."""
        self._across(title, self.looks.title, height=32)
        self._section("一、用途", [PURPOSE])
        self._section("二、时间口径", dates(year))
        self._section(
            "三、步骤", [f"{n}. {name}：{text}" for n, (name, text) in enumerate(STEPS, 1)]
        )
        self._section("四、0、空、—、无")
        for sign, text in SIGNS:
            self._pair(sign, text, self.looks.text(align="center", bold=True))
        self._section("五、栏目的颜色")
        for need, text in LEGEND:
            self._pair("栏目", text, self.looks.heading(need))
        grey = self.looks.text(
            align="center",
            font_color=f"#{colours.INAPPLICABLE_FONT}",
            bg_color=f"#{colours.INAPPLICABLE_FILL}",
        )
        self._pair(NOT_APPLICABLE, "灰底：预先填好的“不适用”。学校情况有变化的，请改填数值。", grey)
        if carried:
            blue = self.looks.text(align="center", font_color=f"#{colours.CARRIED_FONT}")
            self._pair("示例", "蓝字：按上年填报预先填好的内容，请逐项核对，有变化的改正。", blue)
        self._section("六、校验结果的三组")
        for level, text in GROUPS.items():
            fill = f"#{colours.LEVEL_FILL[level]}"
            self._pair(level, text, self.looks.text(align="center", bg_color=fill))
        self.tables_from = self.row
        self._section("七、各表栏目与示例")
        for table in tables().values():
            self._table(table)
        self._section("八、模板版本", [f"{template_version()}　（校验时核对，请勿用旧模板填报。）"])
        set_up_page(self.sheet, landscape=True, pages=1, signed=False)
        self.sheet.set_h_pagebreaks([self.tables_from])

    def _across(self, text: str, look: Format, *, height: float) -> None:
        self.sheet.merge_range(self.row, 0, self.row, len(WIDTHS) - 1, text, look)
        self.sheet.set_row(self.row, height)
        self.row += 1

    def _section(self, heading: str, paragraphs: Sequence[str] = ()) -> None:
        look = self.looks.make(font_name=HEAD, font_size=13, valign="bottom")
        self._across(heading, look, height=24)
        for each in paragraphs:
            lines = line_count(each, sum(WIDTHS) - 4)
            look = self.looks.make(text_wrap=True)
            self._across(each, look, height=lines * LINE_HEIGHT + 3)

    def _pair(self, sign: str, text: str, look: Format) -> None:
        self.sheet.write_string(self.row, 0, sign, look)
        self.sheet.merge_range(self.row, 1, self.row, len(WIDTHS) - 1, text, self.looks.text())
        lines = line_count(text, sum(WIDTHS[1:]) - 4)
        self.sheet.set_row(self.row, lines * LINE_HEIGHT + 4)
        self.row += 1

    def _table(self, table: Table) -> None:
        band = self.looks.text(bold=True, bg_color=f"#{colours.BAND_FILL}")
        self._across(f"工作表“{table.label}”　{table.note}", band, height=24)
        for position, heading in enumerate(HEADINGS):
            self.sheet.write_string(self.row, position, heading, self.looks.aid_heading)
        self.sheet.set_row(self.row, 20)
        self.row += 1
        for column in table.column:
            self._column(table, column)

    def _column(self, table: Table, column: Column) -> None:
        words = (
            column.number,
            column.label,
            column.unit,
            requirement_words(column),
            filler(table, column),
            sample_text(table, column),
            f"{allowed(column)}。{column.note}",
        )
        centred = self.looks.text(align="center")
        look_of = {1: self.looks.label(requirement(column))}
        for position, text in enumerate(words):
            look = look_of.get(position, centred if position in (0, 2, 3, 5) else self.looks.text())
            put_text(self.sheet, (self.row, position), text, look)
        lines = max(line_count(t, w - 2.5) for t, w in zip(words, WIDTHS, strict=True))
        self.sheet.set_row(self.row, lines * LINE_HEIGHT + 5)
        self.row += 1


def sample_school() -> dict[str, Any]:
    """The school of the sample rows, as the conditions see it: a plain public primary school."""
    return {c.name: c.example for c in tables()["schools"].column} | {"counts_as_school": True}


def sample_text(table: Table, column: Column) -> str:
    """The example, or — where the sample school has no such thing."""
    if table.per_school and not applies(column, sample_school()):
        return NOT_APPLICABLE
    return example(column)


def dates(year: int | None) -> list[str]:
    """As of when each kind of figure is filed."""
    known = SchoolYear(year) if year is not None else None
    first = (known or ANY_YEAR).first_day
    day = f"{first.month}月{first.day}日"
    when = f"{first.year}年{day}" if known else f"本学年{day}"
    money = f"{known.fiscal_year}年" if known else "上一会计年度（自然年）"
    summer = f"{first.year}年夏季" if known else "今年夏季"
    return [
        f"学生、班级、教师、校舍、设备：{when}。",
        f"经费、工资：{money}1月1日至12月31日。",
        f"初中毕业年级：{summer}毕业的一届。",
    ]
