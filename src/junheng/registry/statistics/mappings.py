"""Which heading of which form is which field: `mappings/*.toml`, and files that a user adds.

A user's file is laid over those of the program: a form of the same number gets its further
fields, a field of the same column is replaced, a new form is added.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

import msgspec

from junheng.errors import DeclarationError
from junheng.registry.catalogue import school_columns, table_of
from junheng.registry.mapping_files import parsed, text_of
from junheng.registry.reading.words import unit_of
from junheng.schema import Column, Kind

CONVERTIBLE = {Kind.MONEY: ("元", "万元"), Kind.AREA: ("㎡",)}
"""Units in which a kind of number may stand; of other kinds the column's own unit alone."""
MEND = "请对照 docs/howto/import.md 的写法修改。"


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    pass


class Field(_Strict, frozen=True):
    """One field of the template and the header paths that give it."""

    column: str
    path: tuple[str, ...] = ()
    """Patterns, the preferred first; the first that a sheet has is taken."""
    sum_of: tuple[str, ...] = ()
    """Where no `path` is there: these are added, each must be there."""
    unit: str = ""
    """Unit of the numbers where neither heading nor sheet says one; else the column's own."""
    only: tuple[str, ...] = ()
    """School types for which the field is taken; empty: all."""
    values: dict[str, str] = {}
    """Word or code of the statistics → code of the template."""

    def reads(self, unit: str) -> Column:
        """The column with the unit in which the statistics give it."""
        column = school_columns()[self.column]
        if unit in ("", column.unit):
            return column
        return msgspec.structs.replace(column, unit=unit, maximum="")


class Form(_Strict, frozen=True):
    """One form of the statistics."""

    form: str
    """Its number: 教基3112."""
    title: str
    words: tuple[str, ...] = ()
    """Words of a title or a sheet's name that recognise it, where the number is not there."""
    known_by: tuple[str, ...] = ()
    """Header paths that recognise it together, where nothing else does."""
    known: tuple[str, ...] = ()
    """Header paths that are known and not used."""
    field: tuple[Field, ...] = ()


class Identity(_Strict, frozen=True):
    """Headings that any form may have: who the school is. Patterns as in `Field.path`."""

    school_code: tuple[str, ...] = ()
    school_name: tuple[str, ...] = ()
    school_type: tuple[str, ...] = ()
    location_unit: tuple[str, ...] = ()
    counts_as_school: tuple[str, ...] = ()


class Types(_Strict, frozen=True):
    """办学类型 of the statistics, by code or by word."""

    schools: dict[str, str] = {}
    """→ school_type of the template."""
    attached: tuple[str, ...] = ()
    """Classes attached to a school: they say nothing of the school's own type."""
    outside: dict[str, str] = {}
    """Not schools of the template → what they are."""


class Mapping(_Strict, frozen=True):
    """Everything the import knows of the statistics."""

    identity: Identity = Identity()
    types: Types = Types()
    sets: dict[str, tuple[str, ...]] = {}
    """School type → forms of its set."""
    form: tuple[Form, ...] = ()


@cache
def shipped() -> Mapping:
    """The mapping that comes with the program."""
    folder = files("junheng.registry.statistics") / "mappings"
    found = sorted((e for e in folder.iterdir() if e.name.endswith(".toml")), key=lambda e: e.name)
    read = [_parse(each.read_text(encoding="utf-8"), each.name) for each in found]
    return _laid(Mapping(), read)


def with_files(paths: Sequence[Path]) -> Mapping:
    """The program's mapping with the user's files laid over it, in their order.

    Raises MisuseError, UnreadableFileError, DeclarationError (every fault of a file at once).
    """
    return _laid(shipped(), [_parse(text_of(path), path.name) for path in paths])


def _parse(text: str, file: str) -> Mapping:
    try:
        read = parsed(text, file, Mapping, MEND)
    except msgspec.ValidationError as error:
        raise DeclarationError(file, *_in_chinese(str(error)), MEND) from error
    faults = [(file, where, found) for where, found in _faults(read)]
    if faults:
        raise DeclarationError.of_all(faults)
    return read


