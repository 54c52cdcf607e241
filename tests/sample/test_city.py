"""The invented city: its size and shape, its plan, its workbooks, what its units are like."""

import json
from collections import Counter
from datetime import date

import pytest
from sample.in_memory import filing

from junheng.cli import run
from junheng.diagnosis import Verdict, assess_facts
from junheng.errors import MisuseError
from junheng.registry import Facts, Level, read
from junheng.registry.checks import check
from junheng.sample import boundaries, fill_city, make_unit, marks_of, units_of
from junheng.sample.city import CITY, inside, outline_of
from junheng.sample.marks import wide_rows
from junheng.standards import Policy, places, superiors

pytestmark = pytest.mark.slow

YEARS = (2025, 2026)
ON = date(2027, 3, 31)
SMALL = {"seed": 4, "units": 3, "schools": 40, "years": YEARS}
ALL_PASSES, NARROW = "示例市乙区", "示例市丙区"
TOLERANCE = 0.03
"""How near the published figures the city must come."""


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    """(folder, what was written) of a small city."""
    folder = tmp_path_factory.mktemp("city")
    written = fill_city(folder, evidence=folder / "佐证材料", processes=1, **SMALL)
    return folder, written


def rows_of(unit, seed=4, years=(2026,)):
    return make_unit(unit, seed=seed, years=years)[max(years)]


def counted(units, kind):
    return sum(sum(getattr(unit, kind)) for unit in units)


def pupils(rows, grades):
    return sum(row[f"enrolment_grade_{g}"] or 0 for row in rows["seats"] for g in grades)


def test_the_city_has_the_published_number_of_schools_in_sixteen_units():
    units = units_of()
    assert len(units) == 16
    assert sum("开发区" in unit.name for unit in units) == 4
    assert (counted(units, "primary"), counted(units, "junior")) == (1002, 328)
    assert counted(units, "nine_year") == 109
    assert sum(unit.schools for unit in units) == 1439


def test_every_unit_is_invented_and_stands_under_the_invented_city():
    known = places()
    assert known[CITY].name == "示例市（演示数据）"
    assert "410100" in superiors(CITY)
    for unit in units_of():
        assert unit.name.startswith("示例")
        assert known[unit.code].parent == CITY
        assert known[unit.code].name == f"{unit.name}（演示数据）"
        assert Policy.at(unit.code, ON).covers("CITY", unit.code)
    assert len({unit.code for unit in units_of()}) == len({unit.name for unit in units_of()}) == 16


@pytest.mark.parametrize("schools", [36, 40, 200, 1440])
def test_a_city_of_fewer_schools_keeps_the_number_asked_for(schools):
    units = units_of(3, schools)
    assert sum(unit.schools for unit in units) == schools
    kinds = Counter(
        row["school_type"] for unit in units[:1] for row in rows_of(unit)["schools"]
        if row["counts_as_school"]
    )  # fmt: skip
    assert sum(kinds[k] for k in ("primary", "junior", "nine_year")) == units[0].schools


def test_what_cannot_be_made_is_refused():
    with pytest.raises(MisuseError, match="1 至 16 个单位，不能造 17 个"):
        units_of(17)
    with pytest.raises(MisuseError, match="至少要 36 所学校，给出的是 35 所"):
        units_of(3, 35)
    with pytest.raises(MisuseError, match="没有年度"):
        make_unit(units_of()[0], seed=1, years=())


def test_the_plan_is_a_polygon_a_unit_that_says_it_is_invented(city):
    folder, written = city
    plan = json.loads(written.boundaries.read_text(encoding="utf-8"))
    assert written.boundaries == folder / "边界.geojson"
    assert plan == json.loads(json.dumps(boundaries(units_of(3, 40))))
    assert [f["properties"]["code"] for f in plan["features"]] == ["410151", "410152", "410153"]
    for feature in plan["features"]:
        assert feature["properties"]["演示数据"] is True
        (ring,) = feature["geometry"]["coordinates"]
        assert ring[0] == ring[-1]
        assert len(ring) > 4


