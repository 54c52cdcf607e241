"""Words for several years: column heads, what changed in between, where a school came from."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from junheng.diagnosis import Verdict
from junheng.indicators import CATALOGUE
from junheng.publish.digits import grouped
from junheng.publish.wording import DEMONSTRATION, is_demonstration
from junheng.studies import Change, CountyYears, DefinitionChange, Jump, Life, Years
from junheng.years import SchoolYear

CHANGED = "＊"
"""Beside a figure whose definition is another than in the year before."""
CHANGED_TOLD = f"{CHANGED}：这一年的口径与前一次不同（见口径变化），不宜直接比较"
NO_SNAPSHOT = "没有封存"


def years_title(years: Years) -> str:
    """Which counties, which years."""
    names = [county.name for county in years.counties]
    whose = names[0] if len(names) == 1 else f"{len(names)}个区县"
    return f"{whose}{years.span[0]}—{years.span[-1] + 1}学年" + (
        "（演示数据）" if invented(years) else ""
    )


def invented(years: Years) -> bool:
    return any(is_demonstration(c.latest) and DEMONSTRATION not in c.name for c in years.counties)


def judged_by(years: Years) -> str:
    """By which day each year was judged."""
    told = [f"{SchoolYear(y)}按{s.assessment.on}" for y, s in years.studies.items()]
    return "评估日期：" + "，".join(told)


def gap_words(years: Years) -> str:
    """The years without a snapshot; empty where there are none."""
    if not years.missing:
        return ""
    return f"没有{'、'.join(str(SchoolYear(y)) for y in years.missing)}的封存：空着，不推算"


def touches_words(change: DefinitionChange) -> str:
    """Which figures a change of definition touches."""
    words = {"*": "全部", "cv": "各项差异系数"}
    return "、".join(words.get(code, code) for code in change.touches)


def change_sentence(change: DefinitionChange) -> str:
    """What was defined otherwise."""
    code = f"“{change.code}”" if change.code else ""
    return (
        f"{SchoolYear(change.before)}→{SchoolYear(change.year)}　{change.kind}{code}（影响{touches_words(change)}）："
        f"{change.was} → {change.now}"
    )


def lineage_sentence(change: Change) -> str:
    """One row of the lineage."""
    old = f"{change.old_code} {change.old_name}".strip()
    new = f"{change.new_code} {change.new_name}".strip()
    told = f"{SchoolYear(change.year)}　{change.label}：{old}"
    if new and (change.new_code, change.new_name) != (change.old_code, change.old_name):
        told = f"{told} → {new}" if old else f"{told}{new}"
    day = "" if change.changed_on is None else f"，{change.changed_on}"
    return f"{told}{day}" + (f"，{change.document}" if change.document else "")


def life_words(life: Life, years: Years) -> str:
    """What must be known to read one school's line."""
    told = []
    if len(set(life.codes.values())) > 1:
        told.append("代码" + "→".join(dict.fromkeys(life.codes[y] for y in sorted(life.codes))))
    if len(set(life.names.values())) > 1:
        told.append(
            "曾用名" + "、".join(dict.fromkeys(n for n in life.names.values() if n != life.name))
        )
    if life.first_seen > years.span[0]:
        told.append(f"{SchoolYear(life.first_seen)}起填报")
    if life.ended:
        told.append(f"{SchoolYear(life.last_seen)}后{life.ended}")
    return "；".join(told)


def jump_sentence(jump: Jump) -> str:
    """A jump and the reason that was filed."""
    return (
        f"{SchoolYear(jump.year)}　{jump.school_code} {jump.school_name}：{jump.label}"
        f"{amount(jump.was)}→{amount(jump.now)}{jump.unit}；{reason_words(jump)}"
    )


def reason_words(jump: Jump) -> str:
    """Why a value jumped, as far as it was filed."""
    told = f"异常说明：{jump.explanation}" if jump.explanation else "没有异常说明"
    return f"{told}；当年沿革：{jump.lineage}" if jump.lineage else told


def amount(value: Decimal) -> str:
    """A filed amount, every digit that is not idle."""
    whole = value == value.to_integral_value()
    return grouped(value.quantize(Decimal(1)) if whole else value.normalize())


def jump_order(jump: Jump) -> tuple[bool, str, int]:
    """Those without any reason first."""
    return (bool(jump.explanation or jump.lineage), jump.school_code, jump.year)


def turned(verdicts: Mapping[int, Verdict]) -> Iterator[tuple[int, int, Verdict, Verdict]]:
    """(year, next year with a verdict, then, now) wherever a verdict became another."""
    ordered = sorted(verdicts)
    for then, now in zip(ordered, ordered[1:], strict=False):  # noqa: RUF007
        if verdicts[then] is not verdicts[now]:
            yield then, now, verdicts[then], verdicts[now]


def turning_sentences(county: CountyYears) -> Iterator[str]:
    """Which coefficients of variation passed their limit, or came back, between two years."""
    for stage, code in county.keys:
        found = {year: each.verdict for year, each in county.spread(stage, code).items()}
        for then, now, was, is_now in turned(found):
            label = CATALOGUE[code].label if code in CATALOGUE else code
            yield (
                f"{stage.label}“{label}”（{code}）的校际差异系数："
                f"{SchoolYear(then)}{was}，{SchoolYear(now)}{is_now}"
            )
