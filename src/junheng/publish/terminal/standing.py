"""What is in force, one code opened up, and what differs: rules in the terminal."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from junheng.publish.rule_words import (
    FILED_BY,
    KIND_WORDS,
    clause_told,
    dates_told,
    demand_told,
    document_told,
    due_told,
    field_name,
    gist_of,
    numbers_told,
    options_told,
    value_told,
)
from junheng.publish.terminal.looks import heading, items, ruled, section
from junheng.publish.terminal.prose import Prose
from junheng.publish.wording import CONFIDENCE
from junheng.standards import (
    Clause,
    Difference,
    Document,
    Item,
    Mechanism,
    Opened,
    Ordered,
    Relaxation,
    Switch,
    Target,
    listed_name,
)

HEADINGS: dict[type, tuple[str, ...]] = {
    Clause: ("代码", "类别", "内容", "数字", "条号与来源", "可信"),
    Relaxation: ("代码", "涉及", "例外的内容", "数字", "默认关闭的原因", "可信"),
    Switch: ("代码", "涉及", "未决口径", "默认读法", "其他读法", "可信"),
    Target: ("代码", "条号", "政策承诺", "要求", "期限", "责任主体", "可信"),
    Ordered: ("代码", "条号", "待制定的文件", "制定单位", "状态"),
    Mechanism: ("代码", "条号", "机制"),
}
WIDEST = {"内容": 46, "数字": 26, "条号与来源": 20, "涉及": 16, "代码": 20, "责任主体": 18}


def show_standing(found: Iterable[Item], place: str, on: date) -> RenderableType:
    """All that binds a place on a day, document by document."""
    listed = list(found)
    name = listed_name(place)
    said = {i.document.name: i.document for i in listed}
    title = f"{name}（{place}）在 {on} 有效的要求：{len(said)}份文件，{len(listed)}条"
    return Group(
        heading(title),
        *(_document(d, [i for i in listed if i.document.name == d.name]) for d in said.values()),
        Text(),
        Prose(_legend(listed), "dim", hang=2),
    )


def _legend(listed: list[Item]) -> str:
    letters = {getattr(i.body, "confidence", "") for i in listed}
    told = [f"{letter}＝{word}" for letter, word in CONFIDENCE.items() if letter in letters]
    return "可信度：" + "；".join(told) + "。" if told else ""


def _document(document: Document, said: list[Item]) -> RenderableType:
    title = (
        document.name if document.name == document.title else f"{document.name}《{document.title}》"
    )
    parts: list[RenderableType] = [Prose(document_told(document), "dim")]
    if document.note:
        parts.append(Prose(f"说明：{document.note}", "dim", hang=6))
    for kind, group in groupby(said, key=lambda item: type(item.body)):
        parts.append(_table(kind, list(group)))
    return section(title, *parts)


def _table(kind: type, said: list[Item]) -> Table:
    table = ruled(*HEADINGS[kind])
    for column in table.columns:
        column.max_width = WIDEST.get(str(column.header))
    table.columns[0].no_wrap = True
    table.columns[-1].no_wrap = kind is not Mechanism
    for item in said:
        table.add_row(item.code, *(Prose(each) for each in _row(item.body)))
    return table


def _row(body: object) -> tuple[str, ...]:
    if isinstance(body, Clause):
        origin = f"{body.article}；{body.source}"
        numbers = "\n".join(numbers_told(body))
        return KIND_WORDS[body.kind], clause_told(body), numbers, origin, body.confidence
    if isinstance(body, Relaxation):
        gist = body.gist + dates_told(body)
        return "、".join(body.touches), gist, "\n".join(numbers_told(body)), body.reason_off, body.confidence  # fmt: skip
    if isinstance(body, Switch):
        taken, others = options_told(body)
        return "、".join(body.touches), body.title, taken, others, body.confidence
    if isinstance(body, Target):
        title = f"〔口径 {body.reading} 时〕{body.title}" if body.reading else body.title
        return body.article, title, demand_told(body), due_told(body), body.owner, body.confidence
    if isinstance(body, Ordered):
        return body.article, body.title, body.issuer, body.status
    return (body.article, body.title) if isinstance(body, Mechanism) else ()


# --- one code ----------------------------------------------------------------------------------


def show_opened(opened: Opened, formulas: Iterable[tuple[str, str]] = ()) -> RenderableType:
    """One code: every document's word on it, its formula, its readings, what may relax it.

    `formulas` are pairs of a measure's name and its formula in words."""
    parts: list[RenderableType] = [heading(f"{opened.code}　{opened.label}".rstrip("　"))]
    told = [f"{name}：{formula}" for name, formula in formulas]
    if told:
        parts.append(section("算法", items(told)))
    parts += [_said(item) for item in opened.said]
    for title, touching in (("未决口径", opened.switches), ("可用的例外", opened.relaxations)):
        if touching:
            parts.append(section(f"{title}（{len(touching)}项）", *map(_said, touching)))
    return Group(*parts)


