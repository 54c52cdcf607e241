"""指标与公式: the catalogue, with the clauses that compare what it computes."""

import re
from collections.abc import Iterator
from itertools import groupby

from junheng.indicators import CATALOGUE, Indicator
from junheng.publish.rule_words import clause_told, numbers_told
from junheng.standards import Clause, Document, documents
from making.grids import CONFIDENCE, grid

GRAINS = {"part": "学段部（校际差异系数也由它计算）", "school": "学校", "county": "区县"}
ASKED = {
    "": "",
    "compulsory": "有义务教育学段的学校",
    "public": "公办学校",
    "funded": "填报公用经费的学校",
    "zoned": "城区、镇区公办非寄宿制学校",
    "urban_zoned": "城区公办非寄宿制学校",
    "vocational": "职业学校",
}


def page() -> Iterator[str]:
    yield "# 指标与公式"
    yield ""
    yield (
        "公式直接读自程序中的表达式（`src/junheng/indicators/`），限值读自条款数据。"
        "每个指标是两个精确整数之比，不含限值；限值、条款、可信度见[条款](clauses.md)。"
        "没有公式的指标（佐证、官方结果、承诺书）不计算，只看材料，也见[条款](clauses.md)。"
        "置信字母的含义：" + "；".join(f"**{k}** {v}" for k, v in CONFIDENCE.items()) + "。"
    )
    yield ""
    for grain, group in groupby(sorted(CATALOGUE.values(), key=_order), key=lambda i: i.grain):
        yield f"按{GRAINS[grain]}计算："
        yield ""
        for each in group:
            yield from _indicator(each)


def _order(each: Indicator) -> tuple[object, ...]:
    letters, number, rest = re.fullmatch(r"([A-Z]+)(\d*)(.*)", each.code).groups()  # type: ignore[union-attr]
    return tuple(GRAINS).index(each.grain), letters, int(number or 0), rest


def _indicator(each: Indicator) -> Iterator[str]:
    yield f"## {each.code} {each.label} {{#{each.code}}}"
    yield ""
    yield f"    {each.code}（{each.unit}）＝ {each.formula}"
    yield ""
    rows = [
        ("问哪些学校", ASKED.get(each.asks, each.asks)),
        ("差距的单位", f"{each.gap_unit}，最小 {float(each.step):g}"),
        ("读取的栏目", "、".join(f"`{c}`" for c in each.ratio.columns())),
        ("程序中", f"`{each.name}`"),
    ]
    if each.grain == "part":
        shared = "全校填一次，按折算学生数分摊到学段部" if each.shared else "按学段填报，不分摊"
        rows.insert(1, ("多学段学校", shared))
    told = [("条款", _clause(clause, document)) for clause, document in _compared(each.code)]
    yield from grid(("项目", "内容"), [row for row in (*told, *rows) if row[1]])


def _compared(code: str) -> list[tuple[Clause, Document]]:
    return [
        (clause, document)
        for document in documents().values()
        for clause in document.clause
        if (clause.measure or clause.code) == code
    ]


def _clause(clause: Clause, document: Document) -> str:
    numbers = "、".join(numbers_told(clause))
    told = f"{clause_told(clause)}（{numbers}）" if numbers else clause_told(clause)
    return (
        f"{told}<br>{document.name}，条号{clause.article}；来源：{clause.source}；"
        f"可信度：**{clause.confidence}**"
    )
