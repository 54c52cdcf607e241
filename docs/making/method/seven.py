"""L1–L7: formula, limits, standing, and one worked example of each, from columns to verdict."""

from collections.abc import Iterator
from fractions import Fraction

from junheng.diagnosis import PartIndicator, PartVerdict
from junheng.indicators import CATALOGUE, label_of
from junheng.publish.rule_words import clause_told
from making.grids import grid
from making.method import written
from making.method.law import stands
from making.method.written import number, standard, valued


def facts(code: str) -> Iterator[str]:
    """What is computed, and against what it is compared."""
    each = CATALOGUE[code]
    limits = [
        f"{stage.label} ≥ {number(standard().limit(code, stage))}（{float(standard().floor_share):.0%}："
        f"{number(standard().floor(code, stage))}）"
        for stage in standard().stages
    ]
    yield from grid(
        ("项目", "内容"),
        (
            ("公式", f"{code} ＝ {each.formula}"),
            ("单位", each.unit),
            ("限值（底线）", "；".join(limits)),
            ("要求", clause_told(standard().demands[code].clause)),
            ("依据", next(stands(code))),
            ("多学段学校", "全校填一次，按折算学生数分摊" if each.shared else "按学段填报，不分摊"),
            ("读取的栏目", "、".join(f"{label_of(c)}（`{c}`）" for c in each.ratio.columns())),
            ("差距", f"以{each.gap_unit}计，最小 {number(each.step)} {each.gap_unit}"),
        ),
    )


def example(code: str) -> Iterator[str]:
    """Every part that the worked example of the indicator holds, step by step."""
    name, declared = next(
        (name, each) for name, each in written.examples().items() if code in each.indicators
    )
    for expected in declared.expected.part:
        if code not in expected.value:
            continue
        part = written.part(name, expected.school, expected.stage)
        yield f"**学校 {expected.school}（{part.stage.label}）。** 填报：{written.filed_of(name, expected.school)}。"
        yield ""
        yield from steps(part, code)


def steps(part: PartVerdict, code: str) -> Iterator[str]:
    """The two integers, the value, the comparison, the gap."""
    judged = part.of(code)
    yield from grid(("步骤", "算式"), _steps(part, judged))


def _steps(part: PartVerdict, judged: PartIndicator) -> Iterator[tuple[str, str]]:
    value, limit, code = judged.value, judged.limit, judged.indicator
    assert value is not None, "a worked example has a value"
    assert judged.numerator is not None
    assert judged.denominator is not None
    each = CATALOGUE[code]
    yield (
        "代入",
        f"{judged.numbers} ÷ {part.pupils}" if "÷" not in judged.numbers else judged.numbers,
    )
    yield "程序里的两个整数", f"{judged.numerator:,} ÷ {judged.denominator:,}"
    yield "值", f"{valued(value)} {each.unit}"
    left, right = value.numerator * limit.denominator, limit.numerator * value.denominator
    assert (left >= right) is (judged.verdict == "达标"), "the page compares as the engine does"
    sign = "≥" if left >= right else "＜"
    yield (
        f"与限值 {number(limit)} 交叉相乘",
        f"{value.numerator:,} × {limit.denominator} {sign} {limit.numerator} × {value.denominator:,}"
        f"，即 {left:,} {sign} {right:,}：**{judged.verdict}**",
    )
    if judged.gap is not None and judged.gap.to_limit:
        yield "还差", _gap(judged.gap.to_limit, judged.gap.to_floor, judged.gap.unit)


def _gap(to_limit: Fraction, to_floor: Fraction, unit: str) -> str:
    floor = f"补 {number(to_floor)} {unit}" if to_floor else "已在底线以上"
    return f"到标准：{number(to_limit)} {unit}；到底线：{floor}"
