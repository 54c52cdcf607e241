"""Targets in words: whose they are, by when, how fast they must go, what else was said."""

from fractions import Fraction

from junheng.diagnosis import (
    FORCE_WORDS,
    Outcome,
    TargetVerdict,
)
from junheng.diagnosis.comparing import spaced
from junheng.diagnosis.telling import told
from junheng.publish.digits import amount_text
from junheng.publish.wording import DEMONSTRATION
from junheng.standards import Target, listed_name
from junheng.studies.targets import TargetStudy

LONG_MONTHS = 24
"""From so many months on a pace is told by the year."""


def title_words(each: TargetVerdict) -> str:
    """C03.4 义务教育学校基本达到规定班额."""
    target = each.promise.target
    return f"{target.code} {target.title}"


def owner_words(target: Target) -> str:
    """The owner, marked where the text does not name it."""
    return target.owner + ("（推定，待确认）" if target.owner_basis == "inferred" else "")


def due_words(target: Target, *, joint: str = "") -> str:
    """2025-12-31（到2025年）; 没有写期限（持续）. `joint` stands before the bracket."""
    day = str(target.due) if target.due else "没有写期限"
    return f"{day}{joint}（{target.due_text}）" if target.due_text else day


def force_words(target: Target) -> str:
    return FORCE_WORDS[target.force]


def pace_words(each: TargetVerdict) -> str:
    """到 2027-08-31（登记的承诺日期）补齐，每月 2.5 所; empty where there is nothing to make up."""
    pace = each.outcome.pace
    if pace is None:
        return ""
    target = each.promise.target
    unit = " 个百分点" if target.unit == "%" else spaced(target.unit.partition("/")[0])
    months = each.outcome.missing / pace.per_month if each.outcome.missing else 0
    per, often = (pace.per_year, "每年") if months > LONG_MONTHS else (pace.per_month, "每月")
    return f"到 {pace.until}（{pace.basis}）补齐，{often}至少 {told(_upwards(per))}{unit}"


def _upwards(value: Fraction) -> Fraction:
    """Cut to two places, never downwards: what is called enough must be enough."""
    return Fraction(-(-value * 100 // 1), 100)


def missing_words(each: TargetVerdict) -> str:
    missing, target = each.outcome.missing, each.promise.target
    if missing is None:
        return ""
    return amount_text(missing, " 个百分点" if target.unit == "%" else spaced(target.unit))


def beside_words(each: TargetVerdict) -> list[str]:
    """The same commitment counted otherwise."""
    units = {t.code: t.unit for t in each.promise.others}
    return [
        f"换一种口径（{b.code} {b.title}）：{b.point.on} 为 {told(b.point.value)}{spaced(units[b.code])}"
        for b in each.beside
        if b.point.value is not None
    ]


def source_words(outcome: Outcome) -> str:
    """Where the figure comes from, with its numbers."""
    point = outcome.point
    if point is None:
        return ""
    return "；".join(each for each in (point.source, point.detail, point.remark) if each)


def counts_words(study: TargetStudy) -> str:
    return "　".join(f"{light.value} {count}" for light, count in study.counts.items())


def whose(study: TargetStudy) -> str:
    """The units whose data were given, marked where they are invented."""
    names = [place_words(code, study) for code in study.board.places]
    return "、".join(names) if len(names) <= 3 else f"{names[0]}等 {len(names)} 个单位"


def place_words(code: str, study: TargetStudy) -> str:
    found = next((v.place_name for v in study.board.verdicts if v.place == code), "")
    listed = listed_name(code)
    name = found or listed
    marked = DEMONSTRATION in listed and DEMONSTRATION not in name
    return f"{name}（{DEMONSTRATION}）" if marked else name


def is_invented(study: TargetStudy) -> bool:
    return any(DEMONSTRATION in place_words(code, study) for code in study.board.places)


def document_sentences(study: TargetStudy) -> list[str]:
    """Each policy document: title, day in force, whether compared with the print."""
    return [
        f"{d.name}《{d.title}》，{d.in_force} 起施行；与正式印发本核对：{d.checked}"
        for d in study.board.policy.documents
    ]


def reading_sentences(study: TargetStudy) -> list[str]:
    """The open readings taken otherwise than by default."""
    policy = study.board.policy
    found = []
    for code, (point, _) in policy.open_points.items():
        taken = policy.readings[code]
        if taken != point.default:
            label = next(o.label for o in point.option if o.code == taken)
            found.append(f"口径 {code}：{label}（默认以外）")
    return found
