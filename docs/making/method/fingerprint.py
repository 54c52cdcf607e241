"""The fingerprint of facts: its text, its SHA-256, and what does not change it."""

import hashlib
from collections.abc import Iterator

from worked.building import rows_of, school

from junheng.registry import Facts
from making.grids import grid
from making.method import written

PLAIN = {
    "school_code": "A",
    "school_name": "示例学校A",
    "school_type": "primary",
    "location_unit": "410199",
}


def _small(*, name: str = "示例学校A", turned: bool = False, blank: bool = False) -> Facts:
    rows: dict[str, list[dict[str, object]]] = {
        "schools": [PLAIN | {"school_name": name}, PLAIN | {"school_code": "B", "school_name": "示例学校B"}],
        "seats": [{"school_code": "A", "enrolment_primary": 100}, {"school_code": "B", "enrolment_primary": 300}],
    }  # fmt: skip
    if turned:
        rows = {table: listed[::-1] for table, listed in reversed(rows.items())}
    if blank:
        rows["finance"] = []
    return Facts.from_rows(rows, year=2025)


def text() -> Iterator[str]:
    """The canonical text of two schools, line by line."""
    yield "```text"
    yield from _small().canonical_text()
    yield "```"


def digest() -> Iterator[str]:
    lines = "".join(f"{line}\n" for line in _small().canonical_text())
    found = hashlib.sha256(lines.encode()).hexdigest()
    assert found == _small().fingerprint, "anyone can rebuild it"
    yield f"`{found}`"


def changes() -> Iterator[str]:
    """What leaves the fingerprint as it is, and what does not."""
    base = _small().fingerprint
    others = {
        "表、行的次序倒过来": _small(turned=True),
        "多一张没有一行的表": _small(blank=True),
        "校名改一个字": _small(name="示例学校甲"),
    }
    rows = [
        (change, f"`{facts.fingerprint[:16]}…`", "相同" if facts.fingerprint == base else "不同")
        for change, facts in others.items()
    ]
    yield from grid(("改动", "指纹", "与上面"), rows)


def worked_example(name: str) -> Iterator[str]:
    """The fingerprint of a whole worked example, in its own order and with its schools turned round."""
    declared = written.example(name)
    schools = [school(s.code, s.type, s.pupils, **s.filed) for s in declared.school]
    one, other = (
        Facts.from_rows(rows_of(listed), year=2025).fingerprint
        for listed in (schools, schools[::-1])
    )
    assert one == other
    yield f"`{one[:16]}…`"
