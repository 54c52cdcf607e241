"""佐证材料: the county's papers, every school's, and those on which the exceptions lean.

In the `mixed` county a few are missing, one was returned and one lapses before the evaluation.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
import tomli

from junheng.registry.layout import EXPLANATION
from junheng.sample.character import Character
from junheng.sample.draws import stream
from junheng.sample.papers import hash_of

Row = dict[str, Any]
CLAIM_SHARE = 0.7
"""Share of the schools that may claim an exception and can show the papers for it."""
LACKS = (("QL7",), ("QL3", "QL8"))
"""What the first schools without papers lack, one entry a school."""
RETURNED, LAPSED = "QL6", "GV10"
CLAIMS = {
    "X1": "外来教师派任文件与课程表", "X2": "租赁合同、平面图与步行路线",
    "X3": "竣工验收材料、建设规划与三年计划", "X4": "班级清单",
    "X5": "竣工验收材料、建设规划与三年计划", "X6": "随迁子女人数表",
}  # fmt: skip


class Paper(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of paper of `evidence.toml`."""

    indicator: str
    title: str
    pages: int
    document_no: str | None = None
    issuer: str = ""
    issued: int = 0
    """Year of issue; 0: anew each school year."""
    valid_to: int = 0


class Papers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    county: tuple[Paper, ...]
    school: tuple[Paper, ...]


@cache
def kinds() -> Papers:
    text = (files("junheng.sample") / "evidence.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomli.loads(text), Papers)


def evidence_rows(
    seed: int,
    schools: Sequence[Row],
    *,
    code: str,
    year: int,
    character: Character,
    name: str,
) -> list[Row]:
    """Rows of the table `evidence`; `schools` are the wide records."""
    found = [_record(paper, code, name, year) for paper in kinds().county]
    for school in schools:
        founded = school["founding_year"]
        scope = school["school_code"]
        found += [_record(p, scope, name, year, founded) for p in kinds().school]
        found += list(_claims(seed, school, year, name))
    if character.lapsed("papers"):
        found = _spoilt(seed, schools, found, year)
    for row in found:
        row["sha256"] = hash_of("evidence", row)
    return found


def _record(paper: Paper, scope: str, county: str, year: int, founded: int = 0) -> Row:
    """One record; a paper of a year tells the year in its name, so that no two years clash.

    Before a standing paper was issued, one of the year takes its place.
    """
    if paper.issued > year:
        paper = msgspec.structs.replace(paper, issued=0, document_no=None)
    yearly = not paper.issued
    issued = date(year, 9, 8) if yearly else date(max(paper.issued, founded), 8, 20)
    until = date(year + 1, 8, 31) if yearly else None
    if paper.valid_to:
        until = date(paper.valid_to, 12, 31)
    when = f"{year}年" if yearly else ""
    return {
        "indicator": paper.indicator,
        "scope": scope,
        "file_name": f"{scope}-{paper.indicator}-{when}{paper.title}.txt",
        "title": f"{when}{paper.title}",
        "document_no": paper.document_no,
        "issuer": f"{county}{paper.issuer}" if paper.issuer else f"学校（{scope}）",
        "issued_on": issued,
        "valid_from": issued,
        "valid_to": until,
        "pages": paper.pages,
        "uploaded_by_role": "school" if len(scope) == 10 else "county",
        "review": "pass",
        "review_reason": None,
    }


def _claims(seed: int, school: Row, year: int, county: str) -> Iterator[Row]:
    """The papers behind the exceptions a school may claim; some schools have none."""
    chance = stream(seed, school["school_code"], "claims")
    for code, may in MAY_CLAIM.items():
        shown = chance.random() < CLAIM_SHARE or code in ("X2", "X6")
        if may(school) and shown:
            paper = Paper(indicator=code, title=CLAIMS[code], pages=8)
            yield _record(paper, school["school_code"], county, year)


def _compulsory(school: Row) -> int:
    return sum(int(school.get(f"enrolment_{s}") or 0) for s in ("primary", "junior"))


def _large(school: Row) -> bool:
    return _compulsory(school) > 2000


def _rooms(school: Row, *columns: str) -> bool:
    return any(school.get(column) for column in columns)


MAY_CLAIM: dict[str, Callable[[Row], bool]] = {
    "X1": lambda s: bool(s["rural_small_50_99"]),
    "X2": lambda s: bool(s["dense_urban_core"]),
    "X3": lambda s: s["built_by_2016"] and _rooms(s, "music_rooms_73_96", "art_rooms_67_90"),
    "X4": lambda s: (
        s["rural_small_max_class_lt30"]
        and _rooms(
            s, "music_rooms_54_61", "art_rooms_54_61", "music_rooms_61_73", "art_rooms_61_67"
        )
    ),
    "X5": lambda s: s["built_by_2010"] and _large(s),
    "X6": lambda s: _large(s) and s["migrant_children_enrolled"] * 2 > _compulsory(s),
}


def _spoilt(seed: int, schools: Sequence[Row], found: list[Row], year: int) -> list[Row]:
    """Some papers taken away, one sent back, one whose term ends with the year."""
    mains = sorted(s["school_code"] for s in schools if s["counts_as_school"] and _compulsory(s))
    chance = stream(seed, "papers", year)
    picked = chance.sample(mains, min(len(mains), len(LACKS) + 1))
    lacking = {(code, i) for code, lacks in zip(picked, LACKS, strict=False) for i in lacks}
    kept = [row for row in found if (row["scope"], row["indicator"]) not in lacking]
    returned = (picked[-1], RETURNED) if len(picked) > len(LACKS) else None
    for row in kept:
        if (row["scope"], row["indicator"]) == returned:
            row["review"], row["review_reason"] = "return", "评定结果未加盖公章"
        if row["indicator"] == LAPSED:
            row["valid_to"] = date(year, 12, 31)
            row["valid_to" + EXPLANATION] = "新一年的分配决定待编制部门批复后补充"
    return kept
