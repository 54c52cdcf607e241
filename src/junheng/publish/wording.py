"""The short sentences: which schools, which numbers, how far. Office Chinese, one fact a sentence."""

import re
from collections.abc import Sequence
from fractions import Fraction

from junheng.diagnosis import (
    CountyVerdict,
    Flip,
    PartIndicator,
    PartVerdict,
    SpreadVerdict,
    Verdict,
    Way,
)
from junheng.indicators import CATALOGUE, RelaxationUse
from junheng.publish.digits import (
    amount_text,
    cv_text,
    exact_text,
    spread_text,
    value_text,
)
from junheng.standards import Standard, places

DEMONSTRATION = "演示数据"
NAMED = 5
"""So many schools are named in a sentence; the rest are counted."""
NEAR = "临界"
CONFIDENCE = {
    "H": "高（官方页面，或两个以上独立来源一致）",
    "M": "中（一个合理来源，待主管部门确认）",
    "L": "低（来源薄弱，不作默认）",
    "B": "一般专业知识，待核对原文",
    "D": "由已知规定推算，或平台约定",
}


def is_demonstration(county: CountyVerdict) -> bool:
    """Whether the figures are invented: the county's own name or its entry in the unit table says so."""
    listed = places().get(county.code)
    return DEMONSTRATION in county.name or (listed is not None and DEMONSTRATION in listed.name)


def county_title(county: CountyVerdict) -> str:
    """Name of the county, marked where the figures are invented."""
    marked = is_demonstration(county) and DEMONSTRATION not in county.name
    return f"{county.name}（{DEMONSTRATION}）" if marked else county.name


def thing(indicator: str) -> str:
    """What an indicator counts, without 生均 and 每百名学生: 网络多媒体教室."""
    label = CATALOGUE[indicator].label
    return label.removeprefix("生均") if label.startswith("生均") else _counted(label)


def _counted(label: str) -> str:
    return label.removeprefix("每百名学生拥有").removesuffix("数")


def short_label(indicator: str) -> str:
    """`thing` without what stands in brackets."""
    return re.sub("（[^）]*）", "", thing(indicator))


def percent(share: Fraction) -> str:
    """85%, 12.5%: every digit of an exact share."""
    return f"{exact_text(share * 100)}%"


def with_code(indicator: str) -> str:
    return f"“{CATALOGUE[indicator].label}”（{indicator}）"


def verdict_word(verdict: Verdict, *, near: bool) -> str:
    """The verdict with its flag: 临界达标, 临界未达标, else the verdict alone."""
    return f"{NEAR}{verdict}" if near and verdict in (Verdict.PASS, Verdict.FAIL) else verdict.value


def variant_label(standard: Standard, variant: str = "") -> str:
    """Chinese name of a CV variant; the one used where none is named."""
    return standard.variants[variant or standard.variant].clause.label


def listed(names: Sequence[str], *, most: int = NAMED, counter: str = "所") -> str:
    """Some names and how many more there are."""
    shown = "、".join(names[:most])
    return shown if len(names) <= most else f"{shown}等{len(names)}{counter}"


def limit_words(standard: Standard, indicator: str) -> str:
    """小学≥4.2　初中≥5.3."""
    return "　".join(
        f"{stage.label}≥{exact_text(standard.limit(indicator, stage))}" for stage in standard.stages
    )


# --- county ----------------------------------------------------------------------------------


def headline(county: CountyVerdict) -> str:
    """The verdict of a county and what it rests on."""
    return f"{county_title(county)}：{_county_word(county.verdict)}。{basis(county)}"


def basis(county: CountyVerdict) -> str:
    """What the verdict of a county rests on: how many schools, how many CVs, who is missing."""
    if not county.standard.judges_schools:
        return "只看综合差异系数，不评单所学校。"
    verdicts = list(county.schools.values())
    spreads = [each.verdict for each in county.spreads]
    found = [f"参加计算的学校{len(verdicts)}所{_tally(verdicts)}；"]
    found.append(f"校际差异系数{len(spreads)}项{_tally(spreads)}。")
    if county.missing:
        found.append(f"另有{len(county.missing)}所学校缺报。")
    return "".join(found)


def _county_word(verdict: Verdict) -> str:
    return "缺数据，暂不能下结论" if verdict is Verdict.NO_DATA else verdict.value


def _tally(verdicts: Sequence[Verdict]) -> str:
    counted = [f"{each}{verdicts.count(each)}" for each in Verdict if each in verdicts]
    return "，" + "、".join(counted) if counted else ""


def relaxation_sentence(use: RelaxationUse) -> str:
    """Whether a claimed exception was granted to a school, and why."""
    return f"{use.code}　{use.name}：{'采用' if use.granted else '不采用'}，{use.reason}"


# --- parts -----------------------------------------------------------------------------------


def gap_sentence(judged: PartIndicator) -> str:
    """How far one indicator of a part is from its limit, in the value's and in natural units."""
    label = with_code(judged.indicator)
    unit = CATALOGUE[judged.indicator].unit
    limit = exact_text(judged.limit)
    if judged.value is None or judged.gap is None:
        return f"{label}缺数据，不能判定（标准{limit}{unit}）"
    told = f"{label}为{value_text(judged)}{unit}"
    if judged.verdict is Verdict.PASS:
        close = f"，高出不多，属于{NEAR}" if judged.near else ""
        return f"{told}，达到标准{limit}{unit}{close}"
    floor = f"{percent(judged.floor / judged.limit)}的底线{exact_text(judged.floor)}"
    below = "" if judged.above_floor else f"，也低于{floor}"
    return f"{told}，低于标准{limit}{unit}{below}；还差{gap_words(judged)}"


