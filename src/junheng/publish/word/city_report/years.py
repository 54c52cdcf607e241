"""历年变化: the counties year by year, where several snapshots were given."""

from junheng.diagnosis import CountyVerdict, Verdict
from junheng.indicators import CATALOGUE
from junheng.publish.book.cells import Cell
from junheng.publish.digits import spread_text
from junheng.publish.word.city import City
from junheng.publish.word.city_report.charts import years_chart
from junheng.publish.word.grid import Column
from junheng.publish.word.paper import Paper
from junheng.publish.word.telling import said
from junheng.publish.year_words import change_sentence, gap_words, judged_by, turned
from junheng.studies import CountyYears, Years
from junheng.years import SchoolYear

NAME, WHOLE = 36, 156
MOST_CHANGES = 12
TURNS = (
    Column("区县", 32),
    Column("学段", 12, "center"),
    Column("指标", 56),
    Column("以前", 28, "center"),
    Column("现在", 28, "center"),
)


def years_of_city(paper: Paper, city: City) -> None:
    years = city.years
    if years is None or len(years.studies) < 2:
        paper.text("本次只有一个学年的数据，不作历年比较。")
        return
    paper.text(f"{judged_by(years)}。" + (f"{gap_words(years)}。" if years.missing else ""))
    order = sorted(years.studies)
    wide = (WHOLE - NAME) / len(order)
    heads = [Column("区县", NAME), *(Column(f"{y}", wide, "center", "学年") for y in order)]
    paper.table("各区县历年结论", heads, [_verdicts(c, order) for c in years.counties])
    paper.table(
        "各区县历年未达标的学校（所）／超过限值的差异系数（项）",
        heads,
        [_counts(county, order) for county in years.counties],
        note="“—”表示这一学年没有该区县的学校数据。",
    )
    paper.chart("历年学校达标情况（所）", years_chart(years), "各学年达标、未达标、缺数据的学校数")
    paper.table("差异系数结论的变化（与前一次相比）", TURNS, _turns(years, city.study.assessment.year),
                empty="各区县差异系数的结论没有变化")  # fmt: skip
    changes = list(dict.fromkeys(change_sentence(change) for change in years.changes))
    if changes:
        paper.lead("以下口径在这几年间有变化，有关数字不宜直接比较：")
        paper.text(*(f"{told}。" for told in changes[:MOST_CHANGES]))
        if len(changes) > MOST_CHANGES:
            paper.text(f"另有{len(changes) - MOST_CHANGES}处，见历年册。")


def _verdicts(county: CountyYears, order: list[int]) -> list[Cell]:
    held = county.verdicts
    return [county.name, *(said(held[y].verdict) if y in held else "—" for y in order)]


def _counts(county: CountyYears, order: list[int]) -> list[Cell]:
    return [county.name, *(_count(county.verdicts.get(year)) for year in order)]


def _count(county: CountyVerdict | None) -> str:
    if county is None or not county.parts:
        return "—"
    failing = sum(verdict is Verdict.FAIL for verdict in county.schools.values())
    over = sum(spread.verdict is Verdict.FAIL for spread in county.spreads)
    return f"{failing}／{over}"


def _turns(years: Years, last: int) -> list[list[Cell]]:
    """Coefficients of variation that passed their limit, or came back, since the year before."""
    rows: list[list[Cell]] = []
    for county in years.counties:
        for stage, code in county.keys:
            found = county.spread(stage, code)
            verdicts = {year: each.verdict for year, each in found.items()}
            for then, now, _, _ in turned(verdicts):
                if now == last:
                    label = CATALOGUE[code].label if code in CATALOGUE else code
                    was, is_now = (
                        f"{found[y].verdict} {spread_text(found[y])}" for y in (then, now)
                    )
                    year = SchoolYear(then)
                    told = f"{was}（{year}）"
                    rows.append([county.name, stage.label, f"{code} {label}", told, is_now])
    return rows
