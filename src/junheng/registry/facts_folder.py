"""The folder of some facts on the disk: written once, read and proved for ever.

One Parquet file a table, facts.json and files.json (the sums). Tables and columns are declared as the years go by: what
an older folder lacks was not asked then and opens empty; what a newer one holds beyond ours is
refused, for it would be lost.
"""

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from junheng.errors import SnapshotError
from junheng.registry.catalogue import tables
from junheng.registry.facts import (
    FORMAT,
    FORMAT_1,
    MARKS,
    Facts,
    canonical_text,
    digest,
    schema_of,
)
from junheng.registry.store_sums import faults_of_sums, write_sums

FACTS_NOTE = "facts.json"
MARKS_NAME = "marks"
BACKUP = "请用备份恢复，或重新封存"


def write_facts(facts: Facts, folder: Path) -> None:
    """Write every table, the marks, the note that lists them, and the sums of all these files."""
    for name, frame in {**facts.frames, MARKS_NAME: facts.marks}.items():
        (folder / f"{name}.parquet").write_bytes(parquet_of(frame))
    note = {
        "format": FORMAT,
        "year": facts.year,
        "fingerprint": facts.fingerprint,
        "tables": sorted(facts.frames),
    }
    (folder / FACTS_NOTE).write_text(
        json.dumps(note, ensure_ascii=False, indent=1), encoding="utf-8"
    )
    write_sums(folder)


def read_facts(folder: Path, seal: Mapping[str, Any]) -> Facts:
    """The facts in a folder, proved to be those that `seal` names.

    Raises SnapshotError where the folder is not there, cannot be read, was altered, or was written
    by a later version that knows more tables or columns.
    """
    form, stored = proved_facts(folder, seal)
    facts = _completed(folder, stored, seal["year"])
    if form == FORMAT:  # Completing adds empty columns only, which leave no trace in a fingerprint.
        vars(facts)["fingerprint"] = seal["facts"]
    return facts


def proved_facts(folder: Path, seal: Mapping[str, Any]) -> tuple[str, dict[str, pl.DataFrame]]:
    """The format and the tables as they stand in the folder, where they are those sealed.

    Raises SnapshotError as `read_facts` does, but not for what only a later version knows.
    """
    if not (folder / FACTS_NOTE).is_file():
        raise SnapshotError(f"找不到事实“{folder}”。请连同 facts 文件夹一起搬动整个库。")
    note, stored = _stored(folder)
    form = note.get("format")
    if form not in (FORMAT, FORMAT_1):
        raise SnapshotError(f"事实“{folder}”的格式是“{form}”，本程序不认识。请升级程序。")
    if digest(canonical_text(stored, seal["year"], form)) != seal["facts"]:
        raise SnapshotError(
            f"事实“{folder}”与封存时的指纹不符，封存后被改动过。请用原始备份，或重新封存。"
        )
    return form, stored


def _stored(folder: Path) -> tuple[dict[str, Any], dict[str, pl.DataFrame]]:
    """The note and every table it lists, after the sums: what was altered is never parsed."""
    try:
        for name, what in faults_of_sums(folder):
            raise SnapshotError(f"事实“{folder}”里的 {name} {what}。{BACKUP}。")
        note = json.loads((folder / FACTS_NOTE).read_bytes())
        names = [*note["tables"], MARKS_NAME]
        return note, {name: stored_frame(folder / f"{name}.parquet") for name in names}
    except (pl.exceptions.PolarsError, OSError, ValueError, KeyError, TypeError) as error:
        raise SnapshotError(f"事实“{folder}”读不出来：{error}。{BACKUP}。") from error


def parquet_of(frame: pl.DataFrame) -> bytes:
    """A table as the bytes of a Parquet file.

    Polars writing to the disk itself does not always say that the disk is full.
    """
    content = io.BytesIO()
    frame.write_parquet(content)
    return content.getvalue()


def stored_frame(path: Path) -> pl.DataFrame:
    """One Parquet file; bytes that make the reader give up altogether are an error like others."""
    try:
        return pl.read_parquet(path)
    except pl.exceptions.PanicException as error:
        raise pl.exceptions.ComputeError(f"{path.name}：{error}") from error


def _completed(folder: Path, stored: Mapping[str, pl.DataFrame], year: int) -> Facts:
    """Tables and columns as they are declared today."""
    schemas = {name: schema_of(table) for name, table in tables().items()}
    unknown = sorted(_unknown(stored, {**schemas, MARKS_NAME: MARKS}))
    if unknown:
        raise SnapshotError(
            f"事实“{folder}”里有本程序不认识的内容：{'、'.join(unknown)}。请升级程序再打开。"
        )
    try:
        frames = {
            name: _as_declared(stored.get(name, pl.DataFrame()), schema)
            for name, schema in schemas.items()
        }
    except pl.exceptions.PolarsError as error:
        raise SnapshotError(f"事实“{folder}”的栏目类型不对：{error}。{BACKUP}。") from error
    return Facts(year, frames, stored[MARKS_NAME].select(list(MARKS)))


def _unknown(stored: Mapping[str, pl.DataFrame], schemas: Mapping[str, pl.Schema]) -> set[str]:
    """Tables and columns with a value that no declaration knows."""
    return {
        name if name not in schemas else f"{name}.{column.name}"
        for name, frame in stored.items()
        for column in frame
        if column.name not in schemas.get(name, ()) and column.null_count() < len(column)
    }


def _as_declared(frame: pl.DataFrame, schema: pl.Schema) -> pl.DataFrame:
    """The declared columns in their order; one that is not there is empty."""
    if not frame.width:
        return schema.to_frame()
    if frame.schema == schema:
        return frame
    return frame.select(
        pl.col(name).cast(kind) if name in frame.columns else pl.lit(None, kind).alias(name)
        for name, kind in schema.items()
    )
