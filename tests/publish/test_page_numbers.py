"""Every number and verdict in the data of the web report is that of the assessment."""

from fractions import Fraction

import pytest
from page_reading import Page, cells, figures
from sealed_cases import ON, YEAR, sealed

from junheng.diagnosis import CountyVerdict, Verdict
from junheng.publish.digits import amount_text, exact_text, spread_text, value_text
from junheng.publish.html import report_page
from junheng.publish.line_words import figure_limit, figure_value, line_told
from junheng.publish.shortfalls import shortfalls
from junheng.publish.totals import lacks
from junheng.publish.wording import reading_text, verdict_word
from junheng.registry import Snapshot
from junheng.sample import make_years
from junheng.studies import Study, Years, explain, follow, follow_targets, side_by_side

Case = tuple[Study, CountyVerdict, Page]


@pytest.fixture(scope="session")
def pages(demo: Study, two: Study, narrow: Study) -> list[tuple[Study, Page]]:
    return [(each, Page(report_page(side_by_side([each])))) for each in (demo, two, narrow)]


@pytest.fixture(params=[(0, 0), (1, 0), (1, 1), (2, 0)], ids=["demo", "gaps", "passing", "narrow"])
def case(request: pytest.FixtureRequest, pages: list[tuple[Study, Page]]) -> Case:
    study, page = pages[request.param[0]]
    return study, study.assessment.counties[request.param[1]], page


def on_its_side(text: str, exact: Fraction, limit: Fraction) -> bool:
    """Whether the printed digits stand where the exact value stands, and are the value rounded."""
    digits = text.partition("（")[0].replace(",", "")
    shown = Fraction(digits)
    places = len(digits.partition(".")[2])
    near = abs(shown - exact) * 2 <= Fraction(1, 10**places)
    return near and ((shown >= limit) is (exact >= limit) or "精确值" in text)


def test_every_value_of_every_school_part_is_held_with_its_verdict(case: Case) -> None:
    _, county, page = case
    held = page.county(county.code)["parts"]
    assert len(held) == len(county.parts)
    for told, part in zip(held, county.parts, strict=True):
        assert (told["s"], told["st"], told["t"]) == (
            part.school_code,
            part.stage.value,
            part.title,
        )
        assert (told["p"], told["n"]) == (part.pupils, part.met)
        assert told["v"] == verdict_word(part.verdict, near=part.near)
        for row, each in zip(told["i"], part.indicators, strict=True):
            assert row[:2] == [value_text(each), verdict_word(each.verdict, near=each.near)]
            if each.value is not None:
                assert on_its_side(row[0], each.value, each.limit)
            assert row[4] == each.numbers
            lacking = each.gap is not None and each.verdict is Verdict.FAIL
            assert bool(row[2]) is lacking
            if each.gap is not None and lacking:
                assert row[2] == amount_text(each.gap.to_limit, each.gap.unit)


def test_every_cv_is_held_with_its_limit_and_all_variants(case: Case) -> None:
    _, county, page = case
    held = page.county(county.code)["spreads"]
    assert len(held) == len(county.spreads)
    for told, each in zip(held, county.spreads, strict=True):
        assert (told["stage"], told["code"]) == (each.stage.value, each.indicator)
        assert told["cv"] == spread_text(each)
        assert Fraction(told["limit"]) == each.limit
        assert told["verdict"] == verdict_word(each.verdict, near=each.near)
        assert told["variants"] == {
            name: [reading_text(each, name), reading.verdict.value]
            for name, reading in each.readings.items()
        }


def test_every_line_is_held_with_its_clauses_and_figures(case: Case) -> None:
    _, county, page = case
    block = page.county(county.code)
    summary = next(c for c in page.city["counties"] if c["code"] == county.code)
    assert [row[0] for row in summary["lines"]] == [line.code for line in county.lines]
    for told, short, line in zip(block["lines"], summary["lines"], county.lines, strict=True):
        assert told["verdict"] == short[2] == line.verdict.value
        assert told["told"] == short[3] == line_told(line)
        for clause, judged in zip(told["clauses"], line.clauses, strict=True):
            assert clause["verdict"] == judged.verdict.value
            assert [row[2:5] for row in figures(block, clause["figures"])] == [
                [figure_value(f), figure_limit(f), verdict_word(f.verdict, near=f.near)]
                for f in judged.figures
            ]


def test_every_school_that_a_clause_asks_is_held_with_its_figures(case: Case) -> None:
    _, county, page = case
    block = page.county(county.code)
    asked = [
        (clause["n"], judged)
        for told, line in zip(block["lines"], county.lines, strict=True)
        for clause, judged in zip(told["clauses"], line.clauses, strict=True)
        if line.code not in county.standard.indicators
    ]
    count = 0
    for number, judged in asked:
        for point in judged.schools:
            told = next(p for p in block["points"][point.school_code] if p[0] == number)
            assert told[1] == point.verdict.value
            assert block["texts"][told[2]] == point.reason
            assert [row[2] for row in figures(block, told[3])] == [
                figure_value(f) for f in point.figures
            ]
            count += 1
    assert count == sum(map(len, block["points"].values()))


