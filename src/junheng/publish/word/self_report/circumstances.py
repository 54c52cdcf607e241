"""二: how many schools, classes, pupils and teachers of which kind, as filed."""

from collections.abc import Callable, Iterator
from typing import Any

from junheng.diagnosis import CountyVerdict
from junheng.indicators.stages import pupils_of, sum_known
from junheng.publish.book.cells import Cell
from junheng.publish.book.columns import chosen
from junheng.publish.word.grid import Column
from junheng.publish.word.paper import Paper
from junheng.publish.word.telling import NO_SCHOOL, count
from junheng.registry import school_columns
from junheng.registry.settlements import SETTLEMENTS, settlement
from junheng.schema import Stage
from junheng.studies import Study

Row = dict[str, Any]
STAGES = (Stage.PRIMARY, Stage.JUNIOR)
TABLES = ("seats", "staffing")
COUNTED = "学校数含不计校数的校区、教学点和特殊教育学校；“缺数据”表示至少有一所学校没有填报。"


def circumstances(paper: Paper, study: Study, county: CountyVerdict) -> None:
    paper.heading("基本情况")
    rows = school_rows(study, county)
    if not rows:
        paper.text(NO_SCHOOL)
        return
    paper.heading("学校和学生", 2)
    pupils = "、".join(f"{stage.label}学生{count(pupils_in(rows, stage))}人" for stage in STAGES)
    private = sum(row["ownership"] == "private" for row in rows)
    paper.text(f"学校表所列学校（校区、教学点）{len(rows)}所，其中民办{private}所；{pupils}。")
    paper.table("按办学类型", _columns("办学类型"), list(_by(rows, _type, _types())))
    places = [*SETTLEMENTS.values(), ""]
    paper.table("按城乡", _columns("城乡"), list(_by(rows, _place, places)), note=COUNTED)
    paper.heading("班级和教师", 2)
    for stage in STAGES:
        classes = filed(rows, f"class_count_{stage}", stage)
        teachers = filed(rows, f"full_time_teachers_{stage}", stage)
        paper.text(f"{stage.label}班级{count(classes)}个，专任教师{count(teachers)}人。")


def school_rows(study: Study, county: CountyVerdict) -> list[Row]:
    """Every row of 学校表 in the county, with what it filed of pupils, classes and teachers."""
    facts = study.snapshot.facts
    held = {
        table: {row["school_code"]: row for row in facts[table].iter_rows(named=True)}
        for table in TABLES
    }
    empty = {table: dict.fromkeys(facts[table].columns) for table in TABLES}
    return [
        {**empty["seats"], **empty["staffing"], **held["seats"].get(code, {}),
         **held["staffing"].get(code, {}), **row}
        for row in facts["schools"].iter_rows(named=True)
        if row["location_unit"] == county.code and (code := row["school_code"])
    ]  # fmt: skip


def _columns(of: str) -> list[Column]:
    return [
        Column(of, 44),
        Column("学校（所）", 28, "center"),
        Column("其中民办（所）", 28, "center"),
        Column("小学学生（人）", 28, "center"),
        Column("初中学生（人）", 28, "center"),
    ]


def _by(rows: list[Row], of: Callable[[Row], str], groups: list[str]) -> Iterator[list[Cell]]:
    for group in groups:
        here = [row for row in rows if of(row) == group]
        if here:
            yield _counted(group or "未填报", here)
    yield _counted("合计", rows)


def _counted(name: str, rows: list[Row]) -> list[Cell]:
    private = sum(row["ownership"] == "private" for row in rows)
    return [name, len(rows), private, *(count(pupils_in(rows, stage)) for stage in STAGES)]


def _type(row: Row) -> str:
    return chosen("school_type", row["school_type"])


def _types() -> list[str]:
    return [*school_columns()["school_type"].choices.values(), ""]


def _place(row: Row) -> str:
    return settlement(row["urban_rural_code"])


def pupils_in(rows: list[Row], stage: Stage) -> int | None:
    """Pupils of a stage; None where a school filed none."""
    total = sum_known(_enrolled(row, stage) for row in rows)
    return None if total is None else int(total)


def _enrolled(row: Row, stage: Stage) -> int | None:
    """Pupils of a stage, special education included, which the assessment leaves out."""
    measured = pupils_of(row, stage)
    return int(row[f"enrolment_{stage}"] or 0) if measured == 0 else measured


def filed(rows: list[Row], column: str, stage: Stage) -> int | None:
    """The sum; a blank counts as missing only where there are pupils of the stage."""
    total = sum_known(
        (row[column] or 0) if _enrolled(row, stage) == 0 else row[column] for row in rows
    )
    return None if total is None else int(total)
