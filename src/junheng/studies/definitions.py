"""Changes of definition: what was demanded or computed otherwise in one year than in another.

Compared are the standards by which the years were judged, clause by clause. A line over the years
is marked where one of these touches it, because its values or verdicts are then not comparable.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from junheng.indicators import CATALOGUE
from junheng.standards import Demand, Standard

EVERY = "*"
"""Touches everything: another scheme, another scope."""
COMPARED = {
    "article": "条号",
    "kind": "类别",
    "measure": "公式",
    "at_least": "限值（不低于）",
    "at_most": "限值（不高于）",
    "above": "限值（高于）",
    "below": "限值（低于）",
    "numbers": "参数",
    "excluded_types": "不计的学校类型",
    "source": "来源",
    "confidence": "置信",
    "reading": "口径",
}
"""Fields of a clause that make another definition, with their words. The gist is our own wording."""


@dataclass(frozen=True)
class DefinitionChange:
    """Something that was defined otherwise in `year` than in `before`, for one county."""

    county: str
    before: int
    year: int
    kind: str
    """方案, 差异系数算法, 例外, 口径, 条款."""
    code: str
    """Clause, relaxation or open point; empty for the scheme and the variant."""
    touches: tuple[str, ...]
    """Codes of lines; `cv` for every coefficient of variation, `*` for everything."""
    was: str
    now: str

    def concerns(self, indicator: str, *, spread: bool = False) -> bool:
        """Whether a line of this indicator (or its coefficient of variation) is touched."""
        return bool({EVERY, indicator} & {*self.touches}) or (spread and "cv" in self.touches)


def definition_changes(
    county: str, before: int, was: Standard, year: int, now: Standard
) -> tuple[DefinitionChange, ...]:
    """Everything that `now` demands or computes otherwise than `was`."""

    def change(kind: str, code: str, touches: tuple[str, ...], a: str, b: str) -> DefinitionChange:
        return DefinitionChange(county, before, year, kind, code, touches, a, b)

    found = []
    if was.scheme.code != now.scheme.code:
        found.append(change("方案", "", (EVERY,), was.scheme.title, now.scheme.title))
    if was.variant != now.variant:
        labels = (each.variants[each.variant].clause.label for each in (was, now))
        found.append(change("差异系数算法", "", ("cv",), *labels))
    found += [change("例外", *told) for told in _relaxations(was, now)]
    found += [change("口径", *told) for told in _readings(was, now)]
    found += [change("条款", *told) for told in _clauses(was, now)]
    return tuple(found)


Told = tuple[str, tuple[str, ...], str, str]


def _relaxations(was: Standard, now: Standard) -> Iterator[Told]:
    for code in sorted({*was.switches.relaxations, *now.switches.relaxations}):
        before, after = (_relaxation(each, code) for each in (was, now))
        if before != after:
            held = was if code in was.switches.relaxations else now
            yield code, held.relaxations[code][0].touches, before, after


def _relaxation(standard: Standard, code: str) -> str:
    if code not in standard.switches.relaxations:
        return "未启用"
    numbers = "、".join(f"{k}={v}" for k, v in standard.relaxations[code][0].numbers.items())
    return f"启用（{numbers}）" if numbers else "启用"


def _readings(was: Standard, now: Standard) -> Iterator[Told]:
    for code in sorted({*was.open_points} & {*now.open_points}):
        point = now.open_points[code][0]
        before, after = was.reading(code), now.reading(code)
        told_already = any(each.variant or each.relaxations for each in point.option)
        if before != after and not told_already:
            labels = {option.code: option.label for option in point.option}
            yield code, point.touches, labels.get(before, before), labels.get(after, after)


def _clauses(was: Standard, now: Standard) -> Iterator[Told]:
    for code in sorted({*was.demands} | {*now.demands}):
        before, after = was.demands.get(code), now.demands.get(code)
        if before is None or after is None:
            held = before or after
            assert held is not None
            yield code, _touched(held, now, code), _cited(before), _cited(after)
            continue
        differing = [name for name in COMPARED if _field(before, name) != _field(after, name)]
        words = [f"{COMPARED[name]}：" for name in differing]
        if before.document.name != after.document.name:
            differing, words = ["", *differing], ["文件：", *words]
        if differing:
            was_told, now_told = (
                "；".join(w + _shown(each, n) for w, n in zip(words, differing, strict=True))
                for each in (before, after)
            )
            yield code, _touched(after, now, code), was_told, now_told


def _field(demand: Demand, name: str) -> Any:
    return getattr(demand.clause, name)


def _cited(demand: Demand | None) -> str:
    return "没有这一条" if demand is None else f"{demand.citation}：{demand.clause.gist}"


def _shown(demand: Demand, name: str) -> str:
    if not name:
        return demand.document.name
    value = _field(demand, name)
    if name == "measure":
        measured = value or demand.clause.code
        return CATALOGUE[measured].formula if measured in CATALOGUE else measured
    if isinstance(value, dict):
        return "、".join(f"{key}={number}" for key, number in value.items()) or "无"
    return "、".join(value) if isinstance(value, tuple) else str(value) or "无"


def _touched(demand: Demand, standard: Standard, code: str) -> tuple[str, ...]:
    """The lines a clause decides; a clause with a role in the whole scheme touches what its role does."""
    roles = [role for role, named in standard.scheme.roles.items() if named == code]
    if "spread" in roles or demand.clause.variant:
        return ("cv",)
    if demand.clause.indicators:
        return demand.clause.indicators
    return (EVERY,) if roles else (code,)