def test_gaps_add_up_to_what_the_county_lacks(case: Case) -> None:
    _, county, page = case
    for told, lack in zip(page.county(county.code)["gaps"], lacks(county), strict=True):
        assert told["total"] == amount_text(lack.to_limit, lack.unit)
        assert sum(Fraction(amount) for _, amount in told["each"]) == lack.to_limit
        assert [Fraction(a) for _, a in told["each"]] == sorted(
            (Fraction(a) for _, a in told["each"]), reverse=True
        )


def test_the_list_of_shortfalls_is_whole(case: Case) -> None:
    _, county, page = case
    block = page.county(county.code)
    texts = block["texts"]
    told = [
        (texts[r[0]], r[1], r[3], r[4], texts[r[5]], texts[r[6]], texts[r[7]], texts[r[8]])
        for r in block["shortfalls"]
    ]
    assert told == [
        (s.area, s.code, s.school_code, s.verdict.value, s.what, s.found, s.limit, s.gap)
        for s in shortfalls(county)
    ]


def test_limits_are_those_of_the_standard(case: Case) -> None:
    _, county, page = case
    for told in page.county(county.code)["indicators"]:
        for stage in county.standard.stages:
            assert told["limit"][stage.value] == exact_text(
                county.standard.limit(told["code"], stage)
            )
            assert told["floor"][stage.value] == exact_text(
                county.standard.floor(told["code"], stage)
            )


def test_the_city_counts_its_counties_by_area(pages: list[tuple[Study, Page]]) -> None:
    study, page = pages[1]
    counties = study.assessment.counties
    order = (Verdict.PASS, Verdict.FAIL, Verdict.NO_DATA, Verdict.NOT_APPLICABLE)
    assert page.city["verdicts"] == [[c.verdict for c in counties].count(v) for v in order]
    for number, area in enumerate(page.city["areas"]):
        verdicts = [c.areas[number].verdict for c in counties]
        assert area["counts"] == [verdicts.count(v) for v in order]
    words = "、".join(f"{v}{n}个" for v, n in zip(order, page.city["verdicts"], strict=True) if n)
    assert page.city["conclusion"].endswith(f"2个区县：{words}。")


def test_the_cells_behind_a_number_are_those_that_explain_names(
    pages: list[tuple[Study, Page]],
) -> None:
    study, page = pages[0]
    county = study.assessment.counties[0]
    block = page.county(county.code)
    part = next(p for p in county.parts if p.combined)
    for opened in explain(study, school=part.school_code, code="L5"):
        held = cells(block, block["cells"][part.school_code])
        told = next(i for i in block["indicators"] if i["code"] == "L5")
        read = told["readsShared"][opened.part.stage.value]  # type: ignore[union-attr]
        named = {each.column for each in opened.inputs if each.school_code == part.school_code}
        assert named == set(read) & set(held)
        for each in opened.inputs:
            if each.school_code == part.school_code:
                value, at = held[each.column]
                assert Fraction(value or "") == Fraction(each.value)
                assert f"!{at}（" in each.origin


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Years, Page]:
    import sealed_cases

    store, found = tmp_path_factory.mktemp("years"), []
    made = make_years(seed=7, schools=16, years=(YEAR - 2, YEAR))
    for year, rows in made.items():
        found.append(sealed_in(year, rows, store, sealed_cases))
    years = follow(found, days={YEAR: ON})
    return years, Page(report_page(years))


def sealed_in(year: int, rows: object, store: object, cases: object) -> Snapshot:
    """Sealed as a year other than the one that the cases are made for."""
    held, cases.YEAR = cases.YEAR, year  # type: ignore[attr-defined]
    try:
        return sealed(rows, store)  # type: ignore[arg-type]
    finally:
        cases.YEAR = held  # type: ignore[attr-defined]


def test_the_years_are_held_with_the_missing_one_left_open(followed: tuple[Years, Page]) -> None:
    years, page = followed
    county = years.counties[0]
    held = page.county(county.code)["years"]
    assert len(page.city["years"]["span"]) == 3
    assert held["verdicts"] == [
        county.verdicts[y].verdict.value if y in county.verdicts else None for y in years.span
    ]
    for key, told in held["spreads"].items():
        stage, indicator = key.split(":")
        by_year = next(
            county.spread(s, i) for s, i in county.keys if (s.value, i) == (stage, indicator)
        )
        assert told[1] is None
        for year, each in by_year.items():
            assert told[year - years.span[0]][0] == spread_text(each)
    for school in years.schools:
        for stage, parts in school.parts.items():
            for year, part in parts.items():
                told = held["schools"][school.life.code][stage.value][year - years.span[0]]
                assert told == [
                    part.verdict.value,
                    part.pupils,
                    [value_text(i) for i in part.indicators],
                ]


def test_targets_stand_overdue_first_with_their_figures(followed: tuple[Years, Page]) -> None:
    years, page = followed
    study = follow_targets([s.snapshot for s in years.studies.values()], on=ON)
    rows = page.blocks["targets"]["rows"]
    assert [row["light"] for row in rows] == [v.light.value for v in study.verdicts]
    assert rows[0]["light"] == "逾期"
    for row, verdict in zip(rows, study.verdicts, strict=True):
        assert row["reason"] == verdict.outcome.reason
        assert bool(row["value"]) is bool(
            verdict.outcome.point and verdict.outcome.point.value is not None
        )
