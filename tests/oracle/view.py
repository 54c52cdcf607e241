"""An assessment of the first engine in the plain shape of the second, for comparing them."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from junheng.diagnosis import (
    Assessment,
    ClauseVerdict,
    CountyVerdict,
    Figure,
    PartVerdict,
    SpreadVerdict,
)
from junheng.indicators import VARIANTS, Sample, moments
from junheng.schema import Stage
from oracle.verdicts import ordered

COMPULSORY = (Stage.PRIMARY, Stage.JUNIOR)
REASONS = {
    "学校类型不在范围内": "type",
    "没有义务教育学段": "no compulsory stage",
    "教学点不足50人": "small teaching point",
    "尚无学生": "no pupils",
    "小学部尚无学生": "no pupils in primary",
    "初中部尚无学生": "no pupils in junior",
    "民办学校，按所选口径不计入": "private",
}
SPREAD = "CV"


def plain(assessment: Assessment) -> dict:
    """County code → verdict, parts, cvs, left_out, missing, all values as fractions and words."""
    return {county.code: _county(county) for county in assessment.counties}


def _county(county: CountyVerdict) -> dict:
    cvs = {}
    for spread in county.spreads:
        parts = [part for part in county.parts if part.stage is spread.stage]
        for variant in VARIANTS:
            cvs[spread.stage.value, spread.indicator, variant] = _cv(spread, parts, variant)
    return {
        "verdict": str(county.resource),
        "parts": {(part.school_code, part.stage.value): _part(part) for part in county.parts},
        "cvs": cvs,
        "left_out": sorted((left.code, _reason(left.reason)) for left in county.left_out),
        "missing": sorted(
            (missing.code, tuple(s.value for s in COMPULSORY if s in missing.stages))
            for missing in county.missing
        ),
        "clauses": dict(_clauses(county)),
        "lines": {line.code: str(line.verdict) for line in county.lines},
        "areas": {area.code: str(area.verdict) for area in county.areas},
        "whole": str(county.verdict),
    }


def _clauses(county: CountyVerdict) -> Iterator[tuple[str, dict]]:
    """Clause → verdict, figures and schools; of a CV only the verdict, told under its line."""
    for line in county.lines:
        for clause in line.clauses:
            code = clause.demand.clause.code
            if code == SPREAD:
                plain_one = {"verdict": str(clause.verdict), "figures": [], "schools": {}}
                yield f"{SPREAD} {line.code}", plain_one
            else:
                yield code, _clause(clause, by_part=code in county.standard.indicators)


def _clause(clause: ClauseVerdict, *, by_part: bool) -> dict:
    schools: dict = {}
    for point in clause.schools:
        stage = point.figures[0].stage if by_part and point.figures else ""
        key = (point.school_code, str(stage)) if by_part else point.school_code
        assert key not in schools, f"{clause.demand.clause.code} tells {key} twice"
        figures = _figures(point.figures)
        schools[key] = {"verdict": str(point.verdict), "figures": figures}
    figures = ordered(_figures(clause.figures))
    return {"verdict": str(clause.verdict), "figures": figures, "schools": schools}


def _figures(figures: Sequence[Figure]) -> list[tuple[str, Fraction | None, str]]:
    return [(str(f.stage or ""), f.value, str(f.verdict)) for f in figures]


def _part(part: PartVerdict) -> dict:
    each = {judged.indicator: judged for judged in part.indicators}
    return {
        "pupils": part.pupils,
        "values": {code: judged.value for code, judged in each.items()},
        "verdicts": {code: str(judged.verdict) for code, judged in each.items()},
        "met": part.met,
        "verdict": str(part.verdict),
        "gap_to_limit": {c: j.gap.to_limit if j.gap else None for c, j in each.items()},
        "gap_to_floor": {c: j.gap.to_floor if j.gap else None for c, j in each.items()},
    }


def sample_of(parts: list[PartVerdict], indicator: str) -> tuple[list[str], Sample]:
    """Codes and sample of the parts that have a value of the indicator."""
    known = [part for part in parts if part.of(indicator).value is not None]
    values = tuple(part.of(indicator).value or Fraction(0) for part in known)
    return [part.school_code for part in known], Sample(values, tuple(p.pupils for p in known))


def _cv(spread: SpreadVerdict, parts: list[PartVerdict], variant: str) -> dict:
    codes, sample = sample_of(parts, spread.indicator)
    found = moments(sample, variant) if codes else None
    defined = found is not None and found.total != 0
    shares = (
        {
            code: Fraction(term, found.variance) if found.variance else Fraction(0)
            for code, term in zip(codes, found.terms, strict=True)
        }
        if found is not None and defined
        else None
    )
    return {
        "cv_squared": Fraction(found.variance, found.divisor * found.total**2) if defined else None,
        "verdict": str(spread.readings[variant].verdict),
        "shares": shares,
    }


def _reason(reason: str) -> str:
    return REASONS[reason.split("（")[0]]


def told_shares(spread: SpreadVerdict) -> dict[str, Fraction]:
    """The shares that the first engine itself tells, where it has judged."""
    return {
        share.school_code: Fraction(share.numerator, spread.total) if spread.total else Fraction(0)
        for share in spread.shares
    }


def differences(ours: object, theirs: object, path: str = "") -> list[str]:
    """Where two plain values differ, in words; the most telling parts of a county come first."""
    if not (isinstance(ours, dict) and isinstance(theirs, dict)):
        return [] if ours == theirs else [f"{path}: engine {ours!r}, oracle {theirs!r}"]
    found = []
    for key in sorted({*ours, *theirs}, key=_telling):
        if (key in ours) is not (key in theirs):
            found.append(f"{path}/{key}: only the {'engine' if key in ours else 'oracle'} has it")
        else:
            found += differences(ours[key], theirs[key], f"{path}/{key}")
    return found


def _telling(key: object) -> tuple[int, str]:
    order = ("left_out", "missing", "parts", "cvs", "verdict", "clauses", "lines", "areas", "whole")
    return (order.index(key) if key in order else len(order), str(key))
