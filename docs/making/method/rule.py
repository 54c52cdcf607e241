"""The school rule: so many of seven, and the rest at the floor."""

from collections.abc import Iterator

from junheng.diagnosis import PartVerdict, Verdict
from making.grids import grid
from making.method import written
from making.method.written import number, standard, valued


def needed() -> Iterator[str]:
    yield str(standard().needed)


def lines() -> Iterator[str]:
    """Limit and floor of each indicator at each stage; the floor is exact."""
    rows = []
    for code in standard().indicators:
        cells = []
        for stage in standard().stages:
            limit, floor = standard().limit(code, stage), standard().floor(code, stage)
            cells += [
                number(limit),
                f"{number(limit)} × {number(standard().floor_share)} ＝ {number(floor)}",
            ]
        rows.append((code, *cells))
    headings = [h for s in standard().stages for h in (f"{s.label}限值", f"{s.label}底线")]
    yield from grid(("指标", *headings), rows)


def judged(name: str) -> Iterator[str]:
    """The parts of a worked example under the rule: what is met, what is not, what follows."""
    rows = []
    for part in written.county(name).parts:
        missed = "；".join(_missed(part)) or "—"
        rows.append((part.school_code, f"{part.met} 项", missed, f"**{part.verdict}**"))
    yield from grid(("学校", "达标", "其余各项", "结论"), rows)


def _missed(part: PartVerdict) -> Iterator[str]:
    for each in part.indicators:
        if each.verdict is Verdict.NO_DATA:
            yield f"{each.indicator} 缺数据"
        elif each.verdict is Verdict.FAIL:
            assert each.value is not None
            sign = "≥" if each.above_floor else "＜"
            yield f"{each.indicator} ＝ {valued(each.value)}，{sign} 底线 {number(each.floor)}"
