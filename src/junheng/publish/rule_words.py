"""The words for what a rule file says: kinds, numbers, fields, dates. Terminal and pages share them."""

from functools import cache
from importlib.resources import files

import tomli

from junheng.diagnosis import FORCE_WORDS
from junheng.indicators import CATALOGUE
from junheng.standards import (
    Clause,
    Document,
    Item,
    Ordered,
    Relaxation,
    ScopeSet,
    Switch,
    Target,
    listed_name,
)

KIND_WORDS = {
    "limit": "限值",
    "share": "比例",
    "every": "逐一达标",
    "spread": "差异系数",
    "evidence": "佐证",
    "official_result": "官方结果",
    "statement": "承诺书",
    "target": "目标",
    "norm": "规则",
    "order": "程序",
    "relaxation": "例外",
    "switch": "未决口径",
    "commitment": "政策承诺",
    "ordered": "待制定文件",
    "mechanism": "机制",
    "scope_set": "范围",
}
COMPARATORS = {
    ">=": "不低于",
    "<=": "不高于",
    "=": "等于",
    "≈": "约",
    ">": "高于",
    "rising": "逐年上升",
    "not_falling": "只增不减",
    "falling": "逐年下降",
    "none": "没有数字",
}
COMPARISONS = {"at_least": "≥", "at_most": "≤", "above": "＞", "below": "＜"}
FILED_BY = {"county": "县提交", "school": "每所学校提交"}
VALUE_WORDS: dict[str, dict[str, str]] = {
    "kind": KIND_WORDS,
    "comparator": COMPARATORS,
    "filed_by": FILED_BY,
    "force": FORCE_WORDS,
    "binds": {"whole": "整体", "each": "逐一"},
    "owner_basis": {"text": "原文写明", "inferred": "推定"},
    "basis": {"text": "原文写明", "inferred": "推定"},
    "data_source": {"facts": "填报数据", "progress": "进展登记", "none": "没有数"},
}
FIELD_WORDS = {
    "code": "代码",
    "article": "条号",
    "gist": "内容",
    "title": "标题",
    "title_en": "英文标题",
    "measure": "所量的数",
    "source": "来源",
    "confidence": "可信度",
    "kind": "类别",
    "indicators": "涉及指标",
    "touches": "涉及",
    "at_least": "不低于",
    "at_most": "不高于",
    "above": "高于",
    "below": "低于",
    "numbers": "数字",
    "evidence": "应备材料",
    "filed_by": "提交者",
    "reading": "所属口径",
    "instead_of": "代替",
    "excluded_types": "不计入的学校类型",
    "variant": "差异系数算法",
    "label": "名称",
    "if_failed": "未达标时另有",
    "note": "说明",
    "valid_from": "起",
    "valid_to": "止",
    "reason_off": "默认关闭的原因",
    "default": "默认读法",
    "reason": "默认的理由",
    "question": "请示的问题",
    "option": "读法",
    "comparator": "比较",
    "value": "数值",
    "unit": "单位",
    "period_start": "起算日",
    "due": "期限",
    "due_text": "期限原话",
    "every": "每年一次",
    "scope": "范围",
    "binds": "整体或逐一",
    "owner": "责任主体",
    "owner_basis": "责任主体的依据",
    "force": "措辞强度",
    "base_value": "基数",
    "base_date": "基数日期",
    "data_source": "数据来源",
    "formula": "算法",
    "tolerance": "容许差",
    "issuer": "制定单位",
    "status": "状态",
    "copies": "份数",
    "number": "文号",
    "issued": "发布日期",
    "link": "链接",
    "targets": "相关承诺",
    "place": "地区",
    "in_force": "施行日期",
    "checked": "与原文核对",
    "repealed": "废止日期",
    "amends": "修改的文件",
}


@cache
def number_names() -> dict[str, str]:
    """Chinese name of each number of a rule file."""
    text = files("junheng.publish").joinpath("number_names.toml").read_text(encoding="utf-8")
    return tomli.loads(text)


def number_name(key: str) -> str:
    """The Chinese name of a number; a key of the user's own file stands as it is."""
    return number_names().get(key, key)


def field_name(dotted: str) -> str:
    """A field of a difference: at_least.primary → 不低于·小学."""
    first, *rest = dotted.split(".")
    told = [FIELD_WORDS.get(first, first)]
    named = first in COMPARISONS or first == "numbers"
    told += [number_name(each) if named else FIELD_WORDS.get(each, each) for each in rest]
    return "·".join(each for each in told if each)


