"""What is in force where and when, one code opened up, and how two lists differ."""

from datetime import date
from pathlib import Path

import msgspec
import pytest

from junheng.errors import MisuseError
from junheng.standards import (
    KINDS,
    Clause,
    Document,
    Standard,
    Target,
    difference,
    difference_of_documents,
    documents,
    in_force,
    place_of,
    read_document,
    show,
    superiors,
)

ON = date(2026, 9, 1)
JINSHUI = "410105"
LAW = "教督〔2017〕6号"


def amended(tmp_path: Path, **changes: object) -> Document:
    """A city document that raises L5 for primary schools from 1 July 2026."""
    (l5,) = [c for c in documents()[LAW].clause if c.code == "L5"]
    raised = msgspec.structs.replace(l5, at_least={"primary": "8.0", "junior": "10.2"})
    draft = Document(
        number="修订1号",
        title="修订",
        place="410100",
        in_force=date(2026, 7, 1),
        checked="未核对",
        amends=(LAW,),
        clause=(raised,),
    )
    return msgspec.structs.replace(draft, **changes)


# --- what is in force --------------------------------------------------------------------------


def test_everything_listed_is_in_force_there_and_then():
    chain = superiors(JINSHUI)
    for item in in_force(JINSHUI, ON):
        assert item.document.place in chain
        assert item.document.in_force_on(ON)


def test_everything_that_an_assessment_asks_is_listed_by_the_same_document():
    listed = {(i.code, i.document.name) for i in in_force(JINSHUI, ON)}
    for scheme in ("2017-quality", "2012-basic"):
        standard = Standard.at(JINSHUI, ON, scheme_code=scheme)
        asked = {(code, demand.document.name) for code, demand in standard.demands.items()}
        assert asked <= listed


def test_the_assessments_stand_first_and_the_platforms_own_conventions_last():
    order = list(dict.fromkeys(i.document.name for i in in_force(JINSHUI, ON)))
    assert order.index(LAW) < order.index("郑政〔2023〕26号") < order.index("平台约定1")
    own = [documents()[name].checked == "平台自定" for name in order]
    assert own == sorted(own)


def test_a_document_is_listed_from_its_first_day_only():
    first = documents()[LAW].in_force
    before = {i.document.name for i in in_force(JINSHUI, date(2017, 4, 18))}
    assert first == date(2017, 4, 19)
    assert LAW not in before
    assert LAW in {i.document.name for i in in_force(JINSHUI, first)}


def test_a_clause_is_listed_from_its_first_day_to_its_last_only():
    def listed(day: date) -> set[str]:
        return {i.code for i in in_force(JINSHUI, day, drafts=(passing,))}

    lasting = Clause(
        code="SHORT-LIVED", article="1", gist="试行一年", source="D", confidence="D", kind="norm",
        valid_from=date(2022, 1, 1), valid_to=date(2022, 12, 31),
    )  # fmt: skip
    passing = Document(
        number="试1", title="试行", place="410100", checked="试", in_force=date(2021, 1, 1),
        clause=(lasting,),
    )  # fmt: skip
    assert "SHORT-LIVED" not in listed(date(2021, 12, 31))
    assert "SHORT-LIVED" in listed(date(2022, 1, 1))
    assert "SHORT-LIVED" in listed(date(2022, 12, 31))
    assert "SHORT-LIVED" not in listed(date(2023, 1, 1))
    assert "FUNDS-RAISED" not in listed(date(2022, 12, 31))
    assert "FUNDS-RAISED" in listed(date(2023, 1, 1))


def test_the_rules_of_other_provinces_do_not_bind():
    assert "安徽省" not in str([i.document.title for i in in_force(JINSHUI, ON)])
    assert {i.document.place for i in in_force("210100", ON)} == {"000000", "210000", "210100"}


def test_a_commitment_is_listed_where_it_is_made_and_not_beside_it():
    def commitments(place: str) -> set[str]:
        return {i.code for i in in_force(place, ON, kinds=["commitment"])}

    jinshui, zhongmu, city = (commitments(each) for each in (JINSHUI, "410122", "410100"))
    assert "C02.1" in jinshui, "金水区's own"
    assert "C02.1" not in zhongmu
    assert jinshui | zhongmu <= city
    others = [t for t in documents()["郑政〔2023〕26号"].target if t.scope == "OTHERS"]
    assert others
    assert not {t.code for t in others} & jinshui


