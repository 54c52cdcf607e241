"""The receipt of a bulk assessment: inputs, rules, engine and code that made it."""

import hashlib
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from junheng.indicators import CATALOGUE
from junheng.studies.national.assessing import Bulk
from junheng.studies.national.engines import Engine, listed
from junheng.studies.receipt import clauses_of, code_sha256
from junheng.studies.rounding import natural

FORMAT = "junheng national 1"
CHUNK = 1 << 20


def receipt_of(
    bulk: Bulk, engine: Engine, inputs: Sequence[dict[str, Any]], *, on: date, scheme: str
) -> dict[str, Any]:
    """As plain data; `inputs` are what `inputs_told` says of the files."""
    clauses = {
        tuple(sorted(each.items())): each
        for standard in bulk.demanded.different
        for each in clauses_of(standard)
    }
    return {
        "format": FORMAT,
        "inputs": [*inputs],
        "rows": int(bulk.inputs.counties["rows"].sum()),
        "years": sorted(bulk.inputs.counties["year"].unique().to_list()),
        "on": on.isoformat(),
        "scheme": scheme,
        "variant": bulk.demanded.variant,
        "relaxations": [],
        "readings": {},
        "gap_steps": {
            code: natural(CATALOGUE[code].step) + CATALOGUE[code].gap_unit
            for code in bulk.demanded.codes
        },
        "clauses": [clauses[key] for key in sorted(clauses)],
        "engine": {"name": engine.name, **engine.versions(), "narwhals": version("narwhals")},
        "code_version": version("junheng"),
        "code_sha256": code_sha256(),
    }


def inputs_told(paths: Sequence[str]) -> list[dict[str, Any]]:
    """Local files with their SHA-256, other addresses as they were given."""
    return [each for path in paths for each in _inputs(path)]


def _inputs(path: str) -> list[dict[str, Any]]:
    if "://" in path:
        return [{"address": path}]
    return [
        {"file": file, "sha256": _sha256(Path(file)), "bytes": Path(file).stat().st_size}
        for file in listed(path)
    ]


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
