"""The papers behind the records: small invented text files, the same bytes for the same record.

A record's hash is that of the very file that `write_evidence` writes for it.
"""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from junheng.registry.whole_file import write_whole
from junheng.sample.draws import DEMONSTRATION
from junheng.sample.marks import Rows

Row = Mapping[str, Any]
NAMED_BY = {"evidence": "file_name", "official_results": "document", "statements": "document"}
"""Table → the column that names the file."""
TOLD = {
    "evidence": ("scope", "indicator", "title", "document_no", "issuer", "issued_on"),
    "official_results": ("county_code", "indicator", "issuer", "published_on"),
    "statements": ("county_code", "item", "signed_by", "signed_on"),
}
"""Table → the columns that the file tells; what a review adds later changes no paper."""


def paper_of(table: str, row: Row) -> bytes:
    """The content of the file behind one record of `evidence`, `official_results` or `statements`."""
    told = [str(row[column]) for column in TOLD[table] if row.get(column) is not None]
    lines = [f"{DEMONSTRATION}：本文件为虚构，不涉及任何真实单位。", row[NAMED_BY[table]], *told]
    return ("\n".join(lines) + "\n").encode()


def hash_of(table: str, row: Row) -> str:
    return sha256(paper_of(table, row)).hexdigest()


def papers(rows: Rows) -> Iterator[tuple[str, bytes]]:
    """(file name, content) of every record that tells a hash."""
    for table, column in NAMED_BY.items():
        for row in rows.get(table, []):
            if row.get("sha256"):
                yield row[column], paper_of(table, row)


def write_evidence(rows: Rows, folder: Path) -> int:
    """Write the files behind all records of a county and year into `folder`; their number."""
    folder.mkdir(parents=True, exist_ok=True)
    found = dict(papers(rows))
    for name, content in found.items():
        write_whole(folder / name, content)
    return len(found)