def test_only_the_kinds_asked_for_are_listed():
    found = in_force(JINSHUI, ON, kinds=["limit", "spread"])
    assert {i.kind for i in found} == {"limit", "spread"}
    assert {i.kind for i in in_force("410100", ON)} <= {*KINDS}
    with pytest.raises(MisuseError, match=r"limits.*limit.*commitment"):
        in_force(JINSHUI, ON, kinds=["limits"])


def test_an_amendment_takes_the_place_of_what_it_amends_from_its_first_day(tmp_path):
    draft = amended(tmp_path)
    for day, number in ((date(2026, 6, 30), "7.5"), (date(2026, 7, 1), "8.0")):
        found = [i for i in in_force(JINSHUI, day, drafts=(draft,)) if i.code == "L5"]
        assert [i.body.at_least["primary"] for i in found] == [number]
        standard = Standard.at(JINSHUI, day, drafts=(draft,))
        assert standard.demands["L5"].clause.at_least["primary"] == number


def test_an_amendment_of_a_city_does_not_bind_elsewhere(tmp_path):
    found = [i for i in in_force("210100", ON, drafts=(amended(tmp_path),)) if i.code == "L5"]
    assert [i.document.name for i in found] == [LAW]


def test_an_amendment_of_an_amendment_counts_last(tmp_path):
    first = amended(tmp_path)
    (l5,) = first.clause
    second = msgspec.structs.replace(
        first,
        number="修订0号",
        amends=("修订1号",),
        clause=(msgspec.structs.replace(l5, at_least={"primary": "9.0", "junior": "10.2"}),),
    )
    for drafts in ((first, second), (second, first)):
        (found,) = [i for i in in_force(JINSHUI, ON, drafts=drafts) if i.code == "L5"]
        assert found.document.name == "修订0号"
        standard = Standard.at(JINSHUI, ON, drafts=drafts)
        assert standard.demands["L5"].document.name == "修订0号"


def test_an_amendment_of_another_scheme_does_not_enter_an_assessment(tmp_path):
    draft = amended(tmp_path, amends=("教督〔2012〕3号",))
    standard = Standard.at(JINSHUI, ON, drafts=(draft,))
    assert standard.demands["L5"].document.name == LAW


@pytest.mark.parametrize("text", ["410105", "金水区"])
def test_a_place_is_found_by_code_and_by_name(text):
    assert place_of(text) == JINSHUI


@pytest.mark.parametrize(("text", "hint"), [("金水", "金水区（410105）"), ("999999", "单位表")])
def test_an_unknown_place_is_refused_with_what_is_like_it(text, hint):
    with pytest.raises(MisuseError, match=text) as refused:
        place_of(text)
    assert hint in str(refused.value)


# --- one code ----------------------------------------------------------------------------------


def test_a_line_is_opened_with_all_its_clauses_readings_and_relaxations():
    opened = show("GV3")
    assert opened.label == "音乐、美术专用教室"
    assert {"GV3-MUSIC", "GV3-ART", "GV3-SUM"} <= {i.code for i in opened.said}
    assert {"music-art-rooms", "x3", "x4"} <= {i.code for i in opened.switches}
    assert [i.code for i in opened.relaxations] == ["X3", "X4"]


def test_a_code_is_opened_in_every_document_and_every_variant():
    assert {i.document.place for i in show("FUNDS").said} == {"000000", "210000", "210100"}
    assert "QL4-FINAL" in {i.code for i in show("QL4").said}
    assert {type(i.body) for i in show("C03.2").said} == {Target}
    assert [i.code for i in show("X5").said] == ["X5"]


def test_a_set_of_places_is_opened_with_its_members_its_other_reading_and_its_commitments():
    opened = show("CORE")
    sets = [each for each in opened.said if each.kind == "scope_set"]
    assert [each.code for each in sets] == ["CORE", "CORE-AIRPORT"]
    assert "410173" not in sets[0].body.members
    assert "410173" in sets[1].body.members
    promised = [each.body for each in opened.said if each.kind == "commitment"]
    assert promised
    assert {each.scope for each in promised} == {"CORE"}


def test_an_unknown_code_is_refused_with_those_that_begin_alike():
    with pytest.raises(MisuseError, match=r"GV99.*GV1"):
        show("GV99")
    with pytest.raises(MisuseError, match="没有代码“”"):
        show("")


# --- what differs ------------------------------------------------------------------------------


def test_a_list_does_not_differ_from_itself():
    found = in_force(JINSHUI, ON)
    assert not difference(found, in_force(JINSHUI, ON))


