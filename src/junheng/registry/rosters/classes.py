"""Classes of the list of classes against those in which pupils sit."""
# ruff: noqa: S608 - identifiers and constants of our own, quoted by `name` and `literal`

from collections.abc import Iterator, Sequence

from junheng.registry.filing import Finding, Level
from junheng.registry.rosters.engine import Engine
from junheng.registry.rosters.figuring import counted_only
from junheng.registry.rosters.findings import SHOWN, at_rows, finding
from junheng.registry.rosters.grouping import Grouped
from junheng.registry.rosters.parts import ROW, Part

CLASS = ("school_code", "grade", "class_no")


def class_findings(
    pupils: Grouped, listed: Grouped, pupil_parts: Sequence[Part], parts: Sequence[Part], db: Engine
) -> Iterator[Finding]:
    """Listed classes without a pupil, and pupils in classes that are not listed."""
    for found, other, its_parts in ((listed, pupils, parts), (pupils, listed, pupil_parts)):
        both = ", ".join(CLASS)
        db.run(
            f"CREATE OR REPLACE TABLE bad AS SELECT DISTINCT {both} FROM {found.table} "
            f"WHERE school_code IS NOT NULL AND grade IS NOT NULL AND class_no IS NOT NULL "
            f"AND {counted_only(found.roster)} EXCEPT SELECT {both} FROM {other.table} "
            f"WHERE {counted_only(other.roster)}"
        )
        if not db.rows("SELECT 1 FROM bad LIMIT 1"):
            continue
        for part in its_parts:
            joins = " ".join(
                f"JOIN {found.writings(each)} w_{each} ON w_{each}.raw = "
                f"coalesce(trim(p.{part.raw(each)}::VARCHAR), '')"
                for each in CLASS
            )
            matched = " AND ".join(f"bad.{each} = w_{each}.code" for each in CLASS)
            query = (
                f"SELECT count(*), min({ROW}, {SHOWN}) FROM {part.numbered} p {joins} "
                f"JOIN bad ON {matched}"
            )
            ((total, rows),) = db.rows(query, about=part.name)
            if total:
                yield _told(
                    part, at_rows([int(r) for r in rows], int(total)), empty=found is listed
                )


def _told(part: Part, where: str, *, empty: bool) -> Finding:
    if empty:
        return finding(
            "A08", Level.MUST_FIX, part.name, f"{where}的班没有一名学生",
            "台账上的班都要有学生", "请核对：班已撤的从班级台账删去，学生漏登的补进学籍",
        )  # fmt: skip
    return finding(
        "A09", Level.MUST_FIX, part.name, f"{where}的学生所在的班不在班级台账上",
        "学生的班都要在班级台账上", "请改正班级，或在班级台账里补上这个班",
    )  # fmt: skip
