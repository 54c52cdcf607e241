"""The yearly monitoring of a snapshot: one computation with its receipt, and its data files."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
import polars as pl

from junheng.diagnosis import Assessment, assess_facts
from junheng.freezing import frozen
from junheng.registry import Snapshot
from junheng.registry.facts_folder import parquet_of
from junheng.registry.whole_file import place
from junheng.standards import Document, Switches
from junheng.studies.receipt import Receipt, receipt_of
from junheng.studies.record import record
from junheng.studies.tables import indicator_rows, spread_rows


@frozen
class Study:
    """An assessment, the snapshot it was made from, and its receipt."""

    snapshot: Snapshot
    assessment: Assessment
    receipt: Receipt

    @cached_property
    def record(self) -> dict[str, Any]:
        """The documented JSON shape of the assessment."""
        return record(self.assessment, self.receipt)

    @cached_property
    def table(self) -> pl.DataFrame:
        """One row a judged number: part × indicator, then stage × CV; see `studies.tables`."""
        return pl.concat([indicator_rows(self.assessment), spread_rows(self.assessment)])


def assess(
    snapshot: Snapshot,
    *,
    on: date,
    scheme: str = "2017-quality",
    variant: str = "",
    relaxations: Sequence[str] = (),
    readings: Mapping[str, str] | None = None,
    drafts: tuple[Document, ...] = (),
) -> Study:
    """Judge a snapshot by what is in force on `on`.

    `variant` "" takes the scheme's default CV; `relaxations` are the exceptions switched on;
    `readings` says how open points are read (switch → option); `drafts` count as in force.
    Raises MisuseError where the scheme, a switch or the day is not known.
    """
    switches = switches_of(variant, relaxations, readings)
    assessment = assess_facts(
        snapshot.facts, on=on, scheme=scheme, switches=switches, drafts=drafts
    )
    return Study(snapshot, assessment, receipt_of(assessment, snapshot))


def switches_of(
    variant: str = "", relaxations: Sequence[str] = (), readings: Mapping[str, str] | None = None
) -> Switches:
    """What a user chose, in one order whatever the order of choosing."""
    return Switches(
        variant=variant,
        relaxations=tuple(sorted(set(relaxations))),
        readings=dict(sorted((readings or {}).items())),
    )


def write_data(study: Study, out: Path) -> list[Path]:
    """`assessment.json`, `assessment.parquet` and `receipt.json` in `out`, each written aside and renamed."""
    out.mkdir(parents=True, exist_ok=True)
    files = [out / "assessment.json", out / "assessment.parquet", out / "receipt.json"]
    place(files[0], lambda path: path.write_text(as_json(study.record), encoding="utf-8"))
    place(files[1], lambda path: path.write_bytes(parquet_of(study.table)))
    place(
        files[2], lambda path: path.write_text(as_json(study.receipt.to_json()), encoding="utf-8")
    )
    return files


def as_json(value: Any) -> str:
    """JSON as our files hold it: Chinese as it is, one space of indent, a last line end."""
    return msgspec.json.format(msgspec.json.encode(value), indent=1).decode() + "\n"
