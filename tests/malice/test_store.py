"""junheng store verify: every altered byte is found, and nothing that is whole is called broken."""

import json
import shutil
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path

import jsonschema
import polars as pl
import pytest
from malice.commands import Tally, seal_words

from junheng import cli
from junheng.errors import SnapshotError
from junheng.registry import Snapshot
from junheng.registry.store_verifying import Trouble, verify_store

pytestmark = pytest.mark.slow

SCHEMA = json.loads(files("junheng.publish").joinpath("store.schema.json").read_text("utf-8"))
FEW = (0.0, 0.31, 1.0)
MANY = tuple(n / 40 for n in range(41))
"""Where in a file a bit is flipped, as a share of its length."""
FLIPS = pytest.mark.parametrize(
    "places",
    [pytest.param(FEW, marks=pytest.mark.slow), pytest.param(MANY, marks=pytest.mark.prove)],
)


@pytest.fixture
def mine(store: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(store, tmp_path / "库"))


def the(folder: Path, name: str) -> Path:
    (found,) = folder.rglob(name)
    return found


def troubles(store: Path) -> dict[str, Trouble]:
    """Last part of each path that something is said of."""
    checked = verify_store(store)
    faults = [*checked.faults, *(fault for seal in checked.seals for fault in seal.faults)]
    return {fault.path.rpartition("/")[2]: fault.trouble for fault in faults}


def test_a_whole_store_is_whole(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["store", "verify", str(store)]) == 0
    told = capsys.readouterr().out
    assert "封存1次，完整1次" in told
    assert "没有改动" in told


def flipped(store: Path, pattern: str, places: Sequence[float]) -> Iterator[str]:
    """Flip one bit after another, in every file; between the steps the store is as it was."""
    for path in sorted(each for each in store.rglob(pattern) if each.is_file()):
        content = path.read_bytes()
        for share in places:
            at = min(int(share * len(content)), len(content) - 1)
            path.write_bytes(content[:at] + bytes([content[at] ^ 1 << at % 8]) + content[at + 1 :])
            yield f"{path.name} at byte {at}"
        path.write_bytes(content)


@FLIPS
def test_a_bit_flipped_in_any_stored_file_is_found(
    mine: Path, places: Sequence[float], tally: Tally
) -> None:
    for where in flipped(mine, "*", places):
        (seal,) = verify_store(mine).seals
        assert not seal.whole, where
        tally["翻转的位，store verify 发现"] += 1
    assert verify_store(mine).sound


def opens(store: Path, fingerprint: str) -> str:
    """How a damaged store opens: with a sentence, or with the very facts that were sealed."""
    try:
        opened = Snapshot.open(store)
        _ = opened.origins
    except SnapshotError:
        return "一句话拒绝"
    assert opened.facts.fingerprint == fingerprint
    return "内容无误"


@FLIPS
def test_a_store_with_any_bit_flipped_opens_with_a_sentence_or_rightly(
    mine: Path, places: Sequence[float], tally: Tally
) -> None:
    original = Snapshot.open(mine).facts.fingerprint
    for _ in flipped(mine, "*", places):
        tally[f"翻转的位，打开：{opens(mine, original)}"] += 1


@FLIPS
def test_a_store_without_sums_meets_a_flipped_bit_without_a_traceback(
    mine: Path, places: Sequence[float], tally: Tally
) -> None:
    """As stores were before there were sums: Parquet itself meets the damage."""
    for each in mine.rglob("files.json"):
        each.unlink()
    original = Snapshot.open(mine).facts.fingerprint
    for _ in flipped(mine, "*.parquet", places):
        tally[f"没有校验值的旧库，翻转的位，打开：{opens(mine, original)}"] += 1


@pytest.mark.parametrize(
    "name", ["seal.json", "origins.parquet", "seats.parquet", "facts.json", "marks.parquet"]
)
def test_a_missing_file_is_named_as_missing(mine: Path, name: str) -> None:
    the(mine, name).unlink()
    assert troubles(mine)[name] is Trouble.MISSING
    assert not verify_store(mine).sound