def _said(item: Item) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", no_wrap=True)
    table.add_column()
    for label, text in _facts(item):
        if text:
            table.add_row(label, Prose(text))
    title = f"{KIND_WORDS[item.kind]} {item.code}　{item.document.name}"
    return Group(
        Text(), Text(title, "bold cyan"), Prose(document_told(item.document), "dim"), table
    )


def _facts(item: Item) -> Iterator[tuple[str, str]]:
    body = item.body
    yield "内容", gist_of(item)
    if isinstance(body, Clause):
        yield "决定指标", "、".join(body.indicators)
        yield "应备材料", "、".join(body.evidence)
        yield "材料提交", FILED_BY.get(body.filed_by, "")
    if isinstance(body, Relaxation):
        yield "涉及", "、".join(body.touches)
        yield "数字", "、".join(numbers_told(body))
        yield "所需佐证", body.evidence
        yield "默认关闭", body.reason_off
    if isinstance(body, Switch):
        yield "其他读法", options_told(body)[1]
        yield "默认理由", body.reason
        yield "请示问题", body.question
    if isinstance(body, Target):
        yield "所量的数", body.measure
        yield "责任主体", body.owner
    yield "依据", _basis(body)
    yield "说明", getattr(body, "note", "")


def _basis(body: object) -> str:
    """Article, source and how sure we are."""
    article = getattr(body, "article", "")
    told = ["条号未核对" if article == "未核对" else article]
    if source := getattr(body, "source", ""):
        told.append(f"来源：{source}")
    if letter := getattr(body, "confidence", ""):
        told.append(f"可信度：{letter} {CONFIDENCE[letter]}")
    return "；".join(each for each in told if each)


# --- what differs ------------------------------------------------------------------------------


def show_difference(found: Difference, before: str, after: str) -> RenderableType:
    """What the second has in addition, has not, and says otherwise, field by field."""
    parts: list[RenderableType] = [Prose(f"甲：{before}", "bold"), Prose(f"乙：{after}", "bold")]
    if not found:
        return Group(*parts, Text(), Prose("没有差别。"))
    if found.header:
        parts.append(section("文件本身", _fields(found.header)))
    for title, listed in (("乙有、甲没有", found.added), ("甲有、乙没有", found.removed)):
        if listed:
            parts.append(section(f"{title}（{len(listed)}条）", _brief(listed)))
    if found.changed:
        parts.append(section(f"两边都有、内容不同（{len(found.changed)}条）"))
    for change in found.changed:
        old, new = change.before.document.name, change.after.document.name
        where = new if old == new else f"{old} → {new}"
        title = f"{KIND_WORDS[change.after.kind]} {change.after.code}　{where}"
        parts.append(Group(Text(), Text(title, "bold cyan"), _fields(change.fields)))
    return Group(*parts)


def _brief(listed: tuple[Item, ...]) -> Table:
    table = ruled("代码", "类别", "内容", "文件")
    table.columns[0].no_wrap = True
    table.columns[2].max_width = 64
    for item in listed:
        table.add_row(
            item.code, KIND_WORDS[item.kind], Prose(gist_of(item)), Prose(item.document.name)
        )
    return table


def _fields(changes: Iterable[object]) -> Table:
    table = ruled("栏目", "甲", "乙")
    for change in changes:
        name, old, new = (getattr(change, each) for each in ("field", "before", "after"))
        sides = (value_told(name, each) or "（没有）" for each in (old, new))
        table.add_row(field_name(name), *map(Prose, sides))
    return table
