"""Policy diff: exactly what another document changes, with the values before and after."""

from datetime import date
from pathlib import Path

import msgspec
import pytest
from worked.building import COUNTY, rows_of, school

from junheng.errors import DeclarationError, MisuseError
from junheng.registry import Facts, Snapshot
from junheng.standards import Document, documents, read_document
from junheng.studies import Against, against_record, assess_against, switches_of

ON = date(2026, 3, 31)
LAW = "教督〔2017〕6号"
CLAUSE = """
[[clause]]
code = "{code}"
article = "第一条"
gist = "示例"
source = "D"
confidence = "D"
kind = "{kind}"
indicators = ["L5"]
{numbers}
"""


def amendment(
    *clauses: tuple[str, str, str], amends: str = LAW, place: str = "000000", **more: str
) -> str:
    """A rule file that amends ours: clauses as (code, kind, numbers)."""
    head = f'number = "示例〔2026〕1号"\ntitle = "示例修订"\nplace = "{place}"\nchecked = "演示"\n'
    head += f'amends = ["{amends}"]\n' if amends else ""
    head += "".join(f"{key} = {value}\n" for key, value in more.items())
    return head + "".join(CLAUSE.format(code=c, kind=k, numbers=n) for c, k, n in clauses)


HIGHER = ("L5", "limit", 'at_least = { primary = "8.5", junior = "10.2" }')


@pytest.fixture
def snapshot() -> Snapshot:
    """Primary schools with 7.5, 8.4999 and 8.5 m² of sports area a pupil, L4 short everywhere."""
    rows = [
        school(code, "primary", {"primary": 10_000}, sports_ground_area_m2=sports,
               teaching_auxiliary_area_m2=40_000)
        for code, sports in (("A", 75_000), ("B", 84_999), ("C", 85_000))
    ]  # fmt: skip
    return Snapshot(Path("seals/x"), Facts.from_rows(rows_of(rows), year=2025), {})


def against(snapshot: Snapshot, text: str, tmp_path: Path, **more) -> Against:
    path = tmp_path / "other.toml"
    path.write_text(text, encoding="utf-8")
    return assess_against(snapshot, on=ON, other=read_document(path), **more)


def test_the_schools_between_the_two_limits_newly_fail_with_their_values(snapshot, tmp_path):
    found = against(snapshot, amendment(HIGHER), tmp_path)
    assert [change.point.school for change in found.newly_failing] == ["A", "B"]
    assert found.newly_passing == ()
    first = found.newly_failing[1]
    assert [str(verdict) for verdict in first.verdicts] == ["达标", "未达标"]
    (old, new), (met_before, met_after) = first.marks
    assert (old.value, old.limit) == ("8.4999", "7.5（底线6.375）")
    assert (new.value, new.limit) == ("8.4999", "8.5（底线7.225）")
    assert (met_before.value, met_after.value) == ("6", "5")


def test_only_the_clause_that_differs_is_told(snapshot, tmp_path):
    found = against(snapshot, amendment(HIGHER), tmp_path)
    (clause,) = found.clauses
    assert (clause.code, clause.counties, clause.only_words) == ("L5", (COUNTY,), False)
    told = {name: (before, after) for name, before, after in clause.fields}
    assert told["at_least"] == ("primary 7.5，junior 10.2", "primary 8.5，junior 10.2")
    assert clause.before.document.name == LAW
    assert clause.after.document.name == "示例〔2026〕1号"


def test_a_lower_limit_lets_schools_newly_pass(tmp_path):
    rows = school("D", "primary", {"primary": 10_000}, sports_ground_area_m2=70_000,
                  teaching_auxiliary_area_m2=40_000)  # fmt: skip
    alone = Snapshot(Path("seals/x"), Facts.from_rows(rows_of([rows]), year=2025), {})
    lower = amendment(("L5", "limit", 'at_least = { primary = "7", junior = "10.2" }'))
    found = against(alone, lower, tmp_path)
    assert [change.point.school for change in found.newly_passing] == ["D"]
    assert found.newly_failing == ()


def test_a_stricter_school_rule_fails_schools_though_no_value_changes(snapshot, tmp_path):
    stricter = amendment(("SCHOOL-COUNT", "norm", 'numbers = { needed = "7" }'))
    found = against(snapshot, stricter, tmp_path)
    assert [change.point.school for change in found.newly_failing] == ["A", "B", "C"]
    (marks,) = found.newly_failing[0].marks
    assert [mark.limit for mark in marks] == ["6", "7"]


def test_the_conclusions_above_the_schools_change_with_them(snapshot, tmp_path):
    found = against(snapshot, amendment(HIGHER), tmp_path)
    changed = {(c.point.kind, c.point.code): tuple(map(str, c.verdicts)) for c in found.changes}
    assert changed["area", "resource"] == ("达标", "未达标")
    assert not found.of("spread")


def test_a_tighter_limit_of_the_cv_changes_the_cvs_alone(snapshot, tmp_path):
    text = amendment(("CV", "spread", 'at_most = { primary = "0.01", junior = "0.45" }'))
    found = against(snapshot, text, tmp_path)
    assert {c.point.key[2] for c in found.of("spread")} == {"L5"}
    assert not found.of("part")
    ((old, new),) = found.of("spread")[0].marks
    assert (old.limit, new.limit) == ("0.5", "0.01")


