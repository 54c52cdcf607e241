"""Sealing facts and opening them again: the only door between facts and the disk.

    STORE/facts/<fingerprint>/   one Parquet file a table, facts.json, files.json
    STORE/seals/<id>/            seal.json (who, when, which files, which checks), origins.parquet,
                                 files.json

A snapshot is named by the path of its seal. Both folders are written aside and renamed, so a
half-written snapshot cannot be seen; facts with the same fingerprint are stored once. The facts are
named by their content, the seal by its text, the origins are proved by the seal, and files.json
holds the sums of all bytes (`store_sums`).
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from junheng.errors import RefusedError, SnapshotError
from junheng.garbage import uncollected
from junheng.registry.facts import Facts, canonical_text, digest, joined_key
from junheng.registry.facts_folder import parquet_of, read_facts, stored_frame, write_facts
from junheng.registry.filing import Finding, Level, Report, Source, State
from junheng.registry.store_sums import faults_of_sums, write_sums
from junheng.registry.whole_file import ASIDE, place_folder

ORIGINS = ("table", "key", "column", "file", "sha256", "sheet", "cell", "raw")
SEAL = "seal.json"
ORIGINS_FILE = "origins.parquet"
FORMAT = "junheng seal 2"
"""Since 2 the seal holds the digest of the origins."""
NAMED = ("year", "facts", "by", "on")
"""What a seal says in any case."""
_FINGERPRINT = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, repr=False)
class Snapshot:
    """Facts with their seal. `path` is the folder of the seal."""

    path: Path
    facts: Facts
    seal: dict[str, Any]

    def __repr__(self) -> str:
        return f"<封存 {self.path.name}：{self.seal['by']} {self.seal['on']}；{self.facts!r}>"

    @cached_property
    def origins(self) -> pl.DataFrame:
        """Where every value came from: table, key, column, file, sha256, sheet, cell, raw.

        Raises SnapshotError where they are not there, or not those that were sealed.
        """
        return read_origins(self.path, self.seal)

    @classmethod
    def open(cls, path: Path) -> "Snapshot":
        """Read a snapshot and prove that its facts are those that were sealed.

        `path` is a seal's folder, or a store that holds exactly one seal.
        Raises SnapshotError where nothing is found, or where a file was altered.
        """
        folder = _seal_folder(Path(path))
        with uncollected():
            seal = read_seal(folder)
            facts = read_facts(folder.parent.parent / "facts" / seal["facts"], seal)
        return cls(folder, facts, seal)


def seal(report: Report, store: Path, *, year: int, by: str, on: date) -> Snapshot:
    """Freeze what was read and checked, and return the snapshot.

    Raises RefusedError where a finding is 必须改, and for anything that is no checked filing, such
    as the projection of a plan: only accepted filings become facts.
    """
    if not isinstance(report, Report):
        raise RefusedError(
            f"给出的是 {type(report).__name__}，不是读取并校验过的填报，不能封存。"
            "推演只是方案假设的结果，不是填报数据；请封存 junheng.check 的结果。"
        )
    blocking = report.at(Level.MUST_FIX)
    if blocking:
        raise RefusedError(
            f"还有 {len(blocking)} 处“必须改”，不能封存。请先运行 junheng check 查看，改正后再封存。"
        )
    facts = Facts.of(report.filing.records, year=year)
    origins = _origins(report)
    text = _seal_text(report, facts, digest_of_origins(origins, year), by=by, on=on)

    def write(folder: Path) -> None:
        (folder / SEAL).write_bytes(text)
        (folder / ORIGINS_FILE).write_bytes(parquet_of(origins))
        write_sums(folder)

    sealed = Snapshot(store / "seals" / _seal_id(year, text), facts, json.loads(text))
    folder = store / "facts" / facts.fingerprint
    if not place_folder(folder, lambda aside: write_facts(facts, aside)):
        _proved_again(folder, lambda: read_facts(folder, sealed.seal))
    if not place_folder(sealed.path, write):
        _proved_again(sealed.path, lambda: (read_seal(sealed.path), sealed.origins))
    return sealed


def _proved_again(folder: Path, prove: Callable[[], object]) -> None:
    """What is there already was put there by an earlier seal; it may have been damaged since."""
    try:
        prove()
    except SnapshotError as error:
        raise SnapshotError(
            f"库里已有同样的内容，但它坏了，所以没有封存。{error}"
            f"可以先运行 junheng store verify 查看，把“{folder}”移到别处，再封存一次。"
        ) from error


def seals_of(store: Path) -> list[Path]:
    """The folders of all seals of a store, in order; what a killed run left aside is none."""
    found = sorted((store / "seals").glob(f"*/{SEAL}"))
    return [each.parent for each in found if not each.parent.name.startswith(ASIDE)]


def read_seal(folder: Path) -> dict[str, Any]:
    """What was sealed. Raises SnapshotError where it is not what gave the folder its name."""
    try:
        text = (folder / SEAL).read_bytes()
    except OSError as error:
        raise SnapshotError(f"“{folder}”的封存记录读不出来：{error.strerror}。") from error
    altered = SnapshotError(
        f"“{folder}”的封存记录与其编号不符，封存后被改动过。请用原始备份，或重新封存。"
    )
    if not folder.name.endswith(_seal_id("", text)):
        raise altered
    try:
        content: dict[str, Any] = json.loads(text)
        known = all(each in content for each in NAMED) and isinstance(content["year"], int)
        named = known and _FINGERPRINT.fullmatch(content["facts"])
    except (ValueError, TypeError, RecursionError):
        named = None
    if not named or folder.name != _seal_id(content["year"], text):
        raise altered
    return content


def read_origins(folder: Path, seal: Mapping[str, Any]) -> pl.DataFrame:
    """The origins beside a seal, proved by it. Raises SnapshotError where they are not those sealed."""
    try:
        for name, what in faults_of_sums(folder):
            raise SnapshotError(f"封存“{folder}”里的 {name} {what}。请用原始备份，或重新封存。")
        found = stored_frame(folder / ORIGINS_FILE)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise SnapshotError(
            f"封存“{folder}”的来源表读不出来：{error}。请用原始备份，或重新封存。"
        ) from error
    told = seal.get("origins")
    if told is not None and told != digest_of_origins(found, seal["year"]):
        raise SnapshotError(
            f"封存“{folder}”的来源表与封存时的不符，封存后被改动过。请用原始备份，或重新封存。"
        )
    return found


def digest_of_origins(origins: pl.DataFrame, year: int) -> str:
    """Of the content, as facts have theirs: whatever wrote the Parquet around it."""
    return digest(canonical_text({"origins": origins}, year))


def _seal_text(report: Report, facts: Facts, origins: str, *, by: str, on: date) -> bytes:
    levels = {str(level): len(report.at(level)) for level in Level}
    content = {
        "format": FORMAT,
        "year": facts.year,
        "facts": facts.fingerprint,
        "origins": origins,
        "by": by,
        "on": on.isoformat(),
        "template": report.filing.template_version,
        "sources": _named(report.filing.sources),
        "findings": levels,
        "to_explain": [_asked(f) for f in report.at(Level.EXPLAIN)],
        "explained": [{**_asked(f), "explanation": f.explanation} for f in report.explained],
        "evidence": _named(report.evidence),
        "missing_schools": [list(each) for each in report.missing_schools],
        "unverified": [list(each) for each in report.unverified],
    }
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _named(sources: Iterable[Source]) -> list[dict[str, Any]]:
    return sorted(
        ({"file": s.file, "sha256": s.sha256, "bytes": s.size} for s in sources),
        key=lambda s: (s["file"], s["sha256"]),
    )


def _asked(each: Finding) -> dict[str, str]:
    """A finding that was 请说明, with the place of the value it is about."""
    return {
        "where": str(each.origin),
        "check": each.check,
        "found": each.found,
        "table": each.table,
        "key": joined_key(each.key),
        "column": each.column,
    }


def _seal_id(year: int | str, text: bytes) -> str:
    return f"{year}-{hashlib.sha256(text).hexdigest()[:12]}"


def _origins(report: Report) -> pl.DataFrame:
    hashes = {source.file: source.sha256 for source in report.filing.sources}
    rows = [
        (
            r.table,
            joined_key(r.key),
            c,
            e.origin.file,
            hashes.get(e.origin.file, ""),
            e.origin.sheet,
            e.origin.cell,
            e.origin.raw,
        )
        for r in report.filing.records
        for c, e in r.entries.items()
        if e.state is not State.BLANK
    ]
    return pl.DataFrame(sorted(rows), schema=dict.fromkeys(ORIGINS, pl.String()), orient="row")


def _seal_folder(path: Path) -> Path:
    if (path / SEAL).is_file():
        return path
    seals = seals_of(path)
    if len(seals) == 1:
        return seals[0]
    if seals:
        names = "、".join(each.name for each in seals)
        raise SnapshotError(
            f"“{path}”里有 {len(seals)} 次封存：{names}。请指明其中一个，例如 {seals[-1]}。"
        )
    raise SnapshotError(f"“{path}”里没有封存的数据。请先运行 junheng seal。")
