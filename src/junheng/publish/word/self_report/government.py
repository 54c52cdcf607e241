"""三: what the government did: leadership, planning, funding, staffing, pay, as far as it is filed."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from junheng.diagnosis import CountyVerdict, Verdict
from junheng.publish.digits import amount_text
from junheng.publish.line_words import line_told
from junheng.publish.word.paper import Paper
from junheng.studies import Study
from junheng.years import SchoolYear

TOPICS = (
    ("规划布局", ("GV1", "GV4", "GV13"), "布局规划的文号、批复日期和本年度建设进展"),
    ("经费投入", ("GV2", "GV6", "GV7", "QL4"), "教育经费“两个只增不减”的说明和专项投入"),
    ("教师编制与交流", ("GV9", "GV10", "GV11", "GV12"), "编制统筹、招聘和交流轮岗的做法"),
    ("工资待遇", ("GV8",), "教师工资与公务员比较的口径和兑现情况"),
)
"""Topics of government duty → the lines that say something of them, and what only the county can write."""


def government(paper: Paper, study: Study, county: CountyVerdict) -> None:
    paper.heading("政府履责情况")
    paper.heading("组织领导", 2)
    paper.blank("领导机构、议事制度、责任分工及文号")
    lines = {line.code: line for line in county.lines}
    for title, codes, asked in TOPICS:
        paper.heading(title, 2)
        if title == "经费投入":
            _budget(paper, study, county)
        for code in codes:
            if code in lines:
                line = lines[code]
                paper.text(f"{line.label}（{code}）：{line.verdict}。{_ended(line_told(line))}")
        paper.blank(asked)


def _ended(told: str) -> str:
    return f"{told}。" if told else ""


def _budget(paper: Paper, study: Study, county: CountyVerdict) -> None:
    """The education budget of two fiscal years, as filed."""
    filed = _filed(study, county.code)
    last, before = (filed.get(f"general_budget_edu_{n}_yuan") for n in ("prev", "prev2"))
    year = SchoolYear(study.assessment.year).fiscal_year
    if last is None or before is None:
        paper.text(f"一般公共预算教育经费：{Verdict.NO_DATA}。")
        return
    change = last - before
    word = "增加" if change > 0 else "减少" if change < 0 else "持平"
    told = _yuan(abs(change)) if change else ""
    paper.text(
        f"一般公共预算教育经费{year}年度{_yuan(last)}，{year - 1}年度{_yuan(before)}，{word}{told}。"
    )


def _filed(study: Study, code: str) -> dict[str, Any]:
    rows = study.snapshot.facts["county"].iter_rows(named=True)
    return next((row for row in rows if row["county_code"] == code), {})


def _yuan(amount: Decimal) -> str:
    return amount_text(Fraction(amount), "元")
