"""Whatever the bytes, reading ends in a filing with findings, never in a traceback."""

import io
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from handmade import inline, minimal, parts, register_xml, write_book, zipped
from hypothesis import given, settings
from hypothesis import strategies as st

from junheng.registry import Filing, State, read, tables
from junheng.registry.reading import Limits, checks
from junheng.registry.reading.cells import understand
from junheng.registry.reading.sandbox.wire import Cell

SMALL = Limits(inflated_bytes=4 << 20, memory_bytes=256 << 20, cells=20_000, seconds=20)
FEW = settings(max_examples=25, deadline=None)
MANY = settings(max_examples=400, deadline=None)


@cache
def valid() -> bytes:
    with TemporaryDirectory() as folder:
        return write_book(Path(folder) / "甲.xlsx", minimal()).read_bytes()


def survives(content: bytes, name: str) -> Filing:
    """The filing of these bytes; every finding can be shown."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        filing = read([path], limits=SMALL)
    for each in filing.findings:
        assert each.check in checks()
        assert each.sentence
        each.sentence.encode()
    for record in filing.records:
        for entry in record.entries.values():
            assert (entry.value is not None) == (entry.state is State.FILED)
    return filing


names = st.sampled_from(["甲.xlsx", "甲.csv", "教师.csv", "甲.xls", "甲"])


def random_bytes(data: st.DataObject) -> None:
    start = data.draw(
        st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf", b"\xd0\xcf"])
    )
    survives(start + data.draw(st.binary(max_size=400)), data.draw(names))


def flipped_bits(data: st.DataObject) -> None:
    content = bytearray(valid())
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] ^= 1 << data.draw(st.integers(0, 7))
    survives(bytes(content), "甲.xlsx")


def truncated(data: st.DataObject) -> None:
    content = valid()
    first = data.draw(st.integers(0, len(content)))
    last = data.draw(st.integers(first, len(content)))
    survives(content[:first] + content[last:], "甲.xlsx")


def swapped_members(data: st.DataObject) -> None:
    """The parts of a package under one another's names."""
    with zipfile.ZipFile(io.BytesIO(valid())) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    order = data.draw(st.permutations(list(content)))
    with TemporaryDirectory() as folder:
        path = zipped(Path(folder) / "x", dict(zip(content, map(content.get, order), strict=True)))
        survives(path.read_bytes(), "甲.xlsx")


def damaged_parts(data: st.DataObject) -> None:
    """Parts that are whole as members of the zip, and damaged inside."""
    with zipfile.ZipFile(io.BytesIO(valid())) as archive:
        content = {name: bytearray(archive.read(name)) for name in archive.namelist()}
    for _ in range(data.draw(st.integers(1, 5))):
        part = content[data.draw(st.sampled_from(sorted(content)))]
        at = data.draw(st.integers(0, max(0, len(part) - 1)))
        part[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=6))
    with TemporaryDirectory() as folder:
        whole = {name: bytes(part) for name, part in content.items()}
        survives(zipped(Path(folder) / "x", whole).read_bytes(), "甲.xlsx")


def strange_xml(data: st.DataObject) -> None:
    """Well-formed sheets with attributes and texts that no program would write."""
    word = st.text(
        st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters='<>&"'), max_size=8
    )
    attribute = st.one_of(st.sampled_from(["s", "n", "e", "b", "d", "str", "inlineStr"]), word)
    cells = []
    for _ in range(data.draw(st.integers(1, 6))):
        kind, style, text = data.draw(attribute), data.draw(word), data.draw(word)
        where = data.draw(st.one_of(word, st.sampled_from(["A5", "XFD5", "C5", "XFE1", "a5", "5"])))
        inside = data.draw(
            st.sampled_from(["<v>{}</v>", "<f>{}</f>", "<f/><v>{}</v>", "<is><t>{}</t></is>"])
        )
        cells.append(f'<c r="{where}" s="{style}" t="{kind}">{inside.format(text)}</c>')
    merge = f'<mergeCells><mergeCell ref="{data.draw(word)}:{data.draw(word)}"/></mergeCells>'
    before = f'<cols><col min="{data.draw(word)}" max="{data.draw(word)}" hidden="1"/></cols>'
    sheet = register_xml(inline("2141000001"), *cells, after=merge, before=before)
    with TemporaryDirectory() as folder:
        survives(zipped(Path(folder) / "x", parts(sheet)).read_bytes(), "甲.xlsx")


ATTACKS: list[Callable[[st.DataObject], None]] = [
    random_bytes, flipped_bits, truncated, swapped_members, damaged_parts, strange_xml,
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda each: each.__name__)
@FEW
@given(data=st.data())
def test_a_damaged_file_never_ends_in_a_traceback(
    attack: Callable[[st.DataObject], None], data: st.DataObject
) -> None:
    attack(data)


@pytest.mark.prove
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda each: each.__name__)
@MANY
@given(data=st.data())
def test_no_damaged_file_among_many_ends_in_a_traceback(
    attack: Callable[[st.DataObject], None], data: st.DataObject
) -> None:
    attack(data)


COLUMNS = [column for table in tables().values() for column in table.column]
NUMBERLIKE = st.text("0123456789.,-+eE %元万人年月日/—无#", max_size=14)


@settings(max_examples=600, deadline=None)
@given(
    column=st.sampled_from(COLUMNS),
    kind=st.sampled_from("nsbed-"),
    text=st.one_of(st.text(max_size=20), NUMBERLIKE),
    look=st.sampled_from([0, 1, 2, 3, 110]),
)
def test_a_cell_has_a_value_or_a_problem_or_is_empty_whatever_it_says(
    column: object, kind: str, text: str, look: int
) -> None:
    outcome = understand(Cell(1, kind, text, look), column)  # type: ignore[arg-type]
    assert (outcome.value is not None) == (outcome.state is State.FILED)
    assert (outcome.problem is not None) == (outcome.state is State.UNCLEAR)
    if outcome.problem is not None:
        assert outcome.problem.check in checks()
        assert "\n" not in outcome.problem.found
