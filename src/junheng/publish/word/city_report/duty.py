"""三: what the governments did: topics by county, budgets, and where the policy's targets stand."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from junheng.diagnosis import Light, TargetVerdict, Verdict
from junheng.diagnosis.telling import told
from junheng.publish.book.cells import Cell, Tone, Word
from junheng.publish.digits import grouped
from junheng.publish.target_words import (
    due_words,
    missing_words,
    owner_words,
    pace_words,
    title_words,
)
from junheng.publish.word.city import City, spoken
from junheng.publish.word.grid import Column
from junheng.publish.word.paper import Paper
from junheng.publish.word.self_report.government import TOPICS
from junheng.years import SchoolYear

OPEN = (Verdict.FAIL, Verdict.NO_DATA)
BUDGET = ("general_budget_edu_prev_yuan", "general_budget_edu_prev2_yuan")


def government(paper: Paper, city: City) -> None:
    paper.heading("政府履责情况")
    paper.heading("组织领导", 2)
    paper.blank("市级领导机构、督导制度、责任分工及文号")
    labels = {code: label for _, _, lines in city.areas() for code, label in lines}
    for title, codes, _ in TOPICS:
        paper.heading(title, 2)
        if title == "经费投入":
            _budgets(paper, city)
        for code in codes:
            if code in labels:
                paper.text(f"{labels[code]}（{code}）：{spoken(city, code, OPEN)}。")
    paper.heading("政策目标进展", 2)
    _targets(paper, city)


def _budgets(paper: Paper, city: City) -> None:
    """The education budgets of two fiscal years, as filed."""
    rows = {r["county_code"]: r for r in city.study.snapshot.facts["county"].iter_rows(named=True)}
    year = SchoolYear(city.study.assessment.year).fiscal_year
    paper.table(
        "一般公共预算教育经费（元，按区县填报）",
        [
            Column("区县", 46),
            Column(f"{year - 1}年度", 38, "right"),
            Column(f"{year}年度", 38, "right"),
            Column("增减", 34, "right"),
        ],
        [_budget(county.name, rows.get(county.code, {})) for county in city.counties],
    )


def _budget(name: str, row: dict[str, Any]) -> list[Cell]:
    last, before = (row.get(column) for column in BUDGET)
    blank = Word(Verdict.NO_DATA.value, Tone.OPEN)
    if last is None or before is None:
        return [name, _yuan(before) or blank, _yuan(last) or blank, "—"]
    tone = Tone.BAD if last < before else Tone.PLAIN
    return [name, _yuan(before), _yuan(last), Word(_yuan(last - before, signed=True), tone)]


def _yuan(amount: Decimal | None, *, signed: bool = False) -> str:
    if amount is None:
        return ""
    whole = amount == amount.to_integral_value()
    return grouped(amount.quantize(Decimal(1)) if whole else amount, signed=signed)


# --- targets -----------------------------------------------------------------------------------


def _targets(paper: Paper, city: City) -> None:
    study = city.targets
    if study is None:
        paper.text("没有适用于本市的、已录入的政策目标。")
        return
    counts = "、".join(f"{light}{number}项" for light, number in study.counts.items() if number)
    names = "、".join(f"{d.name}《{d.title}》" for d in study.board.policy.documents)
    paper.text(
        f"按{names}的目标逐项核对：{counts}。一项目标在一个单位计一项；没有报送进展的为无数据。"
    )
    overdue = study.at(Light.OVERDUE)
    codes = list(dict.fromkeys(each.code for each in overdue))
    paper.table(
        "逾期的目标",
        [
            Column("目标", 28, joined=True),
            Column("期限", 22, "center", joined=True),
            Column("责任单位", 18, joined=True),
            Column("单位", 27),
            Column("现状与还差", 61),
        ],
        [_overdue(each) for each in sorted(overdue, key=lambda each: codes.index(each.code))],
        empty="没有逾期的目标",
    )


def _overdue(each: TargetVerdict) -> list[Cell]:
    """One target at one place where it is overdue."""
    target = each.promise.target
    place = each.place_name
    return [title_words(each), due_words(target), owner_words(target), place, "；".join(_stands(each))]  # fmt: skip


def _stands(each: TargetVerdict) -> Iterator[str]:
    point = each.outcome.point
    if point is not None and point.value is not None:
        unit = each.promise.target.unit.partition("/")[0]
        yield f"{told(point.value)}{unit}（{point.on}）"
    missing = missing_words(each)
    if missing:
        yield f"还差{missing.strip()}"
    pace = pace_words(each)
    if pace:
        yield pace
