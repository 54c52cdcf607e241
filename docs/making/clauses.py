"""条款: schemes, documents, clauses, relaxations."""

from collections.abc import Iterator

from junheng.registry import tables
from junheng.standards import Clause, Document, Relaxation, documents, schemes
from making.grids import CONFIDENCE, STAGES, grid

CLAUSE_KINDS = {
    "limit": "限值", "share": "比例", "every": "逐一达标", "spread": "差异系数", "evidence": "佐证",
    "official_result": "官方结果", "statement": "承诺", "target": "目标", "norm": "规则", "order": "程序",
}  # fmt: skip
NUMBERS = STAGES | {
    "needed": "至少达标项数", "floor_share": "未达标项的底线（占标准的比例）",
    "fewest_pupils": "最少学生数", "pupils_below": "学生数须少于", "walking_minutes": "步行时间上限（分钟）",
    "margin_share": "提示幅度（占限值的比例）",
}  # fmt: skip


def page() -> Iterator[str]:
    yield "# 条款"
    yield ""
    yield (
        "要求写成数据（`src/junheng/standards/documents/`），一份文件一个 TOML；程序里没有限值。"
        "**我们没有见到下列文件的正式文本**：凡写“未核对”的条号、文号、日期，都不是编出来的数字，而是等待核对的空缺。"
        "来源代号（S2、G5 等）是本项目资料目录的编号。"
    )
    yield ""
    yield from grid(("置信字母", "含义"), ((f"**{k}**", v) for k, v in CONFIDENCE.items()))
    for scheme in schemes().values():
        yield f"## 方案 `{scheme.code}`：{scheme.title}"
        yield ""
        yield from grid(
            ("项目", "内容"),
            (
                ("文件", "<br>".join(scheme.documents)),
                ("指标", "、".join(scheme.indicators)),
                ("学段", "、".join(STAGES[s] for s in scheme.stages)),
                ("差异系数算法", f"`{scheme.variant}`：{scheme.variant_reason}"),
                (
                    "条款的分工",
                    "<br>".join(f"{role}：{code}" for role, code in scheme.roles.items()),
                ),
            ),
        )
    for document in documents().values():
        yield from _document(document)


def _document(document: Document) -> Iterator[str]:
    yield f"## {document.name}"
    yield ""
    begun = document.in_force.isoformat() if document.in_force else "未核对"
    issued = document.issued.isoformat() if document.issued else "未核对"
    yield (
        f"《{document.title}》　文号：{document.number}　发布：{issued}　施行：{begun}　"
        f"与原文核对：{document.checked}。{document.note}"
    )
    yield ""
    headings = ("代码", "条号", "类别", "内容（转述）", "数字", "来源", "可信度", "说明")
    if document.clause:
        yield from grid(headings, (_clause(each) for each in document.clause))
    if document.relaxation:
        yield "例外，默认全部关闭："
        yield ""
        yield from grid(
            (
                "代码",
                "条号",
                "涉及",
                "内容（转述）",
                "数字",
                "所需佐证",
                "来源",
                "可信度",
                "为什么默认关闭",
            ),
            (_relaxation(each) for each in document.relaxation),
        )


def _clause(each: Clause) -> tuple[object, ...]:
    numbers = [f"{STAGES[s]} ≥ {n}" for s, n in each.at_least.items()]
    numbers += [f"{STAGES[s]} ≤ {n}" for s, n in each.at_most.items()]
    numbers += [f"{NUMBERS.get(k, k)} {n}" for k, n in each.numbers.items()]
    if each.excluded_types:
        types = tables()["schools"].columns()["school_type"].choices
        numbers.append("不计入：" + "、".join(types[t] for t in each.excluded_types))
    if each.variant:
        numbers.append(f"`--variant {each.variant}`")
    return (
        f"`{each.code}`", each.article, CLAUSE_KINDS[each.kind], each.gist, "<br>".join(numbers),
        each.source, f"**{each.confidence}**", each.note,
    )  # fmt: skip


def _relaxation(each: Relaxation) -> tuple[object, ...]:
    numbers = "<br>".join(f"{NUMBERS.get(k, k)} {n}" for k, n in each.numbers.items())
    return (
        f"`{each.code}`", each.article, "、".join(each.touches), each.gist, numbers, each.evidence,
        each.source, f"**{each.confidence}**", each.reason_off,
    )  # fmt: skip
