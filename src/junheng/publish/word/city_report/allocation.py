"""四: allocation of resources over the counties: schools, indicators, CVs, failing schools, years."""

from fractions import Fraction

from junheng.diagnosis import CountyVerdict, PartVerdict, SpreadVerdict, Verdict
from junheng.indicators import CATALOGUE
from junheng.publish.book.cells import Cell, Tone, Word, amount_cell, tone_of
from junheng.publish.digits import at_places, exact_text, spread_text
from junheng.publish.totals import lacks
from junheng.publish.word.city import City, some_counties
from junheng.publish.word.city_report.charts import failing_chart, schools_chart, spreads_chart
from junheng.publish.word.city_report.years import years_of_city
from junheng.publish.word.grid import Column, cell_text
from junheng.publish.word.paper import Paper
from junheng.publish.word.telling import NO_SCHOOL, said
from junheng.publish.wording import listed, short_label
from junheng.schema import Stage

WORDS = (Verdict.PASS, Verdict.FAIL, Verdict.NO_DATA)


def allocation(paper: Paper, city: City) -> None:
    paper.heading("资源配置情况")
    paper.heading("总体情况", 2)
    if not any(county.parts for county in city.counties):
        paper.text(NO_SCHOOL)
        return
    _schools(paper, city)
    paper.heading("七项指标达标情况", 2)
    _indicators(paper, city)
    paper.heading("校际差异系数", 2)
    _spreads(paper, city)
    paper.heading("未达标的学校", 2)
    _failing(paper, city)
    paper.heading("历年变化", 2)
    years_of_city(paper, city)


def _schools(paper: Paper, city: City) -> None:
    everyone = [verdict for county in city.counties for verdict in county.schools.values()]
    counted = "、".join(f"{word}{everyone.count(word)}所" for word in WORDS if word in everyone)
    paper.text(f"参加计算的学校{len(everyone)}所，各学段部都达到学校标准的为达标：{counted}。")
    paper.table(
        "各区县学校达标情况（所）",
        [
            Column("区县", 44),
            Column("资源配置", 22, "center"),
            *(
                Column(text, 18, "center")
                for text in ("参加计算", *(w.value for w in WORDS), "缺报")
            ),
        ],
        [_county(county) for county in city.counties],
    )
    paper.chart("各区县学校达标情况（所）", schools_chart(city), f"各区县学校数：{counted}")


def _county(county: CountyVerdict) -> list[Cell]:
    verdicts = list(county.schools.values())
    return [
        county.name, said(county.resource), len(verdicts), *map(verdicts.count, WORDS),
        len(county.missing),
    ]  # fmt: skip


# --- seven indicators --------------------------------------------------------------------------


def _indicators(paper: Paper, city: City) -> None:
    codes = city.standard.indicators
    paper.table(
        "各区县低于标准的学段部（个）",
        [
            Column("区县", 44),
            *(Column(f"{code}\n{short_label(code)}", 16, "center") for code in codes),
        ],
        [_failing_parts(county) for county in city.counties],
        note="“—”表示没有学校数据。标准见附录“指标定义和条款”。",
    )
    rows = [_total(city, code) for code in codes]
    paper.table(
        "全市合计：低于标准的学段部和补到标准所需的数量",
        [
            Column("代码", 12, "center"),
            Column("指标", 46),
            Column("低于标准的学段部", 34, "center"),
            Column("涉及学校", 26, "center"),
            Column("合计还差", 38, "right"),
        ],
        rows,
        note="各区县相加；共用的校舍、场地、设备、教室一校只计一次。",
    )
    told = "、".join(f"{row[0]} {row[2]}个" for row in rows)
    paper.chart("全市低于标准的学段部（个）", failing_chart(city), f"低于标准的学段部：{told}")


def _failing_parts(county: CountyVerdict) -> list[Cell]:
    if not county.parts:
        return [county.name, *["—"] * len(county.standard.indicators)]
    counts = [sum(lack.failing.values()) for lack in lacks(county)]
    return [county.name, *(_coloured(number) for number in counts)]


def _coloured(number: int) -> Cell:
    return Word(str(number), Tone.BAD) if number else 0


