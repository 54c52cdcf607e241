"""A rule file or a question that is wrong is refused in a sentence that says what is wrong."""

from datetime import date, timedelta

import msgspec
import pytest

from junheng.errors import DeclarationError, MisuseError
from junheng.standards import (
    Document,
    Standard,
    Switches,
    documents,
    places,
    rule_files,
    scheme,
    superiors,
)
from junheng.standards import books as library
from junheng.standards import choosing as questions

ON = date(2026, 3, 31)
CLAUSE = """
[[clause]]
code = "L1"
article = "未核对"
gist = "示例"
source = "D"
confidence = "D"
kind = "limit"
"""
HEAD = """
number = "示例1号"
title = "示例文件"
place = "000000"
checked = "未核对"
"""


@pytest.fixture
def law(tmp_path, monkeypatch):
    """A folder of rule files in place of ours; write a document and it is read."""
    (tmp_path / "documents").mkdir()

    def write(name: str, text: str) -> None:
        (tmp_path / "documents" / name).write_text(text, encoding="utf-8")

    places()
    monkeypatch.setattr(rule_files, "root", lambda: tmp_path)
    library.documents.cache_clear()
    library._books.cache_clear()
    yield write
    monkeypatch.undo()
    library.documents.cache_clear()
    library._books.cache_clear()


def test_a_good_document_is_read(law):
    law("one.toml", HEAD + CLAUSE)
    assert documents()["示例1号"].clause[0].code == "L1"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (HEAD + CLAUSE + 'indicater = ["L1"]', "indicater"),
        (HEAD + CLAUSE.replace("gist", "gists"), "gists"),
        (HEAD + CLAUSE.replace('source = "D"', ""), "source"),
        (HEAD + CLAUSE.replace('"limit"', '"limits"'), "kind"),
        (HEAD + CLAUSE.replace('confidence = "D"', 'confidence = "Z"'), "confidence"),
        (HEAD + CLAUSE + "at_least = { primary = 4.2 }", "at_least"),
        (HEAD + CLAUSE + 'at_least = { primary = "4,2" }', "at_least"),
        (HEAD + CLAUSE + 'valid_from = "soon"', "valid_from"),
        (HEAD + "[[clause", "不是合格的 TOML"),
    ],
    ids=[
        "unknown key",
        "mistyped key",
        "no source",
        "kind",
        "confidence",
        "float",
        "comma",
        "date",
        "TOML",
    ],
)
def test_a_mistyped_document_is_refused_by_file_and_key(law, text, named):
    law("wrong.toml", text)
    with pytest.raises(DeclarationError, match=r"wrong\.toml") as refused:
        documents()
    assert named in str(refused.value)


def test_a_code_twice_in_one_document_is_refused(law):
    law("twice.toml", HEAD + CLAUSE + CLAUSE)
    with pytest.raises(DeclarationError, match=r"twice\.toml.*L1.*两次"):
        documents()


def test_a_document_twice_is_refused(law):
    law("a.toml", HEAD + CLAUSE)
    law("b.toml", HEAD + CLAUSE)
    with pytest.raises(DeclarationError, match=r"b\.toml.*示例1号.*重复"):
        documents()


def test_an_unknown_scheme_is_refused_with_those_that_exist():
    with pytest.raises(MisuseError, match=r"2018-quality.*2017-quality"):
        scheme("2018-quality")


def test_an_unknown_variant_is_refused_with_those_that_exist():
    with pytest.raises(MisuseError, match=r"weigthed.*weighted.*unweighted_pop"):
        Standard.at("410199", ON, switches=Switches(variant="weigthed"))


def test_an_unknown_exception_is_refused_with_those_that_exist():
    with pytest.raises(MisuseError, match=r"X9.*X1、X2"):
        Standard.at("410199", ON, switches=Switches(relaxations=("X9",)))


def test_a_day_before_the_document_was_in_force_is_refused():
    began = documents()["教督〔2017〕6号"].in_force
    assert Standard.at("410199", began).limit("L4", "primary")
    with pytest.raises(MisuseError, match=r"2017-04-18.*没有有效的"):
        Standard.at("410199", began - timedelta(days=1))


def changed(monkeypatch, name: str, **changes) -> None:
    """One document changed for the test."""
    books = dict(documents())
    books[name] = msgspec.structs.replace(books[name], **changes)
    monkeypatch.setattr(questions, "documents", lambda: books)


def test_two_clauses_of_one_code_in_force_together_are_refused(monkeypatch):
    clause = documents()["教督〔2017〕6号"].clause[0]
    changed(monkeypatch, "平台约定1", clause=(*documents()["平台约定1"].clause, clause))
    with pytest.raises(DeclarationError, match=r"平台约定1.*L1.*教督〔2017〕6号"):
        Standard.at("410199", ON)


def test_a_clause_counts_on_its_first_and_last_day_and_not_beside_them(monkeypatch):
    clauses = documents()["教督〔2017〕6号"].clause
    dated = msgspec.structs.replace(
        clauses[0], valid_from=date(2020, 1, 1), valid_to=date(2020, 12, 31)
    )
    changed(monkeypatch, "教督〔2017〕6号", clause=(dated, *clauses[1:]))
    for day in (date(2020, 1, 1), date(2020, 12, 31)):
        assert "L1" in Standard.at("410199", day).demands
    for day in (date(2019, 12, 31), date(2021, 1, 1)):
        with pytest.raises(MisuseError, match=rf"{day}.*L1"):
            Standard.at("410199", day)


def test_a_scheme_that_names_a_document_we_do_not_have_is_refused(monkeypatch):
    books = {name: d for name, d in documents().items() if name != "平台约定1"}
    monkeypatch.setattr(questions, "documents", lambda: books)
    with pytest.raises(DeclarationError, match=r"2017-quality\.toml.*平台约定1"):
        Standard.at("410199", ON)


def test_a_limit_without_one_of_the_stages_is_refused(monkeypatch):
    clauses = documents()["教督〔2017〕6号"].clause
    halved = msgspec.structs.replace(clauses[0], at_least={"primary": "4.2"})
    changed(monkeypatch, "教督〔2017〕6号", clause=(halved, *clauses[1:]))
    with pytest.raises(DeclarationError, match=r"教督〔2017〕6号.*L1.*初中"):
        Standard.at("410199", ON)


def test_a_repealed_document_no_longer_binds(monkeypatch):
    changed(monkeypatch, "教督〔2017〕6号", repealed=date(2030, 1, 1))
    assert Standard.at("410199", date(2029, 12, 31))
    with pytest.raises(MisuseError, match="2030-01-01"):
        Standard.at("410199", date(2030, 1, 1))


def test_a_document_of_a_place_binds_only_what_stands_under_it(monkeypatch):
    changed(monkeypatch, "平台约定1", place="410100")
    assert "NEAR" in Standard.at("4101ZD", ON).demands
    with pytest.raises(MisuseError, match="NEAR"):
        Standard.at("421000", ON)


@pytest.mark.parametrize(
    ("place", "chain"),
    [
        ("410105", ("410105", "410100", "410000", "000000")),
        ("4101ZD", ("4101ZD", "410100", "410000", "000000")),
        ("421000", ("421000", "000000")),
        ("000000", ("000000",)),
    ],
)
def test_superiors_come_from_the_unit_table_and_not_from_the_code(place, chain):
    assert superiors(place) == chain


def test_a_document_without_a_known_day_is_in_force():
    undated = Document(number="1", title="示例", place="000000", checked="未核对")
    assert undated.in_force_on(date(1990, 1, 1))
