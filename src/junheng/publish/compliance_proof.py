"""The certificate of a compliance plan as rows of name and text, and the warnings that go with it."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from junheng.publish.class_sizes import NOTICE, wan
from junheng.publish.compliances import land_text
from junheng.publish.digits import at_places, grouped
from junheng.publish.reading_words import readings_taken
from junheng.publish.wording import DEMONSTRATION, is_demonstration, variant_label
from junheng.studies import ComplianceStudy, LineStanding
from junheng.studies.certificate import BEYOND, HELD, MET, OPEN, PATH, UNKNOWN

UNCHECKED = "未核对"
REACHES = (HELD, PATH, OPEN, MET, UNKNOWN, BEYOND)
RARE = (PATH, OPEN, UNKNOWN)
"""Those not spoken of where no line stands in them."""
CHECK = "junheng plan check 方案.json 封存库"
"""The command that looks at the certificate anew."""
CHECKING = "怎样核对"
MEANING = (
    f"“{HELD}”：方案保证达到，由引擎评估推演的事实证实。“{PATH}”：学生数、班数照班额方案走就达到，"
    f"增班要用的本方案购置。“{OPEN}”：这一项由方案负责，个别学校、差异系数达不到，逐项写明原因。“{MET}”：不采取措施也达到，方案不触动。"
    f"“{UNKNOWN}”：学生数表没有各班人数，班额（GV5）是缺数据。"
    f"“{BEYOND}”：班额、学校规模、满意度调查、质量监测、佐证材料、声明等，任何这类方案都管不到，须另行办理。"
)


def warnings(study: ComplianceStudy) -> Iterator[str]:
    """What must not be overlooked: invented figures, a projection, prices that nobody checked."""
    if any(is_demonstration(county) for county in study.today.counties):
        yield f"{DEMONSTRATION}：数字由程序生成，不是任何真实学校的情况"
    yield NOTICE
    prices = study.answer.prices
    if UNCHECKED in prices.status:
        yield f"{prices.title}（{prices.status}）：不得用于预算、立项和招标"


def yuan(amount: Fraction) -> str:
    """Yuan and fen, in full."""
    return f"{grouped(at_places(amount, 2))}元"


def certificate_rows(study: ComplianceStudy) -> Iterator[tuple[str, str]]:
    """(name, text) of everything by which the plan can be judged and found again."""
    answer, certificate = study.answer, study.certificate
    standard, settings = study.today.counties[0].standard, answer.plan.settings
    yield (
        "结论",
        "推演的事实经同一引擎精确评估，与方案一致" if certificate.holds else "与方案不符，不能采用",
    )
    for wrong in certificate.faults:
        yield "不符之处", wrong
    yield "费用", f"{yuan(certificate.cost)}（逐项按价格表重新计价）"
    yield "费用下界", f"{yuan(Fraction(answer.bound))}：达不到的要求同样少的方案，没有更省的"
    yield (
        "差距",
        f"{answer.gap:.3%}，即（费用－下界）÷费用{'；求解提前结束' if answer.stopped else ''}",
    )
    proven = (
        "已证明不能再少"
        if answer.fewest == len(answer.left)
        else f"已证明不会少于{answer.fewest}项"
    )
    yield "达不到的要求", f"{len(answer.left)}项，{proven}"
    if answer.moved:
        least = (
            "已证明不能再少"
            if answer.fewest_moved == answer.moved
            else f"已证明不会少于{answer.fewest_moved}人"
        )
        yield "调动教师", f"{answer.moved}人，满足同样多的要求、费用不增加，{least}"
    if certificate.land:
        yield "新增用地", f"{land_text(study)}；无地可增的，请写进限制表后重做"
    yield "依据", f"{standard.scheme.title}，{answer.on}有效的条款"
    yield "差异系数算法", variant_label(standard)
    yield "未决口径", readings_taken(standard) or "全部按默认读法"
    yield "启用的例外", "、".join(standard.switches.relaxations) or "没有"
    budget = settings["budget_yuan"]
    yield (
        "经费上限",
        "没有给出" if budget is None else f"{yuan(Fraction(budget))}（{wan(Fraction(budget))}）",
    )
    yield "限制表", Path(settings["limits"]).name or "没有给出：用地、人员一律视为不受限制"
    told = study.question.forecast
    if told:
        yield (
            "学生数、班数",
            f"{'、'.join(each.file for each in told.files)}，{'、'.join(map(str, told.years))}学年（全部内容在方案.json里）",
        )
        yield "学生数表指纹", told.sha256
    elsewhere = [s for s in certificate.years if s.on != answer.on]
    for standing in elsewhere:
        yield f"{standing.year}学年的要求", f"{standing.on}有效的条款、材料和合同"
    yield "价格表", f"{answer.prices.title}（{answer.prices.status}），{answer.prices.date}"
    yield "价格来源", answer.prices.source
    yield "价格表指纹", settings["prices_sha256"]
    if settings["limits_sha256"]:
        yield "限制表指纹", settings["limits_sha256"]
    yield "事实指纹", certificate.facts
    yield "方案指纹", certificate.plan
    yield "程序版本", f"{certificate.code_version}（{certificate.code_sha256}）"
    yield CHECKING, f"{CHECK}（用了价格表、限制表的，同时给出同样的文件）"


def reach_counts(study: ComplianceStudy) -> list[tuple[str, int]]:
    """How many lines of all counties stand in each reach."""
    reaches = [line.reach for line in study.certificate.lines]
    found = [(each, reaches.count(each)) for each in REACHES]
    return [(each, number) for each, number in found if number or each not in RARE]


def lines_by_code(study: ComplianceStudy) -> dict[str, list[LineStanding]]:
    """Code → the same line in every county."""
    found: dict[str, list[LineStanding]] = {}
    for line in study.certificate.lines:
        found.setdefault(line.code, []).append(line)
    return found