def gap_words(judged: PartIndicator) -> str:
    """网络多媒体教室9间, for the whole school."""
    assert judged.gap is not None, "only a value has a gap"
    return f"{short_label(judged.indicator)}{amount_text(judged.gap.to_limit, judged.gap.unit)}"


def part_sentence(part: PartVerdict) -> str:
    """One failing part on one line: what fails and what is lacking."""
    failing = [each for each in part.indicators if each.verdict is Verdict.FAIL]
    blank = [each.indicator for each in part.indicators if each.verdict is Verdict.NO_DATA]
    told = [
        f"{each.indicator} {value_text(each)}{'' if each.above_floor else '（低于底线）'}，差{gap_words(each)}"
        for each in failing
    ]
    if blank:
        told.append(f"{'、'.join(blank)}缺数据")
    return "；".join(told)


def blank_sentence(part: PartVerdict) -> str:
    """Which indicators of a part have no data; empty where all have."""
    blank = [each.indicator for each in part.indicators if each.verdict is Verdict.NO_DATA]
    return f"{part.school_code}　{part.title}：{'、'.join(blank)}缺数据" if blank else ""


def way_sentence(way: Way, floor_share: Fraction) -> str:
    """One way to reach the required number of indicators."""
    if not way.additions:
        return f"保留{way.stays}不补，已满足要求"
    added = "、".join(
        f"{short_label(code)}{amount_text(amount, unit)}" for code, amount, unit in way.additions
    )
    only_itself = all(code == way.stays for code, _, _ in way.additions)
    floor = percent(floor_share)
    kept = (
        f"{way.stays}补到标准的{floor}即可"
        if only_itself
        else f"{way.stays}不低于标准的{floor}即可"
    )
    return f"{kept}：增加{added}"


# --- coefficients of variation ---------------------------------------------------------------


def spread_title(spread: SpreadVerdict) -> str:
    return f"{spread.stage.label}{with_code(spread.indicator)}"


def spread_sentence(spread: SpreadVerdict) -> str:
    """The CV against its limit, or why there is none."""
    title = spread_title(spread)
    if spread.verdict is Verdict.NO_DATA:
        return f"{title}的校际差异系数{_why_open(spread)}，不下结论"
    told = f"{title}的校际差异系数为{spread_text(spread)}"
    limit = exact_text(spread.limit, least=2)
    if spread.one_school:
        return f"{title}只有1所学校，校际差异系数按0计，达标"
    if spread.verdict is Verdict.FAIL:
        return f"{told}，超过限值{limit}，未达标{_near_words(spread)}"
    return f"{told}，不超过限值{limit}，达标{_near_words(spread)}"


def _near_words(spread: SpreadVerdict) -> str:
    return f"（{NEAR}：与限值很接近）" if spread.near else ""


def _why_open(spread: SpreadVerdict) -> str:
    if spread.missing:
        return f"因{listed([name for _, name in spread.missing])}缺数据而不能计算"
    return "因没有学校可算而空缺" if not spread.parts else "因各校数值都是0而没有意义"


def change_words(flip: Flip, indicator: str) -> str:
    """示例小学增加网络多媒体教室3间."""
    verb = "增加" if flip.change > 0 else "减少"
    return f"{flip.school_name}{verb}{short_label(indicator)}{amount_text(abs(flip.change), flip.unit)}"


def flip_sentence(spread: SpreadVerdict) -> str:
    """What the smallest change at one school is that turns the verdict."""
    fails = spread.verdict is Verdict.FAIL
    if spread.verdict is Verdict.NO_DATA or (not fails and spread.flip is None):
        return ""
    if spread.flip is None:
        return "没有哪一所学校单独改动就能使它回到限值以内，需要几所学校一起补"
    change = change_words(spread.flip, spread.indicator)
    if not fails:
        return f"离超限最近的情形：{change}，就会超过限值"
    if spread.flip.change > 0:
        return f"最小的改动：{change}，就回到限值以内"
    adding = spread.flip_by_adding
    other = (
        f"；只增不减时：{change_words(adding, spread.indicator)}"
        if adding
        else "；只靠一所学校增加则做不到"
    )
    return f"差距主要在这里：{change}才回到限值以内（只说明差距所在，不是要求减少）{other}"


def disagreement_sentence(spread: SpreadVerdict, standard: Standard) -> str:
    """Which other ways of computing would give another verdict."""
    others = [
        f"{variant_label(standard, name)}（{reading_text(spread, name)}，{reading.verdict}）"
        for name, reading in spread.readings.items()
        if reading.verdict is not spread.verdict
    ]
    if not others:
        return ""
    return (
        f"{spread_title(spread)}：本次按“{variant_label(standard)}”算为{spread_text(spread)}，{spread.verdict}；"
        f"换用{'、'.join(others)}结论不同，请先与主管部门确认算法"
    )


def reading_text(spread: SpreadVerdict, variant: str) -> str:
    """The CV under one variant."""
    reading = spread.readings[variant]
    return cv_text(reading.cv, spread.limit, reading.verdict)
