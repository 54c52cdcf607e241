"""The declared tables, read once from `declarations/*.toml` in the order of their file names."""

from functools import cache
from importlib.resources import files

import msgspec
import tomli

from junheng.errors import DeclarationError
from junheng.schema import Column, Stage, Table

STAGES_FILED = (Stage.PRIMARY, Stage.JUNIOR)


def _expand(column: Column) -> list[Column]:
    """A `by_stage` column becomes one column for each compulsory stage."""
    if not column.by_stage:
        return [column]
    return [
        msgspec.structs.replace(
            column,
            name=f"{column.name}_{stage}",
            label=f"{stage.label}{column.label}",
            applies=stage.value if column.applies == "always" else f"{column.applies}_{stage}",
            by_stage=False,
            stage=stage,
        )
        for stage in STAGES_FILED
    ]


def _load(text: str, file: str) -> Table:
    try:
        table = msgspec.convert(tomli.loads(text), Table)
    except (tomli.TOMLDecodeError, msgspec.ValidationError) as error:
        raise DeclarationError(file, "声明", str(error)) from error
    columns = tuple(each for column in table.column for each in _expand(column))
    return msgspec.structs.replace(table, column=columns)


@cache
def tables() -> dict[str, Table]:
    """All declared tables by name, in template order, `by_stage` columns expanded."""
    folder = files("junheng.registry") / "declarations"
    found = sorted(
        (each for each in folder.iterdir() if each.name.endswith(".toml")), key=lambda f: f.name
    )
    loaded = [
        _load(each.read_text(encoding="utf-8"), each.name)
        for each in found
        if each.name[0].isdigit()
    ]
    return {table.name: table for table in loaded}


@cache
def school_columns() -> dict[str, Column]:
    """Every column of the per-school tables by name: one wide record a school."""
    return {
        column.name: column
        for table in tables().values()
        if table.per_school
        for column in table.column
    }


@cache
def table_of(column: str) -> Table:
    """The per-school table that holds `column`; keys belong to `schools`."""
    return next(t for t in tables().values() if t.per_school and column in t.columns())
