"""The figures of a compliance plan that every output shows: by item, by requirement, before and after."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from junheng.plan import ITEMS, Action
from junheng.plan.compliance import Failing
from junheng.publish.class_sizes import NOTICE, wan
from junheng.publish.digits import at_places, grouped
from junheng.studies import ComplianceStudy


@dataclass(frozen=True)
class ItemFigures:
    """One item of the price list, all schools together."""

    label: str
    amount: int
    unit: str
    schools: int
    cost: Fraction
    """Up to the end of the plan."""


def cost_of(action: Action, study: ComplianceStudy) -> Fraction:
    return action.cost_by(study.answer.by)


def item_figures(study: ComplianceStudy) -> list[ItemFigures]:
    """What is done, the dearest first; those who leave a school are counted where they arrive."""
    held: dict[str, list[Action]] = {}
    for action in study.answer.plan.actions:
        if not any(e.amount < 0 and e.column.startswith("full_time") for e in action.effects):
            held.setdefault(action.item, []).append(action)
    found = [
        ItemFigures(
            ITEMS[item].label, sum(a.amount for a in actions), actions[0].unit,
            len({a.school for a in actions}), sum((cost_of(a, study) for a in actions), Fraction(0)),
        )
        for item, actions in held.items()
    ]  # fmt: skip
    return sorted(found, key=lambda each: (-each.cost, each.label))


def headline(study: ComplianceStudy) -> str:
    """The whole plan in one sentence."""
    answer = study.answer
    names = "、".join(answer.counties.values())
    if not answer.before:
        return f"{names}：方案所管的要求今天已经全部达到，不需要任何措施。"
    told = f"{names}：今天有{len(answer.before)}项要求没有达到；{answer.by}学年前采取{len(answer.plan.actions)}项措施，费用{wan(answer.cost)}"
    if answer.left:
        return f"{told}，还有{len(answer.left)}项达不到。"
    return f"{told}，全部达到。"


def proof(study: ComplianceStudy) -> Iterator[str]:
    """What is proven of the plan, and by whom."""
    answer, certificate = study.answer, study.certificate
    yield f"费用下界{wan(Fraction(answer.bound).limit_denominator(100))}：满足同样多的要求，没有更省的方案；差距{answer.gap:.2%}"
    if answer.left:
        least = (
            "，已证明不能再少"
            if answer.fewest == len(answer.left)
            else f"，已证明不会少于{answer.fewest}项"
        )
        yield f"达不到的要求{len(answer.left)}项{least}"
    if answer.stopped:
        yield "求解在达到所要的差距之前结束，上面的差距如实报告"
    told = "与方案一致" if certificate.holds else "与方案不符，不能采用"
    yield f"推演的事实用同一引擎精确评估：{told}；逐项重新计价：{grouped(at_places(certificate.cost, 2))}元"
    yield from certificate.wrong


def failing_text(each: Failing) -> str:
    stage = {"primary": "小学部", "junior": "初中部"}.get(each.stage, "")
    return f"{each.name}{stage if each.kind == 'part' else ''}　{each.line if each.kind == 'part' else ''}".strip()


__all__ = [
    "NOTICE",
    "ItemFigures",
    "cost_of",
    "failing_text",
    "headline",
    "item_figures",
    "proof",
    "wan",
]
