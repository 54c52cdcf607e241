"""字段字典: every table and column."""

from collections.abc import Iterator

from junheng.registry import tables
from junheng.registry.facts import facts_unit
from junheng.registry.template.wording import allowed, filler, requirement_words
from junheng.schema import Column, Kind, Table
from making.grids import grid

FACT_TYPES = {
    Kind.INT: "整数", Kind.YEAR: "整数", Kind.AREA: "小数，2位", Kind.MONEY: "小数，2位",
    Kind.COORDINATE: "小数，6位", Kind.DECIMAL: "小数，至多6位", Kind.BOOL: "是否", Kind.DATE: "日期", Kind.ENUM: "代码",
    Kind.TEXT: "文字", Kind.CODE: "代码",
}  # fmt: skip


def page() -> Iterator[str]:
    yield "# 字段字典"
    yield ""
    yield (
        "每张表、每一栏，与填报工作簿、校验、事实文件同出一源：`src/junheng/registry/declarations/*.toml`。"
        "“编号”是需求文件 filing.md 的字段编号；“事实中”是封存以后的单位与类型，金额以元、面积以平方米保存，均为精确的十进制数。"
    )
    yield ""
    yield from grid(
        ("工作表", "代码", "填法", "一行的标识", "栏数"),
        (
            (
                f"[{t.label}](#{t.name})",
                f"`{t.name}`",
                _way_of_filling(t),
                "、".join(f"`{k}`" for k in t.key),
                len(t.column),
            )
            for t in tables().values()
        ),
    )
    for table in tables().values():
        yield f"## {table.label} {{#{table.name}}}"
        yield ""
        yield f"`{table.name}`：{table.note}"
        yield ""
        headings = (
            "编号",
            "代码",
            "栏目",
            "填报单位",
            "必填",
            "谁填",
            "允许",
            "事实中",
            "用于",
            "说明",
        )
        yield from grid(headings, (_column(table, each) for each in table.column))


def _way_of_filling(table: Table) -> str:
    if table.form:
        return "每个区县一份，向下填"
    return "每所学校一行" if table.per_school else "每项一行"


def _column(table: Table, column: Column) -> tuple[object, ...]:
    notes = [column.note] if column.note else []
    if column.filing_name:
        notes.append(f"filing.md 中名为 `{column.filing_name}`。")
    if column.explained:
        notes.append("可附“异常说明”。")
    if column.fixed:
        notes.append("固定量：与上年相差过大须说明。")
    if column.carried:
        notes.append("可由上年预填。")
    unit = facts_unit(column)
    kept = f"{FACT_TYPES[column.kind]}，{unit}" if unit else FACT_TYPES[column.kind]
    used = "、".join("全部" if each == "all" else each for each in column.used_by)
    return (
        column.number, f"`{column.name}`", column.label, column.unit, requirement_words(column),
        filler(table, column), allowed(column), kept, used, "".join(notes),
    )  # fmt: skip