@pytest.mark.parametrize("unit", [u for u in units_of() if u.code in ("410151", "410157", "410166")],
                         ids=lambda unit: unit.code)  # fmt: skip
def test_every_school_stands_inside_its_own_unit_and_no_two_at_one_point(unit):
    rings = {each.code: outline_of(each) for each in units_of()}
    points = [(int(s["lon"] * 1_000_000), int(s["lat"] * 1_000_000))
              for s in rows_of(unit)["schools"]]  # fmt: skip
    for point in points:
        assert [code for code, ring in rings.items() if inside(point, ring)] == [unit.code]
    assert len(set(points)) == len(points)


def test_every_seat_lies_in_its_own_unit_alone():
    rings = {each.code: outline_of(each) for each in units_of()}
    for unit in units_of():
        east, north = unit.seat
        seat = 113_400_000 + east * 1_000, 34_600_000 + north * 1_000
        assert [code for code, ring in rings.items() if inside(seat, ring)] == [unit.code]


def test_the_same_seed_gives_the_same_bytes_whichever_process_makes_them(city, tmp_path):
    folder, written = city
    again = fill_city(tmp_path, evidence=tmp_path / "佐证材料", processes=2, **SMALL)
    assert again.papers == written.papers > 0
    files = sorted(p.relative_to(folder) for p in folder.rglob("*") if p.is_file())
    assert files == sorted(p.relative_to(tmp_path) for p in tmp_path.rglob("*") if p.is_file())
    for path in files:
        assert (folder / path).read_bytes() == (tmp_path / path).read_bytes(), path


def test_another_seed_gives_another_city():
    unit = units_of(3, 40)[0]
    assert rows_of(unit, seed=5)["seats"] != rows_of(unit, seed=4)["seats"]


def test_the_workbooks_of_a_year_are_clean_together_and_against_last_year(city):
    folder, written = city
    reports = []
    for year in YEARS:
        last = [Facts.of(r.filing.records, year=year - 1) for r in reports[-1:]]
        reports.append(
            check(
                read([folder / str(year)]), year=year, last=last, on=date(year, 10, 20),
                evidence=folder / "佐证材料" if year == max(YEARS) else None,
            )
        )  # fmt: skip
    for report in reports:
        assert [f.sentence for f in report.findings if f.level is not Level.NOTE] == []
        assert report.missing_schools == ()
    assert len(reports[-1].filing.of("county")) == 3
    assert [p.name for p in (folder / "2026").iterdir() if "~" in p.name] == []
    assert all(len(each.workbooks) == 2 for each in written.units)


def test_planted_mistakes_are_shared_out_and_found(tmp_path):
    written = fill_city(tmp_path, errors=5, processes=1, **SMALL | {"years": (2026,)})
    planted = [(each.workbooks[-1].name, p) for each in written.units for p in each.planted]
    assert len(planted) == 5
    found = check(read([tmp_path / "2026"]), year=2026)
    said = {(f.origin.file, f.origin.sheet, f.origin.cell, f.check) for f in found.findings}
    for name, each in planted:
        if not each.silent:
            codes = {code for file, sheet, cell, code in said
                     if file.endswith(name) and (sheet, cell) == (each.sheet, each.cell)}  # fmt: skip
            assert codes & set(each.checks), str(each)


@pytest.mark.parametrize("size", [None, (3, 40)])
def test_one_unit_passes_everything_and_one_fails_a_single_spread_by_a_hair(size):
    units = {unit.name: unit for unit in (units_of(*size) if size else units_of())}
    failing = {}
    for name in (ALL_PASSES, NARROW):
        rows = rows_of(units[name])
        facts = Facts.from_rows(rows, marks_of(rows, year=2026), year=2026)
        (county,) = assess_facts(facts, on=ON).counties
        failing[name] = county.verdict, [
            line.code for line in county.lines
            if line.verdict not in (Verdict.PASS, Verdict.NOT_APPLICABLE)
        ]  # fmt: skip
    assert failing == {ALL_PASSES: (Verdict.PASS, []), NARROW: (Verdict.FAIL, ["L5"])}


