"""City-wide balance: a city of two counties by hand, what is missing, years side by side, its shape."""

import json
from datetime import date
from fractions import Fraction
from importlib.resources import files
from pathlib import Path

import polars as pl
import pytest
from jsonschema import Draft202012Validator
from worked.building import rows_of, school

from junheng.errors import MisuseError
from junheng.registry import Facts, Snapshot
from junheng.schema import Stage
from junheng.studies import (
    NO_LIMIT,
    BalanceStudy,
    assess,
    balance_of,
    balance_record,
    balance_table,
    measure_balance,
)

JIA, YI = "410151", "410152"
ON = date(2026, 3, 31)


def primary(code: str, unit: str, ground: str | None, pupils: int = 100, **filed) -> dict:
    """A primary school whose L5 is `ground` over its pupils."""
    told = {"location_unit": unit, "sports_ground_area_m2": ground, **filed}
    return school(code, "primary", {"primary": pupils}, **told)


TWO_COUNTIES = (
    primary("2141000001", JIA, "400", urban_rural_code="111"),
    primary("2141000002", JIA, "800", urban_rural_code="111"),
    primary("2141000003", YI, "1200", urban_rural_code="220", ownership="private"),
    primary("2141000004", YI, "1600", urban_rural_code="121"),
)
"""L5 = 4, 8 | 12, 16: mean 10, variance 20, of which 16 between the counties and 4 within."""


def snapshot(*schools: dict, year: int = 2025, name: str = "", **more) -> Snapshot:
    return Snapshot(
        Path(name or f"{year}-seal"),
        Facts.from_rows(rows_of(list(schools), **more), [], year=year),
        {},
    )


@pytest.fixture(scope="module")
def city() -> BalanceStudy:
    return measure_balance([snapshot(*TWO_COUNTIES)])


def sports(study: BalanceStudy, year: int = 2025):
    return next(f for f in study.at(year) if (f.stage, f.indicator) == (Stage.PRIMARY, "L5"))


# --- by hand -----------------------------------------------------------------------------------


def test_the_whole_has_the_figures_worked_out_by_hand(city):
    whole = sports(city).whole
    assert (whole.parts, whole.of, whole.figures.pupils) == (4, 4, 400)
    assert (whole.figures.mean, whole.figures.variance) == (10, 20)
    assert whole.figures.gini == Fraction(1, 4)
    assert whole.cv == pytest.approx(20**0.5 / 10)


def test_the_counties_have_their_means_their_ratios_and_the_share_between_them(city):
    units = sports(city).by("unit")
    assert [(g.key, g.figures.mean, g.ratio) for g in units.groups] == [
        (JIA, 6, Fraction(3, 5)),
        (YI, 14, Fraction(7, 5)),
    ]
    assert (units.between, units.within) == (Fraction(4, 5), Fraction(1, 5))
    assert [g.share for g in units.groups] == [Fraction(1, 10), Fraction(1, 10)]


def test_settlements_and_owners_are_groups_in_the_order_of_the_form(city):
    places, owners = sports(city).by("settlement"), sports(city).by("ownership")
    assert [(g.name, g.figures.mean) for g in places.groups] == [
        ("城区", 6), ("镇区", 16), ("乡村", 12)
    ]  # fmt: skip
    assert places.within == Fraction(1, 10)
    assert [(g.key, g.name, g.parts) for g in owners.groups] == [
        ("public", "公办", 3), ("private", "民办", 1)
    ]  # fmt: skip


def test_a_countys_own_coefficient_is_that_of_its_assessment(city):
    (held,) = city.studies[2025]
    for figure in city.figures:
        for group in figure.by("unit").groups:
            county = next(c for c in held.assessment.counties if c.code == group.key)
            spread = next(
                s for s in county.spreads
                if (s.stage, s.indicator) == (figure.stage, figure.indicator)
            )  # fmt: skip
            assert group.cv == spread.cv
            assert group.parts == spread.parts


def test_the_city_is_measured_in_the_variant_that_was_chosen():
    plain = measure_balance(
        [snapshot(primary("2141000001", JIA, "400", 100), primary("2141000002", YI, "2400", 300))],
        variant="unweighted_pop",
    )
    assert sports(plain).variant == "unweighted_pop"
    assert sports(plain).whole.cv == pytest.approx(2 / 6)
    assert sports(plain).whole.figures.mean == 7, "the mean of pupils, whatever the variant"


def test_where_nobody_differs_there_is_no_share():
    same = measure_balance([snapshot(*(primary(f"214100000{n}", JIA, "400") for n in (1, 2)))])
    units = sports(same).by("unit")
    assert (units.between, units.within, units.theil_share_between) == (None, None, None)
    assert sports(same).whole.cv == 0


# --- missing is not zero -----------------------------------------------------------------------


def unfiled(code: str, unit: str) -> dict:
    return {"school_code": code, "school_name": "示例未报", "school_type": "primary",
            "location_unit": unit}  # fmt: skip


@pytest.fixture(scope="module")
def holed() -> BalanceStudy:
    """A school of 甲 without grounds filed, and one of 乙 on the register only."""
    blank = primary("2141000005", JIA, None, urban_rural_code="111")
    return measure_balance([snapshot(*TWO_COUNTIES, blank, register=[unfiled("2141000006", YI)])])


def test_a_part_without_a_value_is_listed_and_enters_no_figure(holed, city):
    figure = sports(holed)
    assert (figure.whole.parts, figure.whole.of, figure.whole.complete) == (4, 6, False)
    assert figure.whole.figures == sports(city).whole.figures
    assert [(x.county, x.code, x.reason) for x in figure.lacking] == [
        (JIA, "2141000005", "计算所需的数没有填报"),
        (YI, "2141000006", "在学校名册上，没有填报"),
    ]


