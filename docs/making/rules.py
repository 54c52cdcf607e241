"""Tables of what a document says: clauses, relaxations, switches, commitments and the rest."""

from collections.abc import Iterator

from junheng.publish.rule_words import (
    FILED_BY,
    KIND_WORDS,
    clause_told,
    dates_told,
    demand_told,
    document_told,
    due_told,
    numbers_told,
    options_told,
)
from junheng.registry import tables
from junheng.standards import Clause, Document, Relaxation, ScopeSet, Switch, Target, places
from making.grids import grid

OWNER_BASIS = {"text": "原文", "inferred": "推定"}
FORCE = {"firm": "硬性", "strive": "力争", "soft": "大体", "trend": "趋势", "open": "没有写明"}
BINDS = {"whole": "整体", "each": "逐个"}


def document_page(document: Document) -> Iterator[str]:
    """One document: what it is, then each kind of thing it says."""
    yield f"## {document.name}"
    yield ""
    title = "" if document.name == document.title else f"《{document.title}》　"
    issued = document.issued.isoformat() if document.issued else "未核对"
    note = f"　{document.note}" if document.note else ""
    yield f"{title}{document_told(document)}　文号：{document.number}　发布：{issued}{note}"
    yield ""
    if document.clause:
        headings = (
            "代码",
            "条号",
            "类别",
            "内容（转述）",
            "数字",
            "应备材料",
            "来源",
            "可信度",
            "说明",
        )
        yield from grid(headings, (_clause(each) for each in document.clause))
    if document.relaxation:
        yield "例外，默认全部关闭："
        yield ""
        headings = (
            "代码",
            "条号",
            "涉及",
            "内容（转述）",
            "数字",
            "所需佐证",
            "来源",
            "可信度",
            "为什么默认关闭",
        )
        yield from grid(headings, (_relaxation(each) for each in document.relaxation))
    if document.switch:
        yield "未决口径："
        yield ""
        headings = (
            "代码",
            "口径",
            "默认读法",
            "其他读法",
            "默认的理由",
            "请示的问题",
            "涉及",
            "来源",
            "可信度",
        )
        yield from grid(headings, (_switch(each) for each in document.switch))
    yield from _promises(document)


def _clause(each: Clause) -> tuple[object, ...]:
    numbers = numbers_told(each)
    if each.excluded_types:
        types = tables()["schools"].columns()["school_type"].choices
        numbers.append("不计入：" + "、".join(types[t] for t in each.excluded_types))
    if each.variant:
        numbers.append(f"`--variant {each.variant}`")
    evidence = "；".join(each.evidence)
    if each.filed_by:
        evidence += f"（{FILED_BY[each.filed_by]}）"
    return (
        f"`{each.code}`", each.article, KIND_WORDS[each.kind], clause_told(each),
        "<br>".join(numbers), evidence, each.source, f"**{each.confidence}**", each.note,
    )  # fmt: skip


def _relaxation(each: Relaxation) -> tuple[object, ...]:
    return (
        f"`{each.code}`", each.article, "、".join(each.touches), each.gist + dates_told(each),
        "<br>".join(numbers_told(each)), each.evidence, each.source, f"**{each.confidence}**",
        each.reason_off,
    )  # fmt: skip


def _switch(each: Switch) -> tuple[object, ...]:
    taken, others = options_told(each)
    return (
        f"`{each.code}`", each.title, taken, others.replace("；", "<br>"), each.reason,
        each.question, "、".join(each.touches), each.source, f"**{each.confidence}**",
    )  # fmt: skip


# --- what a policy promises --------------------------------------------------------------------


def _promises(document: Document) -> Iterator[str]:
    if document.scope_set:
        yield "### 区域集合"
        yield ""
        headings = ("代码", "名称", "单位", "不含", "依据", "说明")
        yield from grid(headings, (_scope_set(each) for each in document.scope_set))
    if document.target:
        default = [each for each in document.target if not each.instead_of]
        yield f"### 政策承诺（{len(default)}条）"
        yield ""
        yield "† = 读法或推定。写着“口径”的，只在那种读法下代替默认的一条，不另计数。"
        yield ""
        headings = (
            "代码",
            "条号",
            "承诺",
            "所量的数",
            "要求",
            "期限",
            "范围",
            "责任主体",
            "措辞",
            "数据",
            "可信度",
            "说明",
        )
        names = {each.code: each.name for each in document.scope_set}
        yield from grid(headings, (_target(each, names) for each in document.target))
    if document.ordered:
        yield f"### 待制定的文件（{len(document.ordered)}份）"
        yield ""
        headings = (
            "代码",
            "条号",
            "文件",
            "制定单位",
            "份数",
            "状态",
            "文号与日期",
            "有关承诺",
            "说明",
        )
        yield from grid(headings, (
            (f"`{d.code}`", d.article, d.title, d.issuer, d.copies, d.status,
             f"{d.number} {d.issued or ''}".strip(), "、".join(d.targets), d.note)
            for d in document.ordered
        ))  # fmt: skip
    if document.mechanism:
        yield f"### 机制（{len(document.mechanism)}项）"
        yield ""
        rows = ((f"`{m.code}`", m.article, m.title, m.note) for m in document.mechanism)
        yield from grid(("代码", "条号", "机制", "说明"), rows)


def _scope_set(each: ScopeSet) -> tuple[object, ...]:
    named, left_out = (
        "、".join(places()[code].name for code in codes) for codes in (each.members, each.without)
    )
    under = f"〔口径 {each.reading} 时，代替{each.instead_of}〕" if each.reading else ""
    return f"`{each.code}`", under + each.name, named, left_out, OWNER_BASIS[each.basis], each.note


def _target(each: Target, scopes: dict[str, str]) -> tuple[object, ...]:
    under = f"〔口径 {each.reading} 时，代替{each.instead_of}〕" if each.reading else ""
    scope = scopes.get(each.scope) or places()[each.scope].name
    sources = {"facts": f"填报数据（`{each.formula}`）", "progress": "进展登记", "none": "没有来源"}
    yearly = "（每年）" if each.every == "year" else ""
    return (
        f"`{each.code}`", each.article, under + each.title, each.measure,
        demand_told(each) + yearly, due_told(each), f"{scope}（{BINDS[each.binds]}）",
        f"{each.owner}（{OWNER_BASIS[each.owner_basis]}）", FORCE[each.force],
        sources[each.data_source], f"**{each.confidence}**", each.note,
    )  # fmt: skip