def value_told(name: str, value: str) -> str:
    """The value of a field in words, where the file holds a code."""
    return VALUE_WORDS.get(name, {}).get(value, value)


def numbers_told(body: Clause | Relaxation) -> list[str]:
    """The numbers of a clause or relaxation, each with its name: 小学≥4.2人/百人."""
    measure = CATALOGUE.get(getattr(body, "measure", "") or body.code)
    unit = measure.unit if measure else ""
    told = [
        f"{number_name(key)}{sign}{number}{unit}"
        for name, sign in COMPARISONS.items()
        for key, number in getattr(body, name, {}).items()
    ]
    return told + [f"{number_name(key)}：{number}" for key, number in body.numbers.items()]


def clause_told(body: Clause) -> str:
    """The gist, with the reading under which it holds and the dates of the clause itself."""
    under = ""
    if body.reading:
        instead = f"，代替{body.instead_of}" if body.instead_of else ""
        under = f"〔口径 {body.reading} 时{instead}〕"
    return f"{under}{body.gist}{dates_told(body)}"


def dates_told(body: Clause | Relaxation) -> str:
    """The dates of the item itself, in brackets; empty where it has none."""
    if body.valid_from is None and body.valid_to is None:
        return ""
    begin = f"{body.valid_from}起" if body.valid_from else ""
    return f"（{begin}{f'至{body.valid_to}止' if body.valid_to else ''}）"


def demand_told(target: Target) -> str:
    """What a commitment asks, in a few words."""
    if target.value is None:
        return COMPARATORS[target.comparator] + (
            "" if target.comparator == "none" else "，没有终值"
        )
    return f"{COMPARATORS[target.comparator]}{target.value}{target.unit}"


def due_told(target: Target) -> str:
    """The deadline as a day and in the words of the text."""
    day = target.due.isoformat() if target.due else "没有期限"
    return f"{day}（{target.due_text}）" if target.due_text else day


def options_told(switch: Switch) -> tuple[str, str]:
    """The reading taken by default, and the others."""
    told = {each.code: f"{each.label}〔{each.code}〕" for each in switch.option}
    others = "；".join(text for code, text in told.items() if code != switch.default)
    return told[switch.default], others


def document_told(document: Document) -> str:
    """Where a document holds, from when, and whether it was compared with the published text."""
    place = listed_name(document.place)
    begun = f"{document.in_force}起" if document.in_force else "施行日期未核对"
    until = f"，{document.repealed}废止" if document.repealed else ""
    amends = f"　修改：{'、'.join(document.amends)}" if document.amends else ""
    return f"{place}　{begun}{until}　与原文核对：{document.checked}{amends}"


def gist_of(item: Item) -> str:
    """One item in a sentence."""
    body = item.body
    if isinstance(body, Clause):
        numbers = "、".join(numbers_told(body))
        return clause_told(body) + (f"（{numbers}）" if numbers else "")
    if isinstance(body, Relaxation):
        return body.gist + dates_told(body)
    if isinstance(body, Switch):
        return f"{body.title}；默认：{options_told(body)[0]}"
    if isinstance(body, Target):
        return f"{body.title}：{demand_told(body)}，{due_told(body)}"
    if isinstance(body, ScopeSet):
        return _scope_told(body)
    return f"{body.title}（{body.status}）" if isinstance(body, Ordered) else body.title


def _scope_told(scope: ScopeSet) -> str:
    """The set's name and its places, each by its name."""
    told = f"{scope.name}：{'、'.join(map(listed_name, scope.members))}"
    told += f"，不含{'、'.join(map(listed_name, scope.without))}" if scope.without else ""
    basis = VALUE_WORDS["basis"][scope.basis]
    reading = f"；口径 {scope.reading} 时代替 {scope.instead_of}" if scope.reading else ""
    return f"{told}（{basis}）{reading}"


def rule_row(item: Item) -> tuple[str, ...]:
    """One item as a row of text: document, kind, code, text, source, confidence."""
    source, confidence = (str(getattr(item.body, name, "")) for name in ("source", "confidence"))
    return item.document.name, item.kind, item.code, gist_of(item), source, confidence