_ENGLISH = (
    (r"Object contains unknown field `(.*?)`", "有不认识的键“{}”"),
    (r"Object missing required field `(.*?)`", "缺少键“{}”"),
    (r"Expected `(.*?)`, got `(.*?)`", "应为 {}，写的是 {}"),
)


def _in_chinese(said: str) -> tuple[str, str]:
    """Where and what, out of the sentence of the decoder."""
    what, _, where = said.partition(" - at `$")
    place = where.rstrip("`").lstrip(".") or "最外层"
    for pattern, chinese in _ENGLISH:
        if found := re.match(pattern, what):
            return place, chinese.format(*found.groups())
    return place, what


def _faults(read: Mapping) -> Iterator[tuple[str, str]]:
    types = frozenset(school_columns()["school_type"].choices)
    for number, form in enumerate(read.form, 1):
        seen: set[tuple[str, tuple[str, ...]]] = set()
        for each in form.field:
            where = f"第 {number} 段 [[form]]（{form.form}）的 {each.column}"
            yield from ((where, found) for found in _field_faults(each, types))
            if (each.column, each.only) in seen:
                yield where, "这一栏写了两次"
            seen.add((each.column, each.only))
    wrong = sorted({*read.sets, *read.types.schools.values()} - types)
    if wrong:
        yield "sets、types", f"没有学校类型“{'、'.join(wrong)}”；可用：{'、'.join(sorted(types))}"


def _field_faults(each: Field, types: frozenset[str]) -> Iterator[str]:
    column = school_columns().get(each.column)
    if column is None:
        yield "模板里没有这一栏；可用的栏目见字段字典（docs/reference/fields.md）"
        return
    if not each.path and not each.sum_of:
        yield "没有写 path 或 sum_of，不知道取哪个表头"
    if any(not place.strip() for path in (*each.path, *each.sum_of) for place in path.split("/")):
        yield "表头路径里有空的一层"
    if wrong := sorted(set(each.only) - types):
        yield f"only 里没有学校类型“{'、'.join(wrong)}”；可用：{'、'.join(sorted(types))}"
    allowed = units_of(column)
    if each.unit and each.unit not in allowed:
        yield f"单位“{each.unit}”不能换算；可用：{'、'.join(allowed) or '不写单位'}"
    choices = {"true", "false"} if column.kind is Kind.BOOL else set(column.choices)
    if choices and (wrong := sorted(set(each.values.values()) - choices)):
        yield f"values 里没有选项“{'、'.join(wrong)}”；可用：{'、'.join(sorted(choices))}"


def units_of(column: Column) -> tuple[str, ...]:
    """The units in which the statistics may give a column."""
    own = (unit_of().get(column.unit, column.unit),) if column.unit else ()
    return CONVERTIBLE.get(column.kind, own)


def _laid(under: Mapping, over: Iterable[Mapping]) -> Mapping:
    """Each of `over` laid on what is under it."""
    for each in over:
        forms = {form.form: form for form in under.form}
        for form in each.form:
            forms[form.form] = _joined(forms[form.form], form) if form.form in forms else form
        under = Mapping(
            identity=_identity(under.identity, each.identity),
            types=Types(
                schools=under.types.schools | each.types.schools,
                attached=(*under.types.attached, *each.types.attached),
                outside=under.types.outside | each.types.outside,
            ),
            sets=under.sets | each.sets,
            form=tuple(forms.values()),
        )
    return under


def _identity(under: Identity, over: Identity) -> Identity:
    names = Identity.__struct_fields__
    return Identity(**{name: (*getattr(over, name), *getattr(under, name)) for name in names})


def _joined(under: Form, over: Form) -> Form:
    fields = {(each.column, each.only): each for each in under.field}
    fields |= {(each.column, each.only): each for each in over.field}
    return Form(
        form=under.form,
        title=over.title or under.title,
        words=(*over.words, *under.words),
        known_by=over.known_by or under.known_by,
        known=(*over.known, *under.known),
        field=tuple(fields.values()),
    )


def table_label(column: str) -> str:
    """The template's sheet in which a column stands."""
    return table_of(column).label
