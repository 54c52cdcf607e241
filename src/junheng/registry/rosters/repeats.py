"""Keys that occur twice, in small memory: 64-bit digests first, then the few that meet, exactly.

Only digests are ever held, or spilled where there are too many rows for one go; the keys
themselves are compared inside the one query that looks the suspects up.
"""
# ruff: noqa: S608 - identifiers and constants of our own, quoted by `name` and `literal`

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from junheng.registry.rosters.engine import Engine, literal
from junheng.registry.rosters.parts import ROW, Part

AT_ONCE = 8_000_000
"""Rows whose digests are compared in one go: 64 MB and as much again."""
MOST_SUSPECTS = 1_000_000


@dataclass(frozen=True)
class Repeats:
    """What was found among the keys of all rows of a register."""

    files: Mapping[str, tuple[int, list[int]]]
    """File → how many of its rows share their key with another row, and the first of them."""
    compared: int
    """Rows whose key has no empty part."""


def repeats(parts: Sequence[Part], among: Sequence[str], db: Engine) -> Repeats:
    """Rows that share their key. `among` is one condition a part: only such rows are compared."""
    suspects, compared = _suspects(parts, among, db)
    if suspects.is_empty():
        return Repeats({}, compared)
    suspects = suspects.head(MOST_SUSPECTS)
    db.run("CREATE OR REPLACE TABLE suspects (h UBIGINT)")
    db.run("INSERT INTO suspects SELECT unnest(?::UBIGINT[])", [suspects.to_list()])
    looked = " UNION ALL ".join(
        f"SELECT {number} AS part, {ROW} AS row, {_row_key(part)} AS key FROM {part.numbered} "
        f"WHERE ({where}) AND {part.key()} IN (SELECT h FROM suspects)"
        for number, (part, where) in enumerate(zip(parts, among, strict=True))
    )
    db.run(
        "CREATE OR REPLACE TABLE repeated AS SELECT part, row FROM "
        f"(SELECT part, row, count(*) OVER (PARTITION BY key) AS times FROM ({looked})) "
        "WHERE times > 1"
    )
    counted = db.rows(
        "SELECT part, count(*), list(row ORDER BY row)[:12] FROM repeated GROUP BY part ORDER BY part"
    )
    files = {parts[number].name: (int(total), list(rows)) for number, total, rows in counted}
    return Repeats(files, compared)


def _row_key(part: Part) -> str:
    return "[" + ", ".join(part.key_text(each) for each in part.roster.key) + "]"


def _suspects(parts: Sequence[Part], among: Sequence[str], db: Engine) -> tuple[pl.Series, int]:
    """Digests that occur more than once, and how many rows were compared."""
    looked = " UNION ALL ".join(
        f"SELECT {part.key()} AS h FROM {part.scan} WHERE ({where}) AND {part.filled()}"
        for part, where in zip(parts, among, strict=True)
    )
    pieces = sum(part.rows for part in parts) // AT_ONCE + 1
    if pieces == 1:
        digests = db.frame(looked)["h"]
        return _twice(digests), len(digests)
    with tempfile.TemporaryDirectory(prefix="junheng-") as folder:
        spilled = Path(folder) / "digests"
        db.run(
            f"COPY (SELECT h, (h >> 40) % {pieces} AS piece FROM ({looked})) TO {literal(str(spilled))} "
            "(FORMAT parquet, PARTITION_BY (piece), COMPRESSION uncompressed)"
        )
        found, compared = [], 0
        for each in sorted(spilled.iterdir()):
            digests = pl.read_parquet(each / "*.parquet", columns=["h"])["h"]
            found.append(_twice(digests))
            compared += len(digests)
    return pl.concat(found), compared


def _twice(digests: pl.Series) -> pl.Series:
    """The digests that stand more than once, each once."""
    ordered = digests.sort()
    return ordered.filter((ordered == ordered.shift(1)).fill_null(value=False)).unique()