def test_between_two_days_what_began_and_what_ended_is_told():
    found = difference(in_force(JINSHUI, date(2022, 9, 1)), in_force(JINSHUI, ON))
    assert "FUNDS-RAISED" in {i.code for i in found.added}
    assert "C03.2" in {i.code for i in found.added}
    assert found.removed == ()
    assert found.changed == ()


def test_between_two_days_is_the_same_backwards():
    days = [in_force(JINSHUI, day) for day in (date(2022, 9, 1), ON)]
    there, back = difference(*days), difference(*reversed(days))
    assert {i.code for i in there.added} == {i.code for i in back.removed}
    assert {i.code for i in there.removed} == {i.code for i in back.added}


def test_between_two_places_only_what_binds_one_of_them_is_told():
    found = difference(
        in_force(JINSHUI, ON, kinds=["norm"]), in_force("210100", ON, kinds=["norm"])
    )
    assert {(i.code, i.document.place) for i in found.added} == {
        ("FUNDS", "210000"),
        ("FUNDS", "210100"),
        ("FUNDS-SPECIAL", "210100"),
    }
    assert {i.document.place for i in found.removed} == {"410000"}


def test_a_clause_taken_over_by_an_amendment_is_told_as_changed_field_by_field(tmp_path):
    found = difference(in_force(JINSHUI, ON), in_force(JINSHUI, ON, drafts=(amended(tmp_path),)))
    assert (found.added, found.removed) == ((), ())
    (change,) = found.changed
    assert (change.before.document.name, change.after.document.name) == (LAW, "修订1号")
    told = [(f.field, f.before, f.after) for f in change.fields]
    assert told == [("at_least.primary", "7.5", "8.0")]


def test_between_two_documents_every_change_is_told(tmp_path):
    law = documents()[LAW]
    first, second, *rest = law.clause
    dated = msgspec.structs.replace(second, valid_to=date(2026, 12, 31), note="")
    extra = msgspec.structs.replace(first, code="L8", at_least={})
    changed = msgspec.structs.replace(law, title="新标题", clause=(dated, *rest, extra))
    found = difference_of_documents(law, changed)
    assert [i.code for i in found.removed] == ["L1"]
    assert [i.code for i in found.added] == ["L8"]
    (change,) = found.changed
    assert [(f.field, f.before, f.after) for f in change.fields] == [("valid_to", "", "2026-12-31")]
    assert [(f.field, f.after) for f in found.header] == [("title", "新标题")]
    assert difference_of_documents(law, law).to_json() == {
        "added": [], "removed": [], "changed": [], "header": [],
    }  # fmt: skip


def test_two_clauses_of_one_code_and_other_dates_are_paired_in_their_order():
    def dated(*numbers: str) -> Document:
        clauses = tuple(
            Clause(
                code="A", article="未核对", gist="示例", source="D", confidence="D", kind="norm",
                numbers={"n": number}, valid_from=date(2020 + n, 1, 1), valid_to=date(2020 + n, 12, 31),
            )
            for n, number in enumerate(numbers)
        )  # fmt: skip
        return Document(number="1", title="示例", place="000000", checked="未核对", clause=clauses)

    found = difference_of_documents(dated("1", "2"), dated("1", "3"))
    assert (found.added, found.removed) == ((), ())
    assert [(f.before, f.after) for c in found.changed for f in c.fields] == [("2", "3")]


def test_options_of_an_open_point_are_compared_one_by_one():
    book = documents()["平台口径1"]
    first, *others = book.switch
    option = msgspec.structs.replace(first.option[0], label="改了")
    switch = msgspec.structs.replace(first, option=(option, *first.option[1:]))
    changed = msgspec.structs.replace(book, switch=(switch, *others))
    (change,) = difference_of_documents(book, changed).changed
    assert [f.field for f in change.fields] == [f"option.{option.code}.label"]


def test_a_file_read_back_does_not_differ_from_the_document_it_was_copied_from(tmp_path):
    import junheng.standards.rule_files as rules

    text = (rules.root() / "documents/china/2017-jiaodu-6.toml").read_text(encoding="utf-8")
    (tmp_path / "copy.toml").write_text(text, encoding="utf-8")
    assert not difference_of_documents(documents()[LAW], read_document(tmp_path / "copy.toml"))


def test_what_an_item_says_is_text_by_field_without_what_is_empty():
    (cv,) = show("CV").said
    assert cv.fields["indicators"] == "L1、L2、L3、L4、L5、L6、L7"
    assert cv.fields["at_most.junior"] == "0.45"
    assert not {"at_least", "reading", "valid_from"} & set(cv.fields)