def test_a_county_with_a_hole_has_no_coefficient_of_its_own_but_takes_part(holed):
    jia, yi = sports(holed).by("unit").groups
    assert (jia.cv, yi.cv) == (None, None)
    assert [(g.parts, g.of, g.figures.mean) for g in (jia, yi)] == [(2, 3, 6), (2, 3, 14)]


def test_a_school_of_which_nothing_is_known_stands_in_a_group_of_its_own(holed):
    last = sports(holed).by("settlement").groups[-1]
    assert (last.key, last.name, last.parts, last.of) == ("", "没有填报", 0, 1)
    assert (last.figures, last.cv, last.ratio, last.share) == (None, None, None, None)


def test_a_city_where_nobody_filed_a_number_has_no_figure():
    study = measure_balance([snapshot(primary("2141000001", JIA, None))])
    figure = sports(study)
    assert (figure.whole.figures, figure.whole.cv, figure.whole.of) == (None, None, 1)
    assert figure.by("unit").between is None
    _validated(balance_record(study))


# --- years -------------------------------------------------------------------------------------


def test_years_stand_side_by_side_each_judged_on_its_own_day():
    before = (*TWO_COUNTIES[:3], primary("2141000004", YI, "1200"))
    study = measure_balance([snapshot(*TWO_COUNTIES), snapshot(*before, year=2024)])
    assert study.years == (2024, 2025)
    assert [s.assessment.on for held in study.studies.values() for s in held] == [
        date(2025, 3, 31), ON
    ]  # fmt: skip
    assert [sports(study, y).whole.figures.mean for y in study.years] == [9, 10]


def test_a_year_may_come_county_by_county_and_is_the_same_city(city):
    apart = [snapshot(*TWO_COUNTIES[:2], name="a"), snapshot(*TWO_COUNTIES[2:], name="b")]
    study = measure_balance(apart)
    assert study.figures == city.figures
    assert study.place == city.place


def test_a_county_that_comes_twice_in_a_year_is_refused():
    twice = [snapshot(*TWO_COUNTIES, name="a"), snapshot(*TWO_COUNTIES[:2], name="b")]
    with pytest.raises(MisuseError, match=f"{JIA}）有两次封存：a、b。每个区县每个学年只能给一次"):
        measure_balance(twice)


def test_years_of_other_counties_are_named():
    study = measure_balance([snapshot(*TWO_COUNTIES), snapshot(*TWO_COUNTIES[:2], year=2024)])
    assert study.uneven_years == (2024,)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: measure_balance([]), "没有可算的封存"),
        (lambda: measure_balance([snapshot(*TWO_COUNTIES)], days={2020: ON}), "给了2020学年的日期"),
        (lambda: measure_balance([snapshot(*TWO_COUNTIES)], variant="x"), "没有名为“x”的差异系数算法"),
        (
            lambda: balance_of([assess(snapshot(*TWO_COUNTIES), on=ON, scheme="2012-basic")]),
            "不逐校计算指标",
        ),
        (lambda: measure_balance([snapshot()]), "没有区县"),
    ],
)  # fmt: skip
def test_what_cannot_be_computed_is_said_in_a_sentence(call, said):
    with pytest.raises(MisuseError, match=said):
        call()


def test_some_stages_and_indicators_may_be_asked_for_and_strangers_are_refused(city):
    assert {f.indicator for f in city.only(indicators=["L5"]).figures} == {"L5"}
    assert {f.stage for f in city.only(stages=[Stage.PRIMARY]).figures} == {Stage.PRIMARY}
    with pytest.raises(MisuseError, match="没有指标“L9”的数。有：L1、L2"):
        city.only(indicators=["L9"])
    with pytest.raises(MisuseError, match="没有学段“junior”的数。有：primary小学"):
        city.only(stages=[Stage.JUNIOR])


# --- as data -----------------------------------------------------------------------------------


def _validated(record: dict) -> None:
    text = files("junheng.studies").joinpath("balance.schema.json").read_text(encoding="utf-8")
    schema = json.loads(text)
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(json.dumps(record)))


def test_the_record_has_the_documented_shape_and_no_verdict(city, holed):
    for study in (city, holed):
        record = balance_record(study)
        _validated(record)
        assert record["no_limit"] == NO_LIMIT
        told = json.dumps(record["figures"], ensure_ascii=False)
        assert not {"verdict", "limit"} & set(record["figures"][0]["all"])
        assert "达标" not in told


def test_the_record_tells_the_figures_rounded_and_the_shares_add_up(city):
    figure = next(f for f in balance_record(city)["figures"] if f["indicator"] == "L5")
    assert (figure["all"]["mean"], figure["all"]["gini"]) == ("10.000000", "0.250000000000")
    assert figure["all"]["cv"] == "0.447214"
    unit = figure["groupings"][0]
    assert (unit["variance_between"], unit["variance_within"]) == (
        "0.800000000000",
        "0.200000000000",
    )
    theil = Fraction(unit["theil_between"]) + Fraction(unit["theil_within"])
    assert abs(theil - Fraction(figure["all"]["theil"])) <= Fraction(2, 10**12)


def test_the_table_has_a_row_for_the_city_and_for_each_group(city):
    table = balance_table(city).filter(pl.col("indicator") == "L5", pl.col("stage") == "primary")
    assert table["by"].to_list() == ["all"] + ["unit"] * 2 + ["settlement"] * 3 + ["ownership"] * 2
    assert table.filter(by="unit")["between"].to_list() == [0.8, 0.8]
    assert table.filter(by="unit")["share"].sum() == pytest.approx(0.2)
