"""Sealing facts and opening them again: the only door between facts and the disk.

    STORE/facts/<fingerprint>/   one Parquet file a table, and facts.json
    STORE/seals/<id>/            seal.json (who, when, which files, which checks), origins.parquet

A snapshot is named by the path of its seal. Both folders are written aside and renamed, so a
half-written snapshot cannot be seen; facts with the same fingerprint are stored once.
"""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from junheng.errors import RefusedError, SnapshotError
from junheng.registry.facts import Facts, joined_key
from junheng.registry.facts_folder import read_facts, write_facts
from junheng.registry.filing import Finding, Level, Report, Source, State

ORIGINS = ("table", "key", "column", "file", "sha256", "sheet", "cell", "raw")
SEAL = "seal.json"


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
        """Where every value came from: table, key, column, file, sha256, sheet, cell, raw."""
        return pl.read_parquet(self.path / "origins.parquet")

    @classmethod
    def open(cls, path: Path) -> "Snapshot":
        """Read a snapshot and prove that its facts are those that were sealed.

        `path` is a seal's folder, or a store that holds exactly one seal.
        Raises SnapshotError where nothing is found, or where a file was altered.
        """
        folder = _seal_folder(Path(path))
        text = (folder / SEAL).read_bytes()
        seal = json.loads(text)
        if folder.name != _seal_id(seal["year"], text):
            raise SnapshotError(
                f"“{folder}”的封存记录与其编号不符，封存后被改动过。请用原始备份，或重新封存。"
            )
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
    _place(store / "facts" / facts.fingerprint, lambda folder: write_facts(facts, folder))
    text = _seal_text(report, facts, by=by, on=on)
    target = store / "seals" / _seal_id(year, text)

    def write(folder: Path) -> None:
        (folder / SEAL).write_bytes(text)
        _origins(report).write_parquet(folder / "origins.parquet")

    _place(target, write)
    return Snapshot(target, facts, json.loads(text))


def _seal_text(report: Report, facts: Facts, *, by: str, on: date) -> bytes:
    levels = {str(level): len(report.at(level)) for level in Level}
    content = {
        "format": "junheng seal 1",
        "year": facts.year,
        "facts": facts.fingerprint,
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


def _seal_id(year: int, text: bytes) -> str:
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
    seals = sorted((path / "seals").glob(f"*/{SEAL}"))
    if len(seals) == 1:
        return seals[0].parent
    if seals:
        names = "、".join(each.parent.name for each in seals)
        raise SnapshotError(
            f"“{path}”里有 {len(seals)} 次封存：{names}。请指明其中一个，例如 {seals[-1].parent}。"
        )
    raise SnapshotError(f"“{path}”里没有封存的数据。请先运行 junheng seal。")


def _place(target: Path, write: Any) -> None:
    """Run `write` in a folder beside `target` and rename it there; an existing target is kept."""
    if target.is_dir():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=".writing-", dir=target.parent))
    try:
        write(aside)
        aside.chmod(0o755)
        aside.rename(target)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
