"""The study of targets: its record, its receipt, and what the command line says."""

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from worked.building import rows_of, school

from junheng import cli
from junheng.diagnosis import Light
from junheng.errors import MisuseError
from junheng.registry import Facts, Snapshot
from junheng.studies import TargetStudy, follow_targets

ON = date(2026, 11, 24)
SCHEMA = json.loads(files("junheng.studies").joinpath("targets.schema.json").read_text("utf-8"))


def progress(code, place, day, value, **more):
    filed = {"commitment": code, "place": place, "measured_on": date.fromisoformat(day)}
    return {**filed, "value": Decimal(value), "source": "示例台账", **more}


ROWS = [
    progress("C03.1", "410100", "2025-12-31", "141"),
    progress("C07.1", "410100", "2025-12-31", "41"),
    progress("C09.5", "410100", "2026-10-31", "290"),
    progress("C17.2", "410100", "2025-12-31", "28", recovery_date=date(2027, 6, 30)),
    progress("C20.1", "410199", "2026-06-30", "91"),
    progress("C20.1", "410199", "2027-06-30", "100"),
]


def snapshot(folder: Path, *rows, place="410199", year=2025) -> Snapshot:
    """A snapshot whose facts were made by hand; only its path is named, nothing is on disk."""
    form = {"county_code": place, "county_name": "示例县"}
    schools = [school("2141000001", "primary", {"primary": 90}, location_unit=place)]
    facts = Facts.from_rows(rows_of(schools, county=[form], progress=list(rows)), year=year)
    return Snapshot(folder / f"{year}-test", facts, {"by": "填报人", "on": "2025-10-20"})


@pytest.fixture
def study(tmp_path) -> TargetStudy:
    return follow_targets([snapshot(tmp_path, *ROWS)], on=ON)


def light(study: TargetStudy, code: str) -> str:
    return next(each["light"] for each in study.record["targets"] if each["commitment"] == code)


def test_the_record_has_the_documented_shape(study):
    jsonschema.Draft202012Validator(SCHEMA).validate(study.record)
    assert json.loads(json.dumps(study.record)) == study.record


def test_every_commitment_is_in_the_record_and_the_counts_add_up(study):
    assert len({each["commitment"] for each in study.record["targets"]}) == 79
    assert sum(study.record["counts"].values()) == len(study.record["targets"])


def test_what_is_overdue_stands_first(study):
    order = [light.value for light in Light]
    ranks = [order.index(each["light"]) for each in study.record["targets"]]
    assert ranks == sorted(ranks)
    assert study.record["targets"][0]["light"] == "逾期"


def test_the_lights_of_a_city_after_the_deadlines(study):
    assert light(study, "C03.1") == "逾期"
    assert light(study, "C07.1") == "达成"
    assert light(study, "C09.5") == "落后", "290 of 400 with two months to go"
    assert light(study, "C17.2") == "逾期"
    assert light(study, "C20.1") == "落后"
    assert light(study, "C04.1") == "无数字指标"


def test_a_record_says_what_is_missing_and_the_pace_in_exact_numbers(study):
    (found,) = [each for each in study.record["targets"] if each["commitment"] == "C17.2"]
    assert (found["value"], found["missing"], found["goal"]) == ("28", "2", "30")
    assert found["recover_by"] == "2027-06-30"
    months = Fraction((date(2027, 6, 30) - ON).days * 48, 1461)
    assert Fraction(found["pace_per_month"]) == 2 / months
    assert found["owner_basis"] == "inferred"


def test_only_some_lights_or_one_place_leave_the_counts_as_they_are(study):
    only = study.only(lights=[Light.OVERDUE])
    assert {each["light"] for each in only.record["targets"]} == {"逾期"}
    assert only.record["counts"] == study.record["counts"]
    city = study.only(place="410100")
    assert {each["place"] for each in city.record["targets"]} == {"410100"}
    with pytest.raises(MisuseError, match="没有“421000”的目标"):
        study.only(place="421000")


