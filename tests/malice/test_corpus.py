"""The nastiest files, one by one: refused with the sentence meant for them, or read to the end."""

import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from malice.cases import CHINESE, outcome_of_statistics, proved
from malice.commands import Tally
from malice.mutations import cut_and_joined, directory, flipped_bits
from malice.nasty import CORPUS, Nasty

from junheng import cli
from junheng.errors import JunhengError, MisuseError
from junheng.plan.class_size.entrants import read_entrants
from junheng.plan.pricing import load_prices
from junheng.publish.html.boundaries import read_boundaries
from junheng.registry import read
from junheng.registry.reading import Limits
from junheng.registry.statistics import read_statistics, with_files
from junheng.standards import read_document

EACH = pytest.mark.parametrize("nasty", CORPUS, ids=lambda each: each.make.__name__)
READABLE = pytest.mark.parametrize(
    "nasty",
    [
        pytest.param(each, id=each.make.__name__, marks=[pytest.mark.prove] if each.ends else [])
        for each in CORPUS
    ],
)
"""What the sandbox refuses is refused before anyone asks what it is for."""


@EACH
def test_each_of_the_nastiest_files_ends_as_it_must(
    nasty: Nasty, tmp_path: Path, tally: Tally
) -> None:
    filing = proved(read([nasty.make(tmp_path / "甲.xlsx")]))
    refused = [each for each in filing.findings if each.check.startswith("S0")]
    assert [each.check for each in refused] == ([nasty.ends] if nasty.ends else [])
    assert bool(refused) is (filing.records == () and bool(nasty.ends))
    tally["最坏的文件，填报：" + ("一句话拒绝" if refused else "读完")] += 1


@READABLE
def test_each_that_can_be_read_ends_for_the_statistics_too(
    nasty: Nasty, tmp_path: Path, tally: Tally
) -> None:
    told = outcome_of_statistics([nasty.make(tmp_path / "甲.xlsx")])
    assert told != "读对了", "none of them is a form of the statistics"
    tally[f"最坏的文件，统计：{told}"] += 1


@pytest.mark.slow
@READABLE
def test_marking_each_writes_a_whole_workbook_or_nothing(
    nasty: Nasty, tmp_path: Path, capsys: pytest.CaptureFixture[str], tally: Tally
) -> None:
    out = tmp_path / "标注.xlsx"
    assert cli.run(["check", str(nasty.make(tmp_path / "甲.xlsx")), "--mark", str(out)]) in (0, 1)
    if out.exists():
        with zipfile.ZipFile(out) as archive:
            assert archive.testzip() is None
            assert not any(".." in name for name in archive.namelist())
        tally["最坏的文件，标注：写出整份"] += 1
    else:
        assert "没有标注" in capsys.readouterr().err
        assert nasty.ends, "what can be read can be marked"
        tally["最坏的文件，标注：一句话拒绝"] += 1
    assert {each.name for each in tmp_path.iterdir()} <= {"甲.xlsx", "标注.xlsx"}


def test_nothing_of_this_machine_is_read(tmp_path: Path) -> None:
    from malice.nasty import external

    filing = read([external(tmp_path / "甲.xlsx")])
    assert "root:" not in repr(filing)


# --- the Word template of an officer -----------------------------------------------------------


def word_template(**more: bytes) -> bytes:
    """Our own template with parts added or replaced."""
    from junheng.publish.word.form import own_template

    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(own_template())) as source,
        zipfile.ZipFile(content, "w") as out,
    ):
        parts = {name: source.read(name) for name in source.namelist()}
        for name, part in {**parts, **more}.items():
            out.writestr(name, part)
    return content.getvalue()


FIELD = b'<w:r xmlns:w="x"><w:instrText> DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc" </w:instrText></w:r>'


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"word/vbaProject.bin": b"\xd0\xcf"}, "宏"),
        ({"../../x": b"x"}, "文件以外"),
        ({"word/header9.xml": FIELD}, "DDE"),
    ],
    ids=["macros", "climbing", "dde"],
)
def test_a_word_template_that_brings_code_is_refused(more: dict[str, bytes], said: str) -> None:
    from junheng.publish.word.form import read as read_template

    read_template(word_template(), "模板.docx")
    with pytest.raises(MisuseError, match=said):
        read_template(word_template(**more), "模板.docx")


@pytest.mark.slow
def test_a_spoilt_word_template_is_refused_with_a_sentence_or_filled(tally: Tally) -> None:
    from junheng.publish.word.form import read as read_template

    chance, original = random.Random(7), word_template()
    for _ in range(60):
        how = chance.choice((flipped_bits, cut_and_joined, directory))
        try:
            read_template(how(original, chance), "模板.docx")
        except MisuseError:
            tally["变异 Word 模板：一句话拒绝"] += 1
        else:
            tally["变异 Word 模板：照常可用"] += 1


# --- the small files beside: rules, prices, entrants, boundaries, a plan ------------------------

HEAD = "学校代码,学年,年级,人数\n".encode()
BODIES = {
    "empty": b"", "nul": b"\0" * 10, "bytes": bytes(range(256)), "utf-16": "甲乙".encode("utf-16"),
    "brackets": b"[" * 200_000, "toml-brackets": b"a=" + b"[" * 100_000, "number": b"1",
    "json-brackets": b'{"features":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "toml-digits": b"a=" + b"9" * 5000, "json-digits": b'{"features":[{"id":' + b"9" * 5000 + b"}]}",
    "csv-nul": HEAD + b"2141000001,2026,1,\x0030\n", "csv-quote": HEAD + b'"2141\n',
    "csv-long": HEAD + b'"' + b"x" * 200_000 + b'"\n', "csv-digits": HEAD + b"1,2026,1," + b"9" * 5000,
    "csv-signs": HEAD + "2141000001,２０２６,1,²\n".encode(), "null": b"null", "list": b"[]",
}  # fmt: skip
DOORS: dict[str, Callable[[Path], object]] = {
    "entrants": read_entrants,
    "prices": load_prices,
    "boundaries": lambda path: read_boundaries(path, []),
    "document": read_document,
    "mapping": lambda path: with_files([path]),
}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("body", [*BODIES, "folder", "nothing"])
def test_a_broken_file_beside_the_data_is_a_sentence(door: str, body: str, tmp_path: Path) -> None:
    path = tmp_path / "旁.txt"
    if body == "folder":
        path.mkdir()
    elif body in BODIES:
        path.write_bytes(BODIES[body])
    if (door, body) == ("mapping", "empty"):
        DOORS[door](path)  # adds nothing, and is right
        return
    with pytest.raises((JunhengError, OSError)) as refused:
        DOORS[door](path)
    if isinstance(refused.value, JunhengError):
        assert CHINESE.search(str(refused.value))
        assert len(str(refused.value)) < 2000


def test_a_form_of_the_statistics_larger_than_allowed_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "大.xlsx"
    with path.open("wb") as file:
        file.truncate(3 << 20)
    found = read_statistics([path], year=2025, limits=Limits(file_bytes=1 << 20))
    assert [each.check for each in found.findings if each.check.startswith("S0")] == ["S07"]
    assert found.sources == ()
