"""校验目录: every check of reading and of the filing, and what stays unverified."""

from collections.abc import Iterator

from junheng.registry import checks
from junheng.registry.checks.rule import unverified_parts
from junheng.registry.reading.codes import checks as reading_checks
from making.grids import grid


def page() -> Iterator[str]:
    yield "# 校验目录"
    yield ""
    yield (
        "`junheng check` 一次跑完全部校验。S 结构，V 单个数值，K 对应需求文件 standards.md §11，R 数量关系与合理范围。"
        "**必须改**：不改正不能封存；**请说明**：改正，或在“异常说明”栏写明原因；**提示**：供参考。"
    )
    yield ""
    yield "## 读取时"
    yield ""
    yield from grid(
        ("代码", "分组", "查什么"),
        ((f"`{c.code}`", c.level, c.title) for c in reading_checks().values()),
    )
    yield "## 填报内容"
    yield ""
    yield from grid(
        ("代码", "分组", "查什么", "出处", "可信度"),
        (
            (f"`{code}`", level, title, source, f"**{confidence}**")
            for code, title, level, source, confidence in checks.catalogue()
        ),
    )
    yield "## 未核验的部分"
    yield ""
    yield "下列内容靠填报表本身查不出来，或须有另一份数据；每次校验都会列出当时没有核验的部分，封存时一并记录。"
    yield ""
    when = {
        "always": "总是", "no_last_year": "没有给出去年的数据时", "no_cohort_year": "没有三年前的数据时",
        "no_class_list": "没有班级清单时", "no_room_list": "没有用房台账时",
        "no_evidence": "没有填佐证材料时", "no_files": "没有给出材料的文件夹时",
        "no_official_results": "没有填官方结果时", "no_statements": "没有填一票否决声明时",
    }  # fmt: skip
    yield from grid(
        ("对应校验", "什么时候", "原因"),
        ((f"`{each.code}`", when[each.when], each.reason) for each in unverified_parts()),
    )