def test_the_receipt_names_every_snapshot_document_and_reading(tmp_path):
    several = [snapshot(tmp_path, year=2025), snapshot(tmp_path, *ROWS, year=2024)]
    study = follow_targets(several, on=ON, readings={"seats": "net-2023"})
    assert [each["year"] for each in study.receipt["snapshots"]] == [2024, 2025]
    assert study.receipt["documents"][0]["number"] == "郑政〔2023〕26号"
    assert study.receipt["documents"][0]["checked"] == "未核对"
    assert study.receipt["readings"]["seats"] == "net-2023"
    assert study.receipt["readings"]["group-coverage"] == "public"


def test_the_order_of_the_snapshots_changes_nothing(tmp_path):
    one, two = snapshot(tmp_path, *ROWS, year=2024), snapshot(tmp_path, *ROWS[:2], year=2025)
    assert follow_targets([one, two], on=ON).record == follow_targets([two, one], on=ON).record


def test_the_table_has_a_row_a_target(study):
    assert len(study.table) == len(study.record["targets"])
    assert "light" in study.table.columns


@pytest.mark.parametrize(
    ("given", "words", "sentence"),
    [
        (0, {}, "至少一份"),
        (1, {"on": date(2023, 12, 31)}, "2024-01-09"),
        (1, {"recover_by": ON}, "应晚于"),
        (1, {"readings": {"seats": "net"}}, "没有“net”这个选项"),
    ],
)
def test_a_call_that_means_nothing_is_refused(tmp_path, given, words, sentence):
    several = [snapshot(tmp_path)] * given
    with pytest.raises(MisuseError, match=sentence):
        follow_targets(several, **{"on": ON, **words})


def test_counties_without_a_policy_are_told_so(tmp_path):
    with pytest.raises(MisuseError, match=r"421000.*没有登记政策目标"):
        follow_targets([snapshot(tmp_path, place="421000")], on=ON)
    both = [snapshot(tmp_path, place="421000"), snapshot(tmp_path)]
    with pytest.raises(MisuseError, match="没有登记政策目标"):
        follow_targets(both, on=ON)


# --- the command line ------------------------------------------------------------------------------


@pytest.fixture
def shown(monkeypatch, capsys, tmp_path):
    """What `junheng targets` prints for a snapshot made by hand."""
    monkeypatch.setattr(Snapshot, "open", classmethod(lambda cls, path: snapshot(tmp_path, *ROWS)))

    def run(*words: str) -> tuple[int, str]:
        status = cli.run(["targets", str(tmp_path), "--on", ON.isoformat(), *words])
        said = capsys.readouterr()
        return status, said.out + said.err

    return run


def test_the_command_says_what_is_overdue_with_owner_deadline_article_and_pace(shown):
    status, said = shown("--recover-by", "2027-11-24")
    assert status == 0
    flat = "".join(said.split())
    assert flat.index("逾期（") < flat.index("达成（") < flat.index("无数字指标（")
    for words in (
        "C03.1续改建中小学",
        "还差9所",
        "责任单位：市教育局、各区县（市）政府（推定，待确认）",
        "期限：2025-12-31（到“十四五”末）",
        "郑政〔2023〕26号§3",
        "到2027-11-24（选项指定）补齐，每月至少0.76所",
        "演示数据",
    ):
        assert words in flat, words
    assert "统计日期晚于2026-11-24" in flat


def test_only_the_overdue_can_be_shown(shown):
    _, said = shown("--overdue")
    assert "逾期（" in said
    assert "达成（" not in said
    assert "无数据（" not in said


def test_the_command_gives_json_and_files(shown, tmp_path):
    _, said = shown("--json", "--place", "410100")
    assert {each["place"] for each in json.loads(said)["targets"]} == {"410100"}
    _, said = shown("-o", str(tmp_path / "结果"))
    assert (tmp_path / "结果" / "目标册.xlsx").is_file()
    jsonschema.validate(json.loads((tmp_path / "结果" / "targets.json").read_text("utf-8")), SCHEMA)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--recover-by", "明年"), "日期“明年”看不懂"),
        (("--place", "999999"), "没有“999999”的目标"),
        (("--reading", "seats"), "口径“seats”看不懂"),
    ],
)
def test_a_wrong_word_is_told_in_a_sentence(shown, words, sentence):
    status, said = shown(*words)
    assert status == 2
    assert sentence in said
