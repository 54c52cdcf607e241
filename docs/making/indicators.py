"""指标与公式: the catalogue, with the limits of the clauses."""

from collections.abc import Iterator

from junheng.indicators import CATALOGUE
from junheng.standards import documents
from making.grids import CONFIDENCE, STAGES, grid


def page() -> Iterator[str]:
    yield "# 指标与公式"
    yield ""
    yield (
        "公式直接读自程序中的表达式（`src/junheng/indicators/`），限值读自条款数据。"
        "每个指标是两个精确整数之比，不含限值；限值、条款、可信度见[条款](clauses.md)。"
        "置信字母的含义：" + "；".join(f"**{k}** {v}" for k, v in CONFIDENCE.items()) + "。"
    )
    yield ""
    limits = {c.code: (c, d) for d in documents().values() for c in d.clause if c.kind == "limit"}
    for each in sorted(CATALOGUE.values(), key=lambda i: i.code):
        clause, document = limits[each.code]
        yield f"## {each.code} {each.label} {{#{each.code}}}"
        yield ""
        yield f"    {each.code}（{each.unit}）＝ {each.formula}"
        yield ""
        stages = "；".join(f"{STAGES[s]} ≥ {n}" for s, n in clause.at_least.items())
        yield from grid(
            ("项目", "内容"),
            (
                ("限值", f"{stages}（{each.unit}）"),
                ("依据", f"{document.name}《{document.title}》，条号{clause.article}"),
                ("来源、可信度", f"{clause.source}；**{clause.confidence}**"),
                (
                    "多学段学校",
                    "全校填一次，按折算学生数分摊到学段部" if each.shared else "按学段填报，不分摊",
                ),
                ("差距的单位", f"{each.gap_unit}，最小 {float(each.step):g}"),
                ("读取的栏目", "、".join(f"`{c}`" for c in each.ratio.columns())),
                ("程序中", f"`{each.name}`"),
            ),
        )