def test_missing_facts_are_named_and_the_other_seal_stays_whole(
    mine: Path, other: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lost = Snapshot.open(mine)
    assert cli.run(seal_words(other, mine)) == 0
    shutil.rmtree(mine / "facts" / lost.facts.fingerprint)
    whole = {each.id: each.whole for each in verify_store(mine).seals}
    assert whole.pop(lost.path.name) is False
    assert list(whole.values()) == [True]
    capsys.readouterr()
    assert cli.run(["store", "verify", str(mine)]) == 1
    told = capsys.readouterr().out
    assert "封存2次，完整1次" in told
    assert "缺少" in told


def test_what_a_killed_run_left_is_named_and_not_taken_for_a_seal(mine: Path) -> None:
    half = mine / "seals" / ".writing-abc"
    shutil.copytree(the(mine, "seal.json").parent, half)
    (mine / "facts" / ".writing-def").mkdir()
    checked = verify_store(mine)
    assert checked.sound
    assert [(f.path, f.trouble) for f in checked.faults] == [
        ("facts/.writing-def", Trouble.LEFT_OVER),
        ("seals/.writing-abc", Trouble.LEFT_OVER),
    ]
    assert Snapshot.open(mine).facts.fingerprint, "one seal, whatever lies aside"
    assert cli.run(["years", str(mine)]) == 0
    assert half.is_dir(), "nothing is repaired"


def test_facts_of_no_seal_and_strangers_are_named_and_do_no_harm(mine: Path) -> None:
    the(mine, "seal.json").with_name(".DS_Store").write_bytes(b"x")
    (mine / "说明.txt").write_text("x", encoding="utf-8")
    assert troubles(mine) == {".DS_Store": Trouble.STRANGER, "说明.txt": Trouble.STRANGER}
    assert Snapshot.open(mine).origins.height
    shutil.rmtree(mine / "seals")
    checked = verify_store(mine)
    assert [each.trouble for each in checked.faults] == [Trouble.UNUSED, Trouble.STRANGER]
    assert checked.sound


def test_a_store_of_before_there_were_sums_is_whole_and_says_so(mine: Path) -> None:
    sealed = the(mine, "seal.json")
    content = json.loads(sealed.read_bytes())
    content["format"] = "junheng seal 1"
    del content["origins"]
    text = json.dumps(content, ensure_ascii=False).encode()
    sealed.write_bytes(text)
    from junheng.registry.snapshot import _seal_id

    sealed.parent.rename(sealed.parent.with_name(_seal_id(2025, text)))
    for each in mine.rglob("files.json"):
        each.unlink()
    checked = verify_store(mine)
    assert checked.sound
    assert {f.trouble for f in checked.seals[0].faults} == {Trouble.UNSUMMED}


def test_sums_that_were_deleted_are_missed(mine: Path) -> None:
    (the(mine / "seals", "files.json")).unlink()
    assert not verify_store(mine).sound


def test_origins_that_were_rewritten_with_their_sums_are_found(mine: Path) -> None:
    """Whoever can write a file can write its sum; the seal proves the origins all the same."""
    from junheng.registry.store_sums import write_sums

    path = the(mine, "origins.parquet")
    pl.read_parquet(path).with_columns(cell=pl.lit("Z9")).write_parquet(path)
    write_sums(path.parent)
    assert troubles(mine) == {"origins.parquet": Trouble.DAMAGED}
    with pytest.raises(SnapshotError, match="来源表"):
        _ = Snapshot.open(mine).origins


def test_a_seal_does_not_lead_out_of_its_store(mine: Path) -> None:
    """A forged seal may name itself rightly; it may not name a folder elsewhere."""
    from junheng.registry.snapshot import _seal_id

    sealed = the(mine, "seal.json")
    content = json.loads(sealed.read_bytes())
    text = json.dumps({**content, "facts": "../../etc"}).encode()
    sealed.write_bytes(text)
    folder = sealed.parent.rename(sealed.parent.with_name(_seal_id(2025, text)))
    with pytest.raises(SnapshotError):
        Snapshot.open(folder)


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b"\xff\xfe", b"null", b'{"year": []}', b"1"])
def test_a_seal_that_is_no_record_is_a_sentence(mine: Path, text: bytes) -> None:
    from junheng.registry.snapshot import _seal_id

    sealed = the(mine, "seal.json")
    sealed.write_bytes(text)
    with pytest.raises(SnapshotError):
        Snapshot.open(sealed.parent)
    with pytest.raises(SnapshotError):
        Snapshot.open(sealed.parent.rename(sealed.parent.with_name(_seal_id(2025, text))))
    assert not verify_store(mine).sound


def test_sealing_into_a_damaged_store_is_refused_and_the_damage_is_named(
    mine: Path, filed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = the(mine, "seats.parquet")
    path.write_bytes(path.read_bytes()[:-1])
    words = seal_words(filed, mine)
    words[words.index("某人")] = "另一人"
    assert cli.run(words) == 1
    told = capsys.readouterr().err
    assert "seats.parquet" in told
    assert "store verify" in told
    assert len(verify_store(mine).seals) == 1, "no seal of facts that are broken"


def test_the_evidence_is_compared_with_what_was_sealed(
    mine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import hashlib

    from junheng.registry.snapshot import _seal_id

    papers = tmp_path / "材料"
    papers.mkdir()
    (papers / "甲.pdf").write_bytes(b"%PDF")
    (papers / "乙.pdf").write_bytes(b"%PDF")
    sealed = the(mine, "seal.json")
    content = json.loads(sealed.read_bytes())
    content["evidence"] = [
        {"file": name, "sha256": hashlib.sha256(b"%PDF").hexdigest(), "bytes": 4}
        for name in ("甲.pdf", "乙.pdf", "丙.pdf")
    ]
    text = json.dumps(content).encode()
    sealed.write_bytes(text)
    from junheng.registry.store_sums import write_sums

    write_sums(sealed.parent)
    sealed.parent.rename(sealed.parent.with_name(_seal_id(2025, text)))
    (papers / "乙.pdf").write_bytes(b"%PDX")
    assert cli.run(["store", "verify", str(mine)]) == 0
    assert cli.run(["store", "verify", str(mine), "--evidence", str(papers)]) == 1
    told = capsys.readouterr().out
    assert "损坏　佐证材料/乙.pdf" in told
    assert "缺少　佐证材料/丙.pdf" in told
    assert "甲.pdf" not in told


def test_json_has_the_shape_that_is_documented(
    mine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["store", "verify", str(mine), "--json"]) == 0
    jsonschema.validate(json.loads(capsys.readouterr().out), SCHEMA)
    the(mine, "seats.parquet").write_bytes(b"PAR1")
    the(mine, "seal.json").write_bytes(b"{}")
    (mine / "x").write_bytes(b"")
    assert cli.run(["store", "verify", str(mine), "--json"]) == 1
    record = json.loads(capsys.readouterr().out)
    jsonschema.validate(record, SCHEMA)
    assert record["sound"] is False


def test_a_folder_that_is_no_store_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["store", "verify", str(tmp_path)]) == 1
    assert "不是封存库" in capsys.readouterr().err
    assert cli.run(["store", "verify", str(tmp_path / "没有")]) == 2
