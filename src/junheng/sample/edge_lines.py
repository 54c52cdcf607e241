"""What GV3–GV15 and QL1–QL4 read of a school, drawn on the edges; for `random_county`.

Values stand on a line or one unit beside it, at zero, or are missing. Streams of their own, so that
what L1–L7 read stays as it is.
"""

from decimal import Decimal
from random import Random
from typing import Any

from junheng.registry import school_columns
from junheng.registry.applicability import applies
from junheng.sample.draws import CENT
from junheng.sample.marks import Row
from junheng.sample.seats import BINS
from junheng.schema import Kind

EDGE_CLASSES = (24, 25, 26, 29, 30, 44, 45, 46, 49, 50, 51, 55, 56, 65, 66)
"""Sizes of classes about the ends of bins."""
FOUNDED = (1990, 2009, 2010, 2011, 2016, 2017, 2024)
SMALL_SHARE = (0, 1, 11, 12, 13, 24, 25, 36)
"""Counts of classes about the steps of the rooms."""
ROOM_BINS = {
    "music": ("ge_96", "73_96", "61_73", "54_61"), "art": ("ge_90", "67_90", "61_67", "54_61"),
}  # fmt: skip
STANDARDS = (Decimal(650), Decimal(850))
STAGES = ("primary", "junior")


def add_lines(chance: Random, row: Row, *, missing: float) -> None:
    """Add to one wide record what the lines beyond L1–L7 read; cells that do not apply stay None."""
    pupils = {s: (row.get(f"enrolment_{s}") or 0) + (row.get(f"attached_{s}_enrolment") or 0)
              for s in STAGES}  # fmt: skip
    added: Row = {
        "boarding_school": chance.random() < 0.15,
        "founding_year": chance.choice(FOUNDED),
        "boarders": 0,
        "migrant_children_enrolled": _part(chance, sum(pupils.values())),
    }
    added |= _built(chance, added["founding_year"])
    for stage in STAGES:
        added |= _classes(chance, stage, pupils[stage])
        added |= _teachers(chance, stage)
        added[f"in_zone_enrolment_{stage}"] = _nearly_all(chance, pupils[stage])
    for kind, bins in ROOM_BINS.items():
        counts = {f"{kind}_rooms_{name}": chance.choice((0, 0, 1, 2)) for name in bins}
        added |= counts | {f"{kind}_rooms": sum(counts.values())}
    added |= _funds(chance, pupils) | _cohort(chance)
    row |= added
    _drop(chance, row, tuple(added), missing)


def _drop(chance: Random, row: Row, names: tuple[str, ...], missing: float) -> None:
    """Empty what has no meaning for the school, and here and there what has."""
    complete = dict(row)
    for name in names:
        column = school_columns()[name]
        lost = column.kind in (Kind.INT, Kind.MONEY, Kind.YEAR) and chance.random() < missing
        if lost or not applies(column, complete):
            row[name] = None


def _part(chance: Random, whole: int) -> int:
    """None, all, or about half: just under, exactly, just over."""
    half = whole // 2
    return max(0, min(whole, chance.choice((0, half - 1, half, half + 1, half + 2, whole))))


def _nearly_all(chance: Random, whole: int) -> int:
    """The whole, 95 % of it, or one less than either."""
    share = -(-whole * 95 // 100)
    return max(0, chance.choice((whole, whole, whole - 1, share, share - 1)))


def _built(chance: Random, founded: int) -> Row:
    """Flags that agree with the year of founding, but for a few claimed without right."""
    return {
        f"built_by_{year}": founded <= year or chance.random() < 0.1 for year in (2010, 2016)
    } | {"rural_small_max_class_lt30": chance.random() < 0.3}


def _classes(chance: Random, stage: str, pupils: int) -> Row:
    """Classes by bin with the largest; at times the bins and the largest tell different stories."""
    count = 0 if not pupils else max(1, chance.choice(SMALL_SHARE))
    largest = chance.choice(EDGE_CLASSES) if count else 0
    bins = {f"{name}_{stage}": 0 for name, _, _ in BINS}
    for number in range(count):
        size = largest if number == 0 else chance.randint(min(20, largest), largest)
        bins[_bin(size, stage)] += 1
    told = largest if chance.random() < 0.95 else max(0, largest - 1)
    return {f"class_count_{stage}": count, f"max_class_size_{stage}": told, **bins}


def _bin(size: int, stage: str) -> str:
    return next(f"{name}_{stage}" for name, low, high in BINS if low <= size <= high)


def _teachers(chance: Random, stage: str) -> Row:
    full = chance.choice((0, 1, 20, 40))
    return {
        f"full_time_teachers_{stage}": full,
        f"certified_teachers_{stage}": max(0, full - chance.choice((0, 0, 0, 0, 1))),
        f"teachers_training_360h_{stage}": max(0, full - chance.choice((0, 0, 0, 0, 1))),
    }


def _funds(chance: Random, pupils: dict[str, int]) -> Row:
    """Public funds on what is due by the standards with 100 pupils at least, or a fen beside it."""
    count = sum(pupils.values())
    due = sum((n * s for n, s in zip(pupils.values(), STANDARDS, strict=True)), Decimal(0))
    raised = due * max(count, 100) / count if count else Decimal(0)
    beside = chance.choice((Decimal(0), Decimal(0), CENT, -CENT, Decimal(5000)))
    budget = max(Decimal(0), raised.quantize(CENT) + beside)
    share = chance.choice(("0.05", "0.05", "0.0499", "0.06", "0"))
    return {
        "public_funds_budget_prev_yuan": budget,
        "public_funds_final_prev_yuan": budget,
        "training_funds_budget_prev_yuan": (budget * Decimal(share)).quantize(CENT),
    }


def _cohort(chance: Random) -> dict[str, Any]:
    """The cohort that left: all, 95 %, one less; now and then nobody ever entered."""
    entered = chance.choice((0, 20, 100, 200))
    deaths = chance.choice((0, 0, 1)) if entered else 0
    moved_in, moved_out = chance.choice((0, 0, 3)), chance.choice((0, 0, 2)) if entered else 0
    left = _nearly_all(chance, entered - deaths) + moved_in - moved_out
    return {
        "graduates_junior": max(0, left), "cohort_grade7_enrolment": entered,
        "cohort_transfers_in": moved_in, "cohort_transfers_out": moved_out, "cohort_deaths": deaths,
    }  # fmt: skip
