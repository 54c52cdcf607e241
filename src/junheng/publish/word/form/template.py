"""The template that comes with us: 版式未核对, for nobody showed us the official form."""

from collections.abc import Mapping
from datetime import date
from functools import cache

from junheng.publish.word.form.fields import LISTS
from junheng.publish.word.grid import Column
from junheng.publish.word.paper import Paper

TITLE = "义务教育优质均衡发展县（市、区）申报表"
UNCHECKED = "版式未核对：没有见到正式的申报表，请换成主管部门发的格式"
DAY = date(1980, 1, 1)
"""Of making: the template says nothing of when."""
FACTS = (
    ("区县名称", "{{区县名称}}", "区县代码", "{{区县代码}}"),
    ("学年", "{{学年}}", "经费年度", "{{财政年度}}"),
    ("学校（所）", "{{学校数}}", "其中民办（所）", "{{民办学校数}}"),
    ("小学学生（人）", "{{小学学生数}}", "初中学生（人）", "{{初中学生数}}"),
    ("小学班级（个）", "{{小学班级数}}", "初中班级（个）", "{{初中班级数}}"),
    ("小学专任教师（人）", "{{小学专任教师数}}", "初中专任教师（人）", "{{初中专任教师数}}"),
    ("参加计算的学校（所）", "{{参加计算学校数}}", "缺报学校（所）", "{{缺报学校数}}"),
    ("评估方案", "{{方案}}", "评估日期", "{{评估日期}}"),
)
OPINIONS = ("县级人民政府申报意见", "市级教育督导机构意见", "省级教育督导机构意见")


@cache
def own_template() -> bytes:
    """The Word file with its placeholders."""
    paper = Paper(title=TITLE, subject="模板", header="{{区县名称}}　申报表　{{演示标记}}", on=DAY)
    paper.line("{{区县名称}}", "Cover")
    paper.line(TITLE, "Title")
    paper.line("（{{学年}}）", "Subtitle")
    paper.line("{{演示标记}}", "Notice")
    paper.line(UNCHECKED, "Notice")
    paper.line("申报单位（盖章）：{{区县名称}}人民政府　　填报日期：　　　　", "Signed")
    paper.heading("基本情况", turned=True)
    paper.table(
        "基本情况",
        [Column("项目", 44), Column("内容", 34), Column("项目", 44), Column("内容", 34)],
        FACTS,
    )
    paper.heading("自评结论")
    paper.text("{{区县名称}}自评结论：{{结论}}。{{结论依据}}")
    paper.text("全部指标中达标{{达标项数}}项、未达标{{未达标项数}}项、缺数据{{缺数据项数}}项。")
    _listed(paper, "各方面结论", "方面", dict(zip(LISTS["方面"], (36, *[24] * 5), strict=True)))
    paper.heading("校际差异系数")
    _listed(
        paper,
        "校际差异系数",
        "差异系数",
        dict(zip(LISTS["差异系数"], (16, 14, 62, 24, 16, 24), strict=True)),
    )
    paper.heading("各项指标自评结果")
    _listed(
        paper,
        "各项指标自评结果",
        "指标",
        {"代码": 12, "名称": 30, "标准": 46, "结论": 16, "说明": 52},
    )
    paper.heading("申报和审核意见")
    blank = "\n\n\n\n负责人（签字）：　　　　　　　（盖章）\n　　年　　月　　日"
    paper.table(
        "申报和审核意见",
        [Column("单位", 40), Column("意见", 116)],
        [[each, blank] for each in OPINIONS],
    )
    paper.note(
        "数据封存编号：{{封存编号}}；事实指纹：{{事实指纹}}。凭此可以重算并核对表中的每个数字。"
    )
    return paper.packed()


def _listed(paper: Paper, title: str, name: str, widths: Mapping[str, int]) -> None:
    """A table with one row, which is repeated for every entry of a list."""
    columns = [
        Column(text, width, "left" if width > 24 else "center") for text, width in widths.items()
    ]
    paper.table(title, columns, [[f"{{{{{name}.{text}}}}}" for text in widths]])
