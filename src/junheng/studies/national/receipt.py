"""The receipt of a bulk assessment: inputs, rules, engine and code that made it."""

import hashlib
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from importlib.metadata import version
from pathlib import Path
from threading import Event
from typing import Any, TypeAlias

from junheng.indicators import CATALOGUE
from junheng.studies.national.assessing import Bulk
from junheng.studies.national.engines import Engine, listed
from junheng.studies.receipt import clauses_of, code_sha256
from junheng.studies.rounding import natural

FORMAT = "junheng national 1"
CHUNK = 1 << 20
Told: TypeAlias = list[dict[str, Any]]
"""An entry a file or address."""


def receipt_of(
    bulk: Bulk, engine: Engine, inputs: Told, *, on: date, scheme: str
) -> dict[str, Any]:
    """As plain data; `inputs` are what `inputs_told` tells."""
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


@contextmanager
def inputs_told(paths: Sequence[str]) -> Iterator[Future[Told]]:
    """Local files with their SHA-256, other addresses as they were given; told by a thread.

    Hashing needs no GIL, so that it goes on while Python reads the rules. When the body ends, by a
    refusal or Ctrl-C as well, hashing ends after the piece it is at: nobody waits for the rest.
    """
    stop = Event()
    with ThreadPoolExecutor(1) as beside:
        try:
            yield beside.submit(_told, paths, stop)
        finally:
            stop.set()


def _told(paths: Sequence[str], stop: Event) -> Told:
    return [each for path in paths for each in _inputs(path, stop)]


def _inputs(path: str, stop: Event) -> Told:
    if "://" in path:
        return [{"address": path}]
    return [
        {"file": file, "sha256": _sha256(Path(file), stop), "bytes": Path(file).stat().st_size}
        for file in listed(path)
    ]


def _sha256(path: Path, stop: Event) -> str:
    """Raises CancelledError where nobody asks for it any more."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            if stop.is_set():
                raise CancelledError
            digest.update(chunk)
    return digest.hexdigest()
