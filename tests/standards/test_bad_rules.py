"""Every way in which a rule file can be wrong is refused, with the file and the key."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from junheng.errors import DeclarationError, UnreadableFileError
from junheng.standards import Document, documents, read_document, rule_files, schemes
from junheng.standards import books as library
from junheng.standards import places as unit_table

REAL = Path(rule_files.__file__).parent
HEAD = """
number = "{number}"
title = "示例文件"
place = "{place}"
checked = "未核对"
"""
CLAUSE = """
[[clause]]
code = "{code}"
article = "未核对"
gist = "示例"
source = "D"
confidence = "D"
kind = "{kind}"
"""
SWITCH = """
[[switch]]
code = "{code}"
title = "示例口径"
default = "{default}"
reason = "示例"
question = "示例"
source = "D"
confidence = "D"
touches = [{touches}]
option = [{{ code = "a", label = "甲" }}, {{ code = "b", label = "乙"{more} }}]
"""
TARGET = """
[[target]]
code = "C99.1"
article = "未核对"
title = "示例"
measure = "示例"
comparator = ">="
value = "1"
scope = "{scope}"
binds = "whole"
owner = "{owner}"
owner_basis = "text"
force = "firm"
data_source = "none"
source = "D"
confidence = "D"
"""
SCHEME = """
code = "{code}"
title = "示例方案"
documents = ["{document}"]
indicators = ["{line}"]
stages = ["primary"]
variant = "weighted"
variant_reason = "示例"
roles = {{ {role} }}
area = [{{ code = "a", title = "示例", line = [{{ code = "{line}", label = "示例" }}] }}]
"""
VARIANT = CLAUSE.format(code="V", kind="norm") + 'variant = "weighted"\n'


def head(number: str = "示例1号", place: str = "000000") -> str:
    return HEAD.format(number=number, place=place)


def clause(code: str = "A1", kind: str = "norm", more: str = "") -> str:
    return CLAUSE.format(code=code, kind=kind) + more + "\n"


def switch(code: str = "s", default: str = "a", touches: str = "", more: str = "") -> str:
    return SWITCH.format(code=code, default=default, touches=touches, more=more)


def target(owner: str = "市教育局", scope: str = "410100") -> str:
    return TARGET.format(owner=owner, scope=scope)


def scheme(
    code: str = "s1", document: str = "示例1号", line: str = "A1", role: str = 'near = "A1"'
) -> str:
    return SCHEME.format(code=code, document=document, line=line, role=role)


Write = Callable[..., None]


@pytest.fixture
def write(tmp_path, monkeypatch) -> Write:
    """Rule files of our own in place of those that come with the program."""
    for folder in ("documents", "schemes"):
        (tmp_path / folder).mkdir()
    unit_table()
    monkeypatch.setattr(rule_files, "root", lambda: tmp_path)
    caches = (library.documents, library._books, library.schemes)
    for cache in caches:
        cache.cache_clear()

    def writing(name: str, text: str, folder: str = "documents") -> None:
        (tmp_path / folder / name).write_text(text, encoding="utf-8")

    yield writing
    monkeypatch.undo()
    for cache in caches:
        cache.cache_clear()


def all_rules() -> None:
    documents()
    schemes()


def refused(*named: str) -> str:
    with pytest.raises(DeclarationError) as error:
        all_rules()
    text = str(error.value)
    for each in named:
        assert each in text
    return text


ALONE = {
    "dates that overlap": (
        clause(more="valid_to = 2020-06-30") + clause(more="valid_from = 2020-06-30"),
        ["code = A1", "有效期重叠"],
    ),
    "an end before the beginning": (
        clause(more="valid_from = 2021-01-01\nvalid_to = 2020-01-01"),
        ["code = A1", "2020-01-01", "2021-01-01"],
    ),
    "a limit without a number": (
        clause(kind="limit", more='indicators = ["A1"]'),
        ["code = A1", "没有任何限值"],
    ),
    "a floor above its ceiling": (
        clause(more='at_least = { all = "2" }\nat_most = { all = "1" }'),
        ["code = A1", "下限 2", "上限 1"],
    ),
    "evidence without files": (
        clause(kind="evidence", more='filed_by = "county"'),
        ["code = A1", "evidence"],
    ),
    "evidence that nobody files": (
        clause(kind="evidence", more='evidence = ["一份"]'),
        ["code = A1", "filed_by"],
    ),
    "a replacement under no reading": (
        clause() + clause("A2", more='instead_of = "A1"'),
        ["code = A2", "reading"],
    ),
    "a default that is no option": (switch(default="c"), ["switch code = s", "默认选项 c"]),
    "an option twice": (
        switch().replace('code = "b"', 'code = "a"'),
        ["switch code = s", "选项 a 出现两次"],
    ),
    "a switch of one option": (
        re.sub(r"(option = \[).*?(\{ code = \"b\")", r"\1 \2", switch(default="b")),
        ["switch code = s", "至少要有两个选项"],
    ),
    "a target from facts without formula": (
        target().replace('data_source = "none"', 'data_source = "facts"'),
        ["target code = C99.1", "formula"],
    ),
    "a target of an unknown reading": (
        target() + 'reading = "t=a"\n',
        ["code = C99.1", "口径 t 不存在"],
    ),
    "in the place of an unknown target": (
        switch() + target() + 'reading = "s=b"\ninstead_of = "C98.1"\n',
        ["target code = C99.1", "C98.1 不存在"],
    ),
    "in the place of an unknown set": (
        '[[scope_set]]\ncode = "S1"\nname = "示例"\nmembers = ["410105"]\nbasis = "text"\n'
        'reading = "s=b"\ninstead_of = "S9"\n',
        ["scope_set code = S1", "S9 不存在"],
    ),
    "a switch twice": (switch() + switch(), ["switch code = s", "两次"]),
    "a target without owner": (target(owner=" "), ["target code = C99.1", "责任主体"]),
    "a target of an unknown set": (target(scope="S9"), ["target code = C99.1", "范围 S9"]),
    "a target twice": (target() + target(), ["target code = C99.1", "两次"]),
    "a set with an unknown place": (
        '[[scope_set]]\ncode = "S1"\nname = "示例"\nmembers = ["999999"]\nbasis = "text"\n',
        ["scope_set code = S1", "999999"],
    ),
    "an ordered document for an unknown target": (
        '[[ordered]]\ncode = "D01"\narticle = "未核对"\ntitle = "示例"\nissuer = "示例"\n'
        'status = "未核对"\ntargets = ["C98.1"]\n',
        ["code = D01", "C98.1"],
    ),
    "a reading of an unknown switch": (
        clause(more='reading = "t=a"'),
        ["code = A1", "口径 t 不存在"],
    ),
    "a reading of an unknown option": (
        switch() + clause(more='reading = "s=c"'),
        ["code = A1", "没有选项 c", "a、b"],
    ),
    "in the place of an unknown clause": (
        switch() + clause(more='reading = "s=b"\ninstead_of = "A9"'),
        ["code = A1", "A9 不存在"],
    ),
}


@pytest.mark.parametrize(("text", "named"), ALONE.values(), ids=ALONE)
def test_one_bad_document_is_refused_by_file_and_key(write, text, named):
    write("bad.toml", head() + text)
    refused("bad.toml", *named)


def test_amendment_of_an_unknown_document_is_refused(write):
    write("bad.toml", head() + 'amends = ["示例9号"]\n' + clause())
    refused("bad.toml", "amends", "示例9号")


@pytest.mark.parametrize("length", [1, 2, 3])
def test_circular_amendment_is_refused(write, length):
    for each in range(length):
        amended = f'amends = ["示例{(each + 1) % length}号"]\n'
        write(f"d{each}.toml", head(f"示例{each}号") + amended + clause())
    refused("d0.toml", "amends", "循环")


def test_an_amendment_of_an_amendment_is_accepted(write):
    write("d0.toml", head("示例0号") + clause())
    write("d1.toml", head("示例1号") + 'amends = ["示例0号"]\n' + clause())
    write("d2.toml", head("示例2号") + 'amends = ["示例1号"]\n' + clause())
    assert len(documents()) == 3


def test_the_same_clause_of_two_documents_in_force_together_is_refused(write):
    write("one.toml", head("示例1号") + clause())
    write("two.toml", head("示例2号") + clause())
    refused("two.toml", "code = A1", "示例1号", "one.toml", "amends")


def test_the_same_clause_of_documents_that_follow_one_another_is_accepted(write):
    write("one.toml", head("示例1号") + "repealed = 2020-01-01\n" + clause())
    write("two.toml", head("示例2号") + "in_force = 2020-01-01\n" + clause())
    assert documents()
    assert schemes() == {}


def test_the_same_clause_of_places_that_stand_beside_one_another_is_accepted(write):
    write("one.toml", head("示例1号", "210000") + clause())
    write("two.toml", head("示例2号", "370000") + clause())
    assert documents()
    assert schemes() == {}


def test_a_city_that_says_a_clause_of_the_scheme_anew_must_say_what_it_amends(write):
    write("nation.toml", head("示例1号") + clause() + VARIANT)
    write("city.toml", head("示例2号", "410100") + clause())
    write("s1.toml", scheme(), "schemes")
    refused("city.toml", "code = A1", "示例1号")


def test_a_document_of_a_scheme_of_one_province_leaves_another_province_alone(write):
    write("here.toml", head("示例1号", "210000") + clause() + VARIANT)
    write("there.toml", head("示例2号", "370000") + clause())
    write("s1.toml", scheme(), "schemes")
    assert set(schemes()) == {"s1"}


def test_an_open_point_told_twice_in_a_scheme_is_refused(write):
    write("one.toml", head("示例1号") + clause() + VARIANT + switch())
    write("two.toml", head("示例2号") + switch())
    write("s1.toml", scheme(document='示例1号", "示例2号'), "schemes")
    refused("two.toml", "switch code = s", "示例1号", "重复")


def test_a_clause_of_two_equal_numbers_is_no_contradiction(write):
    write("a.toml", head() + clause(more='at_least = { all = "1" }\nat_most = { all = "1" }'))
    assert documents()


def test_two_schemes_may_say_the_same_each_for_itself(write):
    for each in ("1", "2"):
        write(f"{each}.toml", head(f"示例{each}号") + clause() + VARIANT + switch())
        write(f"s{each}.toml", scheme(f"s{each}", f"示例{each}号"), "schemes")
    assert set(schemes()) == {"s1", "s2"}


SCHEMES = {
    "unknown document": ({"document": "示例9号"}, "", ["s1.toml", "documents", "示例9号"]),
    "line without clause": ({"line": "A9"}, "", ["s1.toml", "line code = A9"]),
    "role without clause": ({"role": 'near = "Z"'}, "", ["s1.toml", "roles.near", "Z"]),
    "clause of an unknown line": (
        {},
        clause("A2", more='indicators = ["Z9"]'),
        ["law.toml", "code = A2", "Z9"],
    ),
    "switch that touches an unknown line": (
        {},
        switch(touches='"Z9"'),
        ["law.toml", "switch code = s", "touches", "Z9"],
    ),
    "option with an unknown relaxation": (
        {},
        switch(more=', relaxations = ["X9"]'),
        ["s1.toml", "switch code = s", "X9"],
    ),
    "relaxation that touches an unknown line": (
        {},
        '[[relaxation]]\ncode = "X1"\ntouches = ["Z9"]\narticle = "未核对"\ngist = "示例"\n'
        'source = "D"\nconfidence = "D"\nevidence = "示例"\nreason_off = "示例"\n',
        ["law.toml", "code = X1", "touches", "Z9"],
    ),
}


@pytest.mark.parametrize(("changes", "text", "named"), SCHEMES.values(), ids=SCHEMES)
def test_a_scheme_and_its_documents_that_do_not_agree_are_refused(write, changes, text, named):
    write("law.toml", head() + clause() + VARIANT + text)
    write("s1.toml", scheme(**changes), "schemes")
    refused(*named)


def test_a_scheme_whose_variant_no_clause_explains_is_refused(write):
    write("law.toml", head() + clause())
    write("s1.toml", scheme(), "schemes")
    refused("s1.toml", "variant", "weighted")


def test_a_line_that_stands_twice_in_a_scheme_is_refused(write):
    write("law.toml", head() + clause() + VARIANT)
    line = '{ code = "A1", label = "示例" }'
    write("s1.toml", scheme().replace(f"[{line}]", f"[{line}, {line}]"), "schemes")
    refused("s1.toml", "line code = A1", "两次")


def test_all_faults_of_all_files_are_told_at_once(write):
    write("a.toml", head("示例1号") + target(owner="") + switch(default="c"))
    write("b.toml", head("示例2号") + target(scope="S9"))
    write("c.toml", "number = ")
    text = refused("a.toml", "责任主体", "默认选项 c", "b.toml", "S9", "c.toml")
    assert len(text.splitlines()) == 4


# --- a file of the user's own ------------------------------------------------------------------


def draft(tmp_path: Path, text: str) -> Document:
    (tmp_path / "draft.toml").write_text(text, encoding="utf-8")
    return read_document(tmp_path / "draft.toml")


def test_a_draft_that_amends_is_read(tmp_path):
    text = head("草案1号", "410100") + 'amends = ["教督〔2017〕6号"]\n'
    text += clause("L5", "limit", 'indicators = ["L5"]\nat_least = { primary = "8" }')
    assert draft(tmp_path, text).clause[0].code == "L5"


def test_a_draft_may_take_the_place_of_a_document_of_ours(tmp_path):
    ours = (REAL / "documents/china/2017-jiaodu-6.toml").read_text(encoding="utf-8")
    assert draft(tmp_path, "\ufeff" + ours).name == "教督〔2017〕6号"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (head("草案1号") + clause("L5"), ["code = L5", "教督〔2017〕6号", "amends"]),
        (head("草案1号") + 'amends = ["教督〔2018〕6号"]\n' + clause("L5"), ["教督〔2018〕6号"]),
        (head("草案1号") + clause("N1", more='indicators = ["L8"]'), ["code = N1", "L8"]),
        (head("草案1号") + target(owner=""), ["责任主体"]),
        (head("草案1号") + clause("N1", more='reading = "campus=no"'), ["没有选项 no"]),
        ("number = 1", ["number：应为文字"]),
        (
            head("草案1号")
            + 'colour = "red"\n'
            + clause("N1").replace('"D"', '"Z"')
            + clause("N2", kind="limi"),
            [
                "不认识的键 colour",
                "clause code = N1 confidence",
                "clause code = N2 kind：不能写“limi”",
            ],
        ),
        ('number = "x\n', ["第1行", "不是合格的 TOML"]),
    ],
    ids=["contradiction", "amends", "line", "owner", "option", "type", "several", "syntax"],
)
def test_a_bad_draft_is_refused_by_file_and_key(tmp_path, text, named):
    with pytest.raises(DeclarationError, match=r"draft\.toml") as error:
        draft(tmp_path, text)
    for each in named:
        assert each in str(error.value)


def test_a_draft_that_drops_a_line_of_the_scheme_is_refused(tmp_path):
    ours = (REAL / "documents/china/2017-jiaodu-6.toml").read_text(encoding="utf-8")
    with pytest.raises(DeclarationError, match=r"line code = SR1"):
        draft(tmp_path, ours.replace('"SR1"', '"L1"', 1).replace('"SR1"', '"L1"', 1))


def test_a_draft_that_is_not_there_or_is_no_text_is_refused(tmp_path):
    with pytest.raises(UnreadableFileError, match="找不到"):
        read_document(tmp_path / "none.toml")
    with pytest.raises(UnreadableFileError, match="打不开"):
        read_document(tmp_path)
    (tmp_path / "draft.toml").write_bytes("限值".encode("gb18030"))
    with pytest.raises(UnreadableFileError, match="UTF-8"):
        read_document(tmp_path / "draft.toml")
