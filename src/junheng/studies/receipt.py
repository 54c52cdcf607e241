"""The receipt of a study: everything that must be the same for the result to be the same."""

import hashlib
import os
from datetime import date
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from junheng.diagnosis import Assessment
from junheng.freezing import frozen
from junheng.registry import Snapshot
from junheng.standards import Standard

SUFFIXES = (".py", ".toml", ".json")
"""Of the files that are code or rules."""


@frozen
class Receipt:
    """Facts, rules, switches and code of one study."""

    facts: str
    seal: str
    year: int
    on: date
    scheme: str
    variant: str
    relaxations: tuple[str, ...]
    readings: dict[str, str]
    """Open points read otherwise than by default: switch → option."""
    clauses: tuple[dict[str, str], ...]
    """Every clause in force that took part: county, code, document, article, source, confidence."""
    code_version: str

    @property
    def code_sha256(self) -> str:
        """Of this program, hashed when it is first asked for: a thousand files, which a study that
        is only looked at need not wait for."""
        return code_sha256()

    def to_json(self) -> dict[str, Any]:
        return {
            "facts": self.facts,
            "seal": self.seal,
            "year": self.year,
            "on": self.on.isoformat(),
            "scheme": self.scheme,
            "variant": self.variant,
            "relaxations": list(self.relaxations),
            "readings": dict(sorted(self.readings.items())),
            "clauses": list(self.clauses),
            "code_version": self.code_version,
            "code_sha256": self.code_sha256,
        }


def receipt_of(assessment: Assessment, snapshot: Snapshot) -> Receipt:
    standards = [county.standard for county in assessment.counties]
    clauses = {
        tuple(sorted(each.items())): each for standard in standards for each in clauses_of(standard)
    }
    return Receipt(
        facts=assessment.facts,
        seal=snapshot.path.name,
        year=assessment.year,
        on=assessment.on,
        scheme=assessment.scheme,
        variant=standards[0].variant if standards else "",
        relaxations=standards[0].switches.relaxations if standards else (),
        readings=standards[0].switches.readings if standards else {},
        clauses=tuple(clauses[key] for key in sorted(clauses)),
        code_version=version("junheng"),
    )


def clauses_of(standard: Standard) -> list[dict[str, str]]:
    """The clauses in force and the relaxations switched on, as plain rows."""
    rows = [
        {
            "code": code,
            "document": demand.document.name,
            "title": demand.document.title,
            "article": demand.clause.article,
            "gist": demand.clause.gist,
            "source": demand.clause.source,
            "confidence": demand.clause.confidence,
            "note": demand.clause.note,
        }
        for code, demand in sorted(standard.demands.items())
    ]
    for code in standard.switches.relaxations:
        relaxation, document = standard.relaxations[code]
        rows.append(
            {
                "code": code,
                "document": document.name,
                "title": document.title,
                "article": relaxation.article,
                "gist": relaxation.gist,
                "source": relaxation.source,
                "confidence": relaxation.confidence,
                "note": relaxation.reason_off,
            }
        )
    return rows


@cache
def code_sha256() -> str:
    """SHA-256 over every code and rule file of the package, names and contents, in order."""
    digest = hashlib.sha256()
    for name, content in _walk(files("junheng"), ""):
        digest.update(f"{name}\n".encode())
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()


def _walk(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    if isinstance(folder, Path):
        return _walk_on_disk(folder, prefix)
    found: list[tuple[str, bytes]] = []
    for each in sorted(folder.iterdir(), key=lambda f: f.name):
        if each.is_dir() and each.name != "__pycache__":
            found += _walk(each, f"{prefix}{each.name}/")
        elif each.name.endswith(SUFFIXES):
            found.append((prefix + each.name, each.read_bytes()))
    return found


def _walk_on_disk(folder: str | Path, prefix: str) -> list[tuple[str, bytes]]:
    """The same, in half the time: a thousand files are a fifth of a small study."""
    found: list[tuple[str, bytes]] = []
    with os.scandir(folder) as listed:
        entries = sorted(listed, key=lambda each: each.name)
    for each in entries:
        if each.is_dir() and each.name != "__pycache__":
            found += _walk_on_disk(each.path, f"{prefix}{each.name}/")
        elif each.name.endswith(SUFFIXES):
            with open(each.path, "rb", buffering=0) as file:  # noqa: PTH123 - a path costs as much as the file
                found.append((prefix + each.name, file.read()))
    return found
