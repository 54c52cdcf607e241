"""A bulk assessment in the terminal: how many counties of each year pass, and what speaks against."""

from typing import TYPE_CHECKING

import polars as pl
from rich.console import Group, RenderableType
from rich.text import Text

from junheng.diagnosis import Verdict
from junheng.publish.terminal.looks import ruled, verdict_style
from junheng.publish.terminal.prose import Prose

if TYPE_CHECKING:
    from junheng.studies.national import NationalResult

COLUMNS = (
    "学年",
    "区县",
    "达标",
    "未达标",
    "缺数据",
    "学段部",
    "未达学校标准",
    "差异系数超限",
    "缺报学校",
)
JUDGED = (Verdict.PASS, Verdict.FAIL, Verdict.NO_DATA)


def show_national(result: "NationalResult") -> RenderableType:
    """One line a year, and on what terms it was judged."""
    table = ruled(*COLUMNS)
    for column in table.columns[1:]:
        column.justify = "right"
    for year, counties in result.counties.partition_by("year", as_dict=True).items():
        table.add_row(str(year[0]), *_line(counties))
    return Group(Text(), table, Text(), Prose(_terms(result), "dim"))


def _line(counties: pl.DataFrame) -> list[str | Text]:
    verdicts = [
        Text(f"{counties.filter(pl.col('resource') == each.value).height}", verdict_style(each))
        for each in JUDGED
    ]
    sums = ("parts", "parts_failing", "spreads_failing", "missing")
    return [
        str(counties.height),
        *verdicts,
        *(f"{sum(counties[name].to_list()):,}" for name in sums),
    ]


def _terms(result: "NationalResult") -> str:
    receipt = result.receipt
    engine = receipt["engine"]
    version = engine.get(engine["name"], "")
    return (
        f"只判资源配置（L1—L7 与差异系数），{receipt['on']}有效的要求，默认口径，不采用例外；"
        f"共{receipt['rows']:,}行，引擎 {engine['name']} {version}。"
    )