def test_a_changed_copy_of_one_of_our_documents_is_compared_by_its_number(snapshot, tmp_path):
    copied = documents()[LAW]
    raised = tuple(
        msgspec.structs.replace(c, at_least={"primary": "8.5", "junior": "10.2"})
        if c.code == "L5"
        else c
        for c in copied.clause
    )
    other = msgspec.structs.replace(copied, clause=raised)
    found = assess_against(snapshot, on=ON, other=other)
    assert [clause.code for clause in found.clauses] == ["L5"]
    assert [change.point.school for change in found.newly_failing] == ["A", "B"]


def test_an_unchanged_copy_changes_nothing(snapshot):
    found = assess_against(snapshot, on=ON, other=documents()[LAW])
    assert (found.clauses, found.changes, found.idle) == ((), (), "")


def test_a_change_of_words_changes_no_verdict_and_says_so(snapshot):
    copied = documents()[LAW]
    reworded = tuple(
        msgspec.structs.replace(c, gist="换个说法") if c.code == "L5" else c for c in copied.clause
    )
    other = msgspec.structs.replace(copied, clause=reworded)
    found = assess_against(snapshot, on=ON, other=other)
    assert [(c.code, c.only_words) for c in found.clauses] == [("L5", True)]
    assert found.changes == ()


def test_a_clause_taken_away_or_added_is_told_as_such(snapshot, tmp_path):
    copied = documents()[LAW]
    without = tuple(c for c in copied.clause if c.code != "GV8-APPROVAL")
    found = assess_against(snapshot, on=ON, other=msgspec.structs.replace(copied, clause=without))
    (clause,) = found.clauses
    assert (clause.code, clause.after) == ("GV8-APPROVAL", None)
    added = against(snapshot, amendment(("NEW-NORM", "norm", 'note = "x"')), tmp_path)
    assert [(c.code, c.before) for c in added.clauses] == [("NEW-NORM", None)]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"in_force": "2030-01-01"}, "尚未施行"),
        ({"in_force": "2018-01-01", "repealed": "2020-01-01"}, "已经废止"),
        ({"place": "410122"}, "不约束这些区县"),
    ],
)
def test_a_document_that_does_not_bind_says_why_nothing_changes(snapshot, tmp_path, more, told):
    found = against(snapshot, amendment(HIGHER, **more), tmp_path)
    assert (found.clauses, found.changes) == ((), ())
    assert told in found.idle


def test_a_document_that_amends_nothing_of_the_scheme_is_refused(snapshot, tmp_path):
    text = amendment(("NEW", "norm", ""), amends="")
    with pytest.raises(MisuseError, match="既没有写明修订"):
        against(snapshot, text, tmp_path)


def test_a_document_that_says_a_clause_again_without_amending_it_is_refused(tmp_path):
    path = tmp_path / "other.toml"
    path.write_text(amendment(HIGHER, amends=""), encoding="utf-8")
    with pytest.raises(DeclarationError, match="L5"):
        read_document(path)


def test_a_document_that_leaves_a_line_without_any_clause_is_refused(snapshot):
    copied = documents()[LAW]
    without = tuple(c for c in copied.clause if c.code != "GV12")
    with pytest.raises(DeclarationError, match="GV12"):
        assess_against(snapshot, on=ON, other=msgspec.structs.replace(copied, clause=without))


def test_readings_hold_on_both_sides(snapshot, tmp_path):
    switches = switches_of(readings={"private-schools": "out"})
    found = against(snapshot, amendment(HIGHER), tmp_path, switches=switches)
    for side in (found.before, found.after):
        assert side.counties[0].standard.reading("private-schools") == "out"


def test_the_scheme_of_2012_is_compared_too(snapshot, tmp_path):
    text = amendment(
        ("COMPOSITE", "spread", 'at_most = { primary = "0.01", junior = "0.55" }'),
        amends="教督〔2012〕3号",
    ).replace('indicators = ["L5"]', 'indicators = ["B0"]')
    found = against(snapshot, text, tmp_path, scheme="2012-basic")
    assert [clause.code for clause in found.clauses] == ["COMPOSITE"]


def test_the_record_holds_every_change_and_is_plain(snapshot, tmp_path):
    found = against(snapshot, amendment(HIGHER), tmp_path)
    record = msgspec.json.decode(msgspec.json.encode(against_record(found)))
    assert len(record["changes"]) == len(found.changes)
    assert [key[3] for key in record["newly_failing"]] == ["A", "B"]
    value = record["changes"][-1]["values"][0]
    assert value["before"] == {"value": "8.4999", "limit": "7.5（底线6.375）", "verdict": "达标"}
    assert record["clauses"][0]["fields"]


def test_the_same_comparison_twice_is_the_same(snapshot, tmp_path):
    first, second = (against_record(against(snapshot, amendment(HIGHER), tmp_path)) for _ in "12")
    assert first == second


def test_other_is_a_document_of_the_declared_form():
    assert isinstance(documents()[LAW], Document)
