"""初中毕业年级: the cohort that left this summer; transfers in and out balance over the county."""

from typing import Any

from junheng.sample.draws import stream
from junheng.sample.register import Site

YEARS_OF_JUNIOR = 3
COLUMNS = ("graduates_junior", "cohort_grade7_enrolment", "cohort_transfers_in",
           "cohort_transfers_out", "cohort_deaths")  # fmt: skip


def quality(seed: int, site: Site, *, year: int, entered: int, stayed: int) -> dict[str, Any]:
    """Columns of the table `quality`; blank where no class has left yet.

    `entered` is the grade 7 of three years ago, `stayed` the grade 9 of last year.
    """
    if not entered or site.founding_year > year - YEARS_OF_JUNIOR:
        return dict.fromkeys(COLUMNS)
    chance = stream(seed, site.key, "cohort left", year)
    crossed = int(min(entered, stayed) * 0.03 * chance.random())
    moved_in = crossed + max(0, stayed - entered)
    moved_out = crossed + max(0, entered - stayed)
    deaths = 1 if chance.random() < 0.02 else 0
    lost = int(entered * 0.012 * chance.random())
    left = max(0, stayed - deaths - lost)
    return dict(zip(COLUMNS, (left, entered, moved_in, moved_out, deaths), strict=True))


def balance_transfers(rows: list[dict[str, Any]]) -> None:
    """Let as many leave their school as come to another: raise the smaller side, school by school."""
    filed = [r for r in rows if r["cohort_grade7_enrolment"] is not None]
    short = sum(r["cohort_transfers_in"] - r["cohort_transfers_out"] for r in filed)
    column, sign = ("cohort_transfers_out", -1) if short > 0 else ("cohort_transfers_in", 1)
    roomy = [r for r in filed if r["cohort_grade7_enrolment"] >= 60] or filed
    for i in range(abs(short)):
        row = roomy[i % len(roomy)]
        row[column] += 1
        row["graduates_junior"] += sign
