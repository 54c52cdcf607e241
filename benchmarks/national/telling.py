"""What the national benchmark found, as Markdown and as a picture, printed or put into the manual."""

import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import vl_convert
from processes import Taken

DOCS = Path(__file__).parents[2] / "docs"
PAGE, BEGIN, END = DOCS / "performance.md", "<!-- national:begin -->", "<!-- national:end -->"
PICTURE = DOCS / "pictures" / "national.svg"
SPARK, SPARK_BEGIN, SPARK_END = (
    DOCS / "howto" / "spark.md", "<!-- sizing:begin -->", "<!-- sizing:end -->",
)  # fmt: skip
LIBRARIES = ("junheng", "narwhals", "duckdb", "polars", "pandas", "pyarrow")
NAMES = {
    "junheng": "junheng（Polars 引擎），全部",
    "cvs": "手写 DuckDB SQL，只算差异系数",
    "polars": "手写 Polars，全部",
    "pandas": "手写 pandas，全部",
}
MOST_OVER_SQL, MOST_MEMORY, LEAST_OVER_PANDAS, MOST_OVER_FLOATS = 5.0, 1024.0, 3.0, 1.8


@dataclass(frozen=True)
class Measured:
    """One size: medians of every process, the sums, MiB that junheng wrote."""

    schools: int
    years: int
    taken: Mapping[str, Taken]
    sums: Mapping[str, float]
    written: float


def tell(found: Sequence[Measured], *, write: bool) -> int:
    """Print the tables; exit status 1 where a reach is missed at the largest size."""
    reaches = list(_reaches(found[-1]))
    text = "\n".join([*_reach_table(reaches), "", *_growth(found), "", _machine(LIBRARIES)])
    print(text)
    if write:
        PICTURE.write_text(_drawn(found), encoding="utf-8")
        _put(PAGE, BEGIN, END, text + "\n\n![各规模的时间](pictures/national.svg)")
    return 0 if all(kept for *_, kept in reaches) else 1


def _reaches(last: Measured) -> Iterator[tuple[str, str, str, bool]]:
    """What, against what, measured, whether it is reached."""
    taken = last.taken
    ours = taken["junheng"].wall
    size = f"{last.schools:,} 所 × {last.years} 年"
    sql = ours / taken["cvs"].wall
    yield (
        f"完整评估，{size}", f"≤ {MOST_OVER_SQL:g} × 只算差异系数的手写 SQL",
        f"{ours:.1f} 秒 ÷ {taken['cvs'].wall:.1f} 秒 ＝ {sql:.2f} 倍", sql <= MOST_OVER_SQL,
    )  # fmt: skip
    peak = taken["junheng"].peak
    yield "同上，峰值内存", "≤ 1 GiB", f"{peak:.0f} MiB", peak <= MOST_MEMORY
    pandas = taken["pandas"].wall / ours
    yield (
        "同上", f"≥ {LEAST_OVER_PANDAS:g} × 快于手写 pandas",
        f"{taken['pandas'].wall:.1f} 秒 ÷ {ours:.1f} 秒 ＝ {pandas:.2f} 倍", pandas >= LEAST_OVER_PANDAS,
    )  # fmt: skip
    polars = taken["polars"].wall / ours
    yield (
        "同上", "不慢于手写 Polars",
        f"{taken['polars'].wall:.1f} 秒 ÷ {ours:.1f} 秒 ＝ {polars:.2f} 倍", polars >= 1,
    )  # fmt: skip
    ratio = last.sums["ratio"]
    yield (
        "可重现的差异系数求和", f"≤ {MOST_OVER_FLOATS:g} × DuckDB 浮点求和",
        f"{last.sums['exact']:.3f} 秒 ÷ {last.sums['floats']:.3f} 秒 ＝ {ratio:.2f} 倍",
        ratio <= MOST_OVER_FLOATS,
    )  # fmt: skip


def _reach_table(reaches: Sequence[tuple[str, str, str, bool]]) -> Iterator[str]:
    yield "| 做什么 | 要求 | 实测（整个进程，中位数） | 结论 |"
    yield "| --- | --- | --- | --- |"
    for what, reach, said, kept in reaches:
        yield f"| {what} | {reach} | {said} | {'合格' if kept else '没有达到'} |"


def _growth(found: Sequence[Measured]) -> Iterator[str]:
    yield "| 学校 × 学年 | 做法 | 时间 | 处理器时间 | 峰值内存 |"
    yield "| ---: | --- | ---: | ---: | ---: |"
    for each in found:
        for name, taken in each.taken.items():
            yield (
                f"| {each.schools:,} × {each.years} | {NAMES[name]} | {taken.wall:.1f} 秒 "
                f"| {taken.busy:.1f} 秒 | {taken.peak:.0f} MiB |"
            )


def _machine(libraries: Sequence[str]) -> str:
    packages = "、".join(f"{name} {version(name)}" for name in libraries)
    return f"{platform.system()} {platform.machine()}，Python {platform.python_version()}；{packages}。"


def _drawn(found: Sequence[Measured]) -> str:
    """Time against school-years, both logarithmic, a line for each way."""
    vl_convert.register_font_directory(str(pylopdf_fonts_zh_cn.sans_path().parent))
    rows = [
        {"rows": each.schools * each.years, "seconds": taken.wall, "way": NAMES[name]}
        for each in found
        for name, taken in each.taken.items()
    ]
    axis: dict[str, Any] = {"type": "quantitative", "scale": {"type": "log"}}
    return vl_convert.vegalite_to_svg(
        {
            "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
            "width": 560, "height": 320, "data": {"values": rows},
            "mark": {"type": "line", "point": True},
            "encoding": {
                "x": {"field": "rows", "title": "校年（行）", **axis},
                "y": {"field": "seconds", "title": "秒", **axis},
                "color": {"field": "way", "title": None, "sort": list(NAMES.values())},
            },
            "config": {"font": "Noto Sans SC", "background": "white", "legend": {"labelLimit": 320}},
        }
    )  # fmt: skip


def spark_page(sizes: Mapping[int, Taken], years: int, memory: str, *, write: bool) -> int:
    """The sizing table of local Spark."""
    text = "\n".join(
        [
            "| 学校 × 学年 | 时间 | 处理器时间 | 峰值内存 | 驱动内存 |",
            "| ---: | ---: | ---: | ---: | ---: |",
            *(
                f"| {schools:,} × {years} | {taken.wall:.0f} 秒 | {taken.busy:.0f} 秒 "
                f"| {taken.peak:.0f} MiB | {memory} |"
                for schools, taken in sizes.items()
            ),
            "",
            _machine(("junheng", "narwhals", "pyspark")),
        ]
    )
    print(text)
    if write:
        _put(SPARK, SPARK_BEGIN, SPARK_END, text)
    return 0


def _put(page: Path, begin: str, end: str, text: str) -> None:
    """Put the text between the marks of a page."""
    before, _, rest = page.read_text(encoding="utf-8").partition(begin)
    _, _, after = rest.partition(end)
    page.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")
