"""Exact numbers as they stand on a page, and the worked examples they come from."""

from datetime import date
from fractions import Fraction
from functools import cache

from worked.building import COUNTY
from worked.example import Example, examples

from junheng.diagnosis import CountyVerdict, PartVerdict, SpreadVerdict
from junheng.registry import school_columns
from junheng.registry.facts import facts_unit
from junheng.schema import Stage
from junheng.standards import Standard

ON = date(2026, 3, 31)


def number(value: Fraction | int) -> str:
    """A number written out: as a decimal where it ends within four places, else as a fraction."""
    exact = Fraction(value)
    for places in range(5):
        scaled = exact * 10**places
        if scaled.denominator == 1:
            text = f"{abs(scaled.numerator):0{places + 1}d}"
            whole = f"{int(text[: len(text) - places]):,}"
            return "−" * (exact < 0) + whole + (f".{text[len(text) - places :]}" if places else "")
    sign = "−" if exact < 0 else ""
    return f"{sign}{abs(exact.numerator):,}/{exact.denominator:,}"


def about(value: Fraction | float, places: int = 6) -> str:
    """A number rounded for the eye."""
    return f"{float(value):,.{places}f}"


def valued(value: Fraction, places: int = 4) -> str:
    """Exactly, and rounded beside it where the exact form does not show its size."""
    exact = number(value)
    return f"{exact}（≈ {about(value, places)}）" if "/" in exact else exact


@cache
def example(name: str) -> Example:
    """A worked example of `tests/worked`, by the name of its file."""
    return examples()[name]


@cache
def county(name: str, variant: str = "weighted") -> CountyVerdict:
    return example(name).county(variant)


@cache
def standard() -> Standard:
    return Standard.at(COUNTY, ON)


def part(name: str, school: str, stage: str) -> PartVerdict:
    return next(
        each
        for each in county(name).parts
        if (each.school_code, each.stage.value) == (school, stage)
    )


def spread(name: str, stage: str, indicator: str, variant: str = "weighted") -> SpreadVerdict:
    return next(
        each
        for each in county(name, variant).spreads
        if (each.stage.value, each.indicator) == (stage, indicator)
    )


def filed_of(name: str, school: str) -> str:
    """Pupils and filed columns that the example declares for a school, in words."""
    found = next(each for each in example(name).school if each.code == school)
    told = [f"{Stage(s).label}学生 {n} 人" for s, n in found.pupils.items()]
    for column, value in found.filed.items():
        declared = school_columns()[column]
        if column.endswith("_enrolment") and not value:
            continue
        if isinstance(value, bool):
            told.append(f"{declared.label}：{'是' if value else '否'}")
        else:
            told.append(f"{declared.label} {value}{facts_unit(declared)}")
    told += [f"{school_columns()[column].label}没有填" for column in found.blank]
    return "，".join(told)