def _total(city: City, code: str) -> list[Cell]:
    held = [each for c in city.counties for each in lacks(c) if each.indicator == code]
    amount = amount_cell(sum((each.to_limit for each in held), start=held[0].to_limit * 0))
    return [
        code,
        f"{short_label(code)}（{CATALOGUE[code].unit}）",
        sum(sum(each.failing.values()) for each in held),
        sum(each.schools for each in held),
        f"{cell_text(amount)}{held[0].unit}",
    ]


# --- coefficients of variation -----------------------------------------------------------------


def _spreads(paper: Paper, city: City) -> None:
    paper.text(*_over(city))
    for stage in city.standard.stages:
        codes = city.standard.indicators
        paper.table(
            f"{stage.label}校际差异系数（{_limits(city, stage)}）",
            [
                Column("区县", 36),
                *(Column(f"{code}\n{short_label(code)}", 15, "center") for code in codes),
                Column("超限", 15, "center"),
            ],
            [_spread_row(county, stage) for county in city.counties],
            note=""
            if stage is not city.standard.stages[-1]
            else "红色为超过限值，黄色为临界，灰色为缺数据。",
        )
    if any(spread.cv is not None for spread in city.study.assessment.spreads):
        for stage in city.standard.stages:
            paper.chart(
                f"{stage.label}校际差异系数与限值（一点一个区县）",
                spreads_chart(city, stage),
                f"{stage.label}各区县校际差异系数，{_limits(city, stage)}",
            )


def _over(city: City) -> list[str]:
    """Which counties are over the limit, and on which indicator the most."""
    found = []
    for code in city.standard.indicators:
        names = list(dict.fromkeys(
            county.name
            for county in city.counties
            for spread in county.spreads
            if spread.indicator == code and spread.verdict is Verdict.FAIL
        ))  # fmt: skip
        if names:
            found.append((len(names), code, names))
    if not found:
        return ["没有超过限值的校际差异系数。"]
    found.sort(key=lambda each: (-each[0], each[1]))
    told = "；".join(
        f"{short_label(code)}（{code}）{n}个：{some_counties(names)}" for n, code, names in found
    )
    return [f"校际差异系数超过限值的区县，按指标分：{told}。"]


def _limits(city: City, stage: Stage) -> str:
    limits = {county.standard.spread_limit(stage) for county in city.counties}
    told = "、".join(exact_text(each, least=2) for each in sorted(limits))
    return f"限值≤{told}"


def _spread_row(county: CountyVerdict, stage: Stage) -> list[Cell]:
    held = {s.indicator: s for s in county.spreads if s.stage is stage}
    over = sum(s.verdict is Verdict.FAIL for s in held.values())
    cells = [_spread(held.get(code)) for code in county.standard.indicators]
    return [county.name, *cells, over]


def _spread(spread: SpreadVerdict | None) -> Cell:
    if spread is None:
        return "—"
    return Word(spread_text(spread), tone_of(spread.verdict, near=spread.near))


# --- failing schools ---------------------------------------------------------------------------


def _failing(paper: Paper, city: City) -> None:
    rows = [_failing_row(county) for county in city.counties]
    paper.text("下表按区县列出；每一所学校的指标和差距见附录一。")
    paper.table(
        "各区县未达标的学校（学段部）",
        [
            Column("区县", 34),
            Column("未达标", 15, "center"),
            Column("占比", 15, "right"),
            Column("达标项数最少的学校", 92),
        ],
        rows,
        note="占比为未达标的学段部除以参加计算的学段部。",
    )


def _failing_row(county: CountyVerdict) -> list[Cell]:
    failing = sorted(
        (part for part in county.parts if part.verdict is Verdict.FAIL),
        key=lambda part: (part.met, part.school_code, part.stage),
    )
    if not county.parts:
        return [county.name, "—", "—", "没有学校数据"]
    share = f"{at_places(Fraction(100 * len(failing), len(county.parts)), 1)}%"
    return [county.name, len(failing), share, _worst(failing) or "没有未达标的学校"]


def _worst(failing: list[PartVerdict]) -> str:
    return listed([f"{p.title}（{p.met}项）" for p in failing], counter="个学段部")
