"""How often does the screen ask where nothing is wrong, and how often where something is?

    python benchmarks/screening.py            prints the tables
    python benchmarks/screening.py --write    renews them in docs/screening.md

Clean counties come from `sample.honest`, frauds from `sample.fraud`, which know nothing of the
screen. A false alarm is a county with at least one question of a kind in any of its three years; a
hit is a question of a fitting kind that names a shaped school (or, for kinds of the whole county, any)
and was not asked of the clean county. Same seeds, same tables.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from junheng.diagnosis.screening import Question, YearView, screen_views, screens, view_of
from junheng.registry import Facts
from junheng.sample.fraud import FRAUDS, plant_fraud
from junheng.sample.honest import AREAS, class_limits, lawful_years
from junheng.sample.marks import Row, Rows, marks_of
from junheng.studies import day_of

PAGE = Path(__file__).parents[1] / "docs" / "screening.md"
BEGIN, END = "<!-- rates:begin -->", "<!-- rates:end -->"
YEARS = (2023, 2024, 2025)
SIZES = (40, 60, 100)
STRENGTHS = (1, 2, 3)
SCHEME = "2017-quality"


@dataclass(frozen=True)
class Rates:
    """What was counted."""

    counties: int
    alarmed: Counter[str]
    """Kind → clean counties that were asked."""
    quiet: int
    """Clean counties that were asked nothing at all."""
    lawful: Counter[str]
    """How much of each honest likeness was in the clean counties."""
    planted: dict[tuple[str, int], list[bool]]
    """(fraud, strength) → whether each planting was asked about."""


def clean_county(seed: int) -> dict[int, Rows]:
    """Counties of three sizes, two thirds with shortages, one third that meets the limits."""
    profile = "passing" if seed % 3 == 2 else "mixed"
    return lawful_years(seed=seed, years=YEARS, schools=SIZES[seed // 3 % 3], profile=profile)


def looked_at(rows: Rows, year: int) -> YearView:
    facts = Facts.from_rows(rows, marks_of(rows, year=year), year=year)
    return view_of(facts, on=day_of(year), scheme=SCHEME)


def measure(
    counties: int, planted_counties: int, *, first: int = 0, strengths: Sequence[int] = STRENGTHS
) -> Rates:
    """Screen so many clean counties, and plant every fraud at these strengths in some of them.

    The seeds begin at `first`.
    """
    alarmed: Counter[str] = Counter()
    planted: dict[tuple[str, int], list[bool]] = defaultdict(list)
    lawful: Counter[str] = Counter()
    quiet = 0
    for seed in range(first, first + counties):
        years = clean_county(seed)
        views = {year: looked_at(rows, year) for year, rows in years.items()}
        clean = screen_views(views).questions
        alarmed.update({each.kind for each in clean})
        quiet += not clean
        lawful.update(_likenesses(years))
        if seed < first + planted_counties:
            for key, hit in _plantings(seed, years, views, clean, strengths):
                planted[key].append(hit)
    return Rates(counties, alarmed, quiet, lawful, planted)


def _likenesses(years: dict[int, Rows]) -> Iterator[str]:
    """Everything lawful in one county that resembles a fraud, once each time it occurs."""
    for year, rows in years.items():
        yield from _capped(rows)
        last = {row["school_code"]: row for row in years.get(year - 1, rows)["facilities"]}
        for row in rows["facilities"]:
            yield from _grown(row, last.get(row["school_code"], row))


def _capped(rows: Rows) -> Iterator[str]:
    limits = class_limits()
    by_school: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for row in rows["classes"]:
        if row["grade"] not in (1, 7):
            full = row["pupils"] == limits[row["stage"]]
            by_school[row["school_code"], row["stage"]].append(full)
    for full in by_school.values():
        if len(full) >= 6 and sum(full) >= 0.75 * len(full):
            yield "校次真封顶：起始年级以外四分之三以上的班恰好等于限额"


def _grown(row: Row, before: Row) -> Iterator[str]:
    if all((row[name] or 0) % 10 == 0 for name in AREAS):
        yield "校次面积全部取整到十平方米或百平方米"
    if any((row[name] or 0) > (before[name] or 0) for name in AREAS[:2]):
        yield "校次校舍或场地扩建"
    if row["equipment_value_yuan"] > before["equipment_value_yuan"] * Decimal("1.1"):
        yield "校次设备值增长一成以上"
    if row["equipment_value_yuan"] < before["equipment_value_yuan"]:
        yield "校次设备报废、划出"


def _plantings(
    seed: int,
    years: dict[int, Rows],
    views: dict[int, YearView],
    clean: Sequence[Question],
    strengths: Sequence[int],
) -> Iterator[tuple[tuple[str, int], bool]]:
    for name, fraud in FRAUDS.items():
        for strength in strengths:
            shaped, codes = plant_fraud(years, name, strength=strength, seed=seed)
            if not codes:
                continue
            changed = {y: looked_at(rows, y) for y, rows in shaped.items() if rows is not years[y]}
            found = screen_views({**views, **changed}, kinds=fraud.answered_by).questions
            yield (name, strength), any(_hits(each, codes) and each not in clean for each in found)


def _hits(question: Question, codes: Sequence[str]) -> bool:
    return not question.schools or bool({each.code for each in question.schools} & set(codes))


def report(rates: Rates) -> Iterator[str]:
    """The tables, in Markdown."""
    yield f"### 没有问题的县：{rates.counties}个，各三个学年"
    yield ""
    yield "| 筛查 | 至少几年 | 被问到的县 | 比例 |"
    yield "| --- | --- | --- | --- |"
    for screen in screens().values():
        count = rates.alarmed[screen.code]
        yield f"| {screen.title} | {screen.years} | {count} | {_percent(count, rates.counties)} |"
    asked = rates.counties - rates.quiet
    yield f"| **至少一种** | | {asked} | {_percent(asked, rates.counties)} |"
    yield ""
    yield "这些县里本来就有的、像做假而不是的情形："
    yield ""
    for told, count in sorted(rates.lawful.items()):
        yield f"* {count:,}{told}"
    yield ""
    yield "### 埋入的做假：问到的比例"
    yield ""
    yield "强度一最谨慎，三最大胆；括号里是问到的次数与埋入的次数（县里找不到合适学校的不计）。"
    yield ""
    yield "| 做假 | 强度一 | 强度二 | 强度三 |"
    yield "| --- | --- | --- | --- |"
    for name, fraud in FRAUDS.items():
        cells = [
            f"{told}：{_rate(rates.planted.get((name, strength), []))}"
            for strength, told in enumerate(fraud.strengths, start=1)
        ]
        yield f"| {fraud.title} | {' | '.join(cells)} |"


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%"


def _rate(hits: Sequence[bool]) -> str:
    return (
        f"{_percent(sum(hits), len(hits))}（{sum(hits)}/{len(hits)}）" if hits else "没有合适的学校"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counties", type=int, default=240)
    parser.add_argument("--planted", type=int, default=60)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    text = "\n".join(report(measure(asked.counties, asked.planted, first=asked.first)))
    print(text)
    if asked.write:
        page = PAGE.read_text(encoding="utf-8")
        head, rest = page.split(BEGIN)
        tail = rest.split(END)[1]
        PAGE.write_text(f"{head}{BEGIN}\n\n{text}\n\n{END}{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()
