"""The JSON of an assessment has the documented shape, whatever the data lack."""

import copy
import json
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from junheng.diagnosis import Verdict
from junheng.registry import Facts, Snapshot, tables
from junheng.sample import make_county, marks_of, random_county
from junheng.sample.marks import Rows
from junheng.studies import Study, assess

pytestmark = pytest.mark.slow

YEAR, ON = 2025, date(2026, 3, 31)
SCHEMA = json.loads(files("junheng.studies").joinpath("assessment.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def studied(rows: Rows, **switches: Any) -> Study:
    facts = Facts.from_rows(rows, marks_of(rows, year=YEAR), year=YEAR)
    return assess(Snapshot(Path("seals/2025-000000000000"), facts, {}), on=ON, **switches)


def plain(study: Study) -> dict[str, Any]:
    """The record as it is read back from its file."""
    found: dict[str, Any] = json.loads(json.dumps(study.record, ensure_ascii=False))
    return found


@pytest.fixture(scope="module")
def demo() -> Study:
    return studied(make_county(seed=7, year=YEAR))


@pytest.fixture(scope="module")
def gaps() -> Study:
    """Two counties; a school that did not file, a value that is missing, X1 and X2 on."""
    first = make_county(seed=7, schools=30, year=YEAR)
    second = make_county(seed=8, schools=20, year=YEAR, code="410122", name="中牟县")
    rows = {table: first[table] + second[table] for table in first}
    absent = first["schools"][3]["school_code"]
    for table in tables().values():
        if table.per_school:
            rows[table.name] = [r for r in rows[table.name] if r["school_code"] != absent]
    hurt = second["schools"][2]["school_code"]
    for row in rows["facilities"]:
        if row["school_code"] == hurt:
            row["multimedia_classrooms"] = None
    return studied(rows, relaxations=("X1", "X2"))


def test_the_schema_is_valid_itself() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_a_complete_county_has_the_documented_shape(demo: Study) -> None:
    VALIDATOR.validate(plain(demo))


def test_two_counties_with_gaps_and_exceptions_have_it_too(gaps: Study) -> None:
    record = plain(gaps)
    VALIDATOR.validate(record)
    assert any(county["missing"] for county in record["counties"])
    assert any(county["relaxations"] for county in record["counties"])
    values = [
        each["value"] for c in record["counties"] for p in c["parts"] for each in p["indicators"]
    ]
    assert None in values


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(25))
def test_small_counties_on_the_edges_have_it_too(seed: int) -> None:
    VALIDATOR.validate(plain(studied(random_county(seed, 9, year=YEAR), relaxations=("X1", "X2"))))


def test_facts_without_schools_have_it_too() -> None:
    empty = plain(studied({}))
    VALIDATOR.validate(empty)
    assert empty["counties"] == []


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        if "properties" in schema and isinstance(schema["properties"], dict):
            yield schema
        for each in schema.values():
            yield from objects(each)
    elif isinstance(schema, list):
        for each in schema:
            yield from objects(each)


def test_every_object_is_closed_complete_and_described_in_chinese() -> None:
    found = list(objects(SCHEMA))
    assert len(found) > 10
    for each in found:
        assert each["additionalProperties"] is False
        assert sorted(each["required"]) == sorted(each["properties"])
        for name, one in each["properties"].items():
            told = (
                one.get("description") or SCHEMA["$defs"][one["$ref"].split("/")[-1]]["description"]
            )
            assert any("一" <= letter <= "鿿" for letter in told), name


@pytest.mark.parametrize(
    "path",
    [("receipt", "facts"), ("counties", 0, "verdict"), ("counties", 0, "parts", 0, "met"),
     ("counties", 0, "parts", 0, "indicators", 0, "exact"), ("counties", 0, "spreads", 0, "shares")],
)  # fmt: skip
def test_what_is_left_out_is_noticed(demo: Study, path: tuple[str | int, ...]) -> None:
    record = copy.deepcopy(plain(demo))
    inner = record
    for step in path[:-1]:
        inner = inner[step]  # type: ignore[index]
    del inner[path[-1]]  # type: ignore[arg-type]
    assert not VALIDATOR.is_valid(record)


def test_a_number_where_text_is_due_is_noticed(demo: Study) -> None:
    record = plain(demo)
    record["counties"][0]["parts"][0]["indicators"][0]["value"] = 4.2
    assert not VALIDATOR.is_valid(record)


def test_exact_and_rounded_values_are_the_same_number(gaps: Study) -> None:
    listed = [part for county in plain(gaps)["counties"] for part in county["parts"]]
    for part, row in zip(gaps.assessment.parts, listed, strict=True):
        for each, told in zip(part.indicators, row["indicators"], strict=True):
            assert (told["exact"] is None) is (each.value is None)
            if each.value is not None:
                assert Fraction(told["exact"]) == each.value
                assert abs(Fraction(told["value"]) - each.value) <= Fraction(1, 2_000_000)
            assert Fraction(told["limit"]) == each.limit
            assert Fraction(told["floor"]) == each.floor
            assert told["verdict"] == each.verdict


def test_shares_add_up_to_one(demo: Study) -> None:
    for spread in plain(demo)["counties"][0]["spreads"]:
        total = sum(Fraction(each["share"]) for each in spread["shares"])
        assert abs(total - 1) < Fraction(len(spread["shares"]), 10**12)


def test_missing_is_null_and_never_zero(gaps: Study) -> None:
    for county in plain(gaps)["counties"]:
        for spread in county["spreads"]:
            if spread["verdict"] == Verdict.NO_DATA:
                assert (spread["cv"], spread["mean"], spread["deviation"]) == (None, None, None)
                assert spread["missing"]
                assert spread["shares"] == []