def test_schools_are_founded_renamed_merged_closed_and_change_their_type_over_the_years():
    unit = next(unit for unit in units_of() if unit.code == "410157")
    years = make_unit(unit, seed=1)
    changes = {row["change"] for rows in years.values() for row in rows["lineage"]}
    assert changes == {"renamed", "merged", "closed", "type_changed"}
    codes = {year: {s["school_code"] for s in rows["schools"]} for year, rows in years.items()}
    old = {row["old_code"] for rows in years.values() for row in rows["lineage"]}
    new = {row["new_code"] for rows in years.values() for row in rows["lineage"]}
    assert codes[2021] - codes[2026] - old == set()
    founded = codes[2026] - codes[2021] - new
    assert founded
    for school in years[2026]["schools"]:
        if school["school_code"] in founded:
            assert school["founding_year"] >= 2022


def test_private_city_run_boarding_and_small_rural_schools_are_there():
    unit = next(unit for unit in units_of() if unit.code == "410157")
    rows = rows_of(unit)
    schools = wide_rows(rows, year=2026).values()
    assert any(s["ownership"] == "private" for s in schools)
    assert any(s["managing_unit"] == CITY for s in schools)
    assert any(s["boarding_school"] for s in schools)
    assert any(s["rural_small_50_99"] for s in schools)
    assert any(not s["counts_as_school"] for s in schools)
    assert any(s["group_id"] for s in schools)
    assert rows["campuses"]
    assert rows["progress"]
    assert rows["evidence"]


def test_the_command_makes_a_city_and_tells_what_it_wrote(tmp_path, capsys):
    out = str(tmp_path / "市")
    words = ["sample", out, "--city", "--units", "1", "--schools", "20", "--errors", "2"]
    assert run(words) == 0
    told = capsys.readouterr().out
    assert "2026 中的 1 份工作簿（演示数据）" in told
    assert "示意图，不是真实的边界（演示数据）" in told
    assert told.count("示例市甲区.xlsx ") == 2


def test_the_command_refuses_units_of_a_county_and_a_file_for_a_city(tmp_path, capsys):
    assert run(["sample", str(tmp_path / "a.xlsx"), "--units", "3"]) == 2
    assert "--units 只在造市时使用" in capsys.readouterr().err
    assert run(["sample", str(tmp_path / "a.xlsx"), "--city"]) == 2
    assert "请给出文件夹" in capsys.readouterr().err


@pytest.mark.slow
def test_the_whole_city_comes_near_the_published_figures():
    found = Counter()
    for unit in units_of():
        rows = rows_of(unit, seed=1)
        found["primary"] += pupils(rows, range(1, 7))
        found["junior"] += pupils(rows, range(7, 10))
        for stage in ("primary", "junior"):
            found[f"{stage} classes"] += sum(r[f"class_count_{stage}"] or 0 for r in rows["seats"])
    near = {
        found["primary"]: 1_205_700,
        found["junior"]: 544_200,
        found["primary"] / 1002: 1_203,
        found["junior"] / 437: 1_245,
        found["primary"] / found["primary classes"]: 47.14,
        found["junior"] / found["junior classes"]: 49.76,
    }
    for value, published in near.items():
        assert abs(value / published - 1) < TOLERANCE, (value, published)


QUICK = (4, 12)
"""Two units of middling size; the others take longer."""
CITIES = [
    pytest.param(
        unit,
        seed,
        id=f"{unit.code}-{seed}",
        marks=() if seed == 0 and n in QUICK else pytest.mark.prove,
    )
    for seed in range(3)
    for n, unit in enumerate(units_of())
]


@pytest.mark.slow
@pytest.mark.parametrize(("unit", "seed"), CITIES)
def test_every_unit_is_clean_in_every_year_and_against_the_year_before(unit, seed):
    last = []
    for year, rows in make_unit(unit, seed=seed).items():
        report = check(filing(rows, year), year=year, last=last, on=date(year, 10, 20))
        assert [f.sentence for f in report.findings if f.level is not Level.NOTE] == []
        last = [Facts.from_rows(rows, marks_of(rows, year=year), year=year)]
