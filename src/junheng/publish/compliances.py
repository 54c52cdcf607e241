"""The figures of a compliance plan that every output shows: by item, by requirement, before and after."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from junheng.plan import ITEMS, Action
from junheng.plan.compliance import Failing, Saving
from junheng.publish.class_sizes import NOTICE, wan
from junheng.publish.digits import at_places, grouped
from junheng.studies import ComplianceStudy, FrontierPoint, ItemDone, items_done

NAMED, BOOK = 3, "达标方案.xlsx“新增用地”"
"""Schools named in a sentence, and where all of them are."""


def cost_of(action: Action, study: ComplianceStudy) -> Fraction:
    return action.cost_by(study.answer.last)


def item_figures(study: ComplianceStudy) -> list[ItemDone]:
    """What is done, the dearest first."""
    return list(items_done(study.answer.plan.actions, study.answer.last))


def label_of(each: ItemDone) -> str:
    """What is done, for an amount to follow; the words of the price list say 一名 of one."""
    return ITEMS[each.item].label.replace("一名", "")


def headline(study: ComplianceStudy) -> str:
    """The whole plan in one sentence."""
    answer = study.answer
    names = "、".join(answer.counties.values())
    if not answer.before:
        if not study.certificate.holds:
            return f"{names}：没有算出要做的措施，但引擎的评估与此不符，不能采用，见证书。"
        when = (
            f"{undone(study)}方案所管的要求也全部达到"
            if study.question.forecast
            else "方案所管的要求今天已经全部达到"
        )
        return f"{names}：{when}，不需要任何措施。"
    several = len(answer.years) > 1
    lacking = f"{undone(study)}{'共' if several else ''}有{len(answer.before)}项要求没有达到"
    told = f"{names}：{lacking}；{answer.last if several else answer.by}学年前采取{len(answer.plan.actions)}项措施，费用{wan(answer.cost)}"
    ended = f"还有{len(answer.left)}项达不到" if answer.left else "全部达到"
    if not study.certificate.holds:
        return f"{told}，按方案{ended}，但引擎的评估与此不符，不能采用，见证书。"
    return f"{told}，{ended}。"


def undone(study: ComplianceStudy) -> str:
    """When nothing is done: today, or in the years whose pupils and classes were told."""
    years = study.answer.years
    if not study.question.forecast:
        return "今天"
    if len(years) == 1:
        return f"按{years[0]}学年的学生数、班数，什么也不做，"
    return f"按各学年的学生数、班数，什么也不做，{years[0]}—{years[-1]}学年"


def what_if_text(point: FrontierPoint) -> str:
    """What one budget does, in a sentence."""
    left = left_text(point)
    told = f"还达不到：{left}。" if left else "全部达到。"
    return f"{wan(point.budget)}：{done_text(point) or '什么也做不了'}。{told}"


def done_text(point: FrontierPoint) -> str:
    return "，".join(f"{label_of(i)}{i.amount:,}{i.unit}" for i in point.items)


def left_text(point: FrontierPoint) -> str:
    return "，".join(f"{line} {number}项" for line, number in point.unmet_by_line.items())


def worth_text(each: Saving) -> str:
    """The group of requirements that a saving belongs to."""
    group = each.group
    if group.line == "CV":
        return "全部差异系数"
    stage = {"primary": "小学", "junior": "初中"}.get(group.stage, "")
    return f"{group.line} {stage}（含差异系数）" if stage else group.line


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
    if len(certificate.years) > 1:
        years = "、".join(str(each.year) for each in certificate.years)
        yield f"{years}学年逐年推演，用当年的学生数、班数各评估一次"
    yield f"推演的事实用同一引擎精确评估：{told}；逐项重新计价：{grouped(at_places(certificate.cost, 2))}元"
    if certificate.land:
        yield land_text(study)
    yield from certificate.faults


def land_text(study: ComplianceStudy) -> str:
    """How much land schools need beyond what they have, and the first of them; empty where none does."""
    land = study.certificate.land
    if not land:
        return ""
    named = "、".join(f"{each.name}{square_metres(each.area_m2)}" for each in land[:NAMED])
    more = f"等，全部见{BOOK}" if len(land) > NAMED else ""
    whole = square_metres(sum((each.area_m2 for each in land), Decimal(0)))
    return f"{len(land)}所学校的新建体育运动场地超出现有占地，共要新增用地{whole}：{named}{more}"


def square_metres(area: Decimal) -> str:
    return f"{area:,.2f}㎡"


def failing_text(study: ComplianceStudy, each: Failing) -> str:
    year = f"（{each.year}学年）" if len(study.answer.years) > 1 else ""
    stage = {"primary": "小学部", "junior": "初中部"}.get(each.stage, "")
    return f"{each.name}{stage if each.kind == 'part' else ''}　{each.line if each.kind == 'part' else ''}{year}".strip()


__all__ = [
    "NOTICE",
    "cost_of",
    "done_text",
    "failing_text",
    "headline",
    "item_figures",
    "label_of",
    "land_text",
    "left_text",
    "proof",
    "undone",
    "wan",
    "what_if_text",
    "worth_text",
]
