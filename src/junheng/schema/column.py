"""How a column and a table are declared: one TOML declaration, many readers.

Template, reader, checks, data dictionary and the sample city are all driven by these structs.
Facts units follow from the type: `area` m² and `money` yuan are DECIMAL(18, 2), so that the
stored integer is 0.01 m² or fen; `coordinate` is DECIMAL(10, 6), `decimal` DECIMAL(18, 6); counts are integers.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

import msgspec


class Kind(StrEnum):
    """What a column holds; decides the cell format, the parser and the type in the facts."""

    INT = "int"
    AREA = "area"
    MONEY = "money"
    COORDINATE = "coordinate"
    DECIMAL = "decimal"
    BOOL = "bool"
    ENUM = "enum"
    TEXT = "text"
    CODE = "code"
    YEAR = "year"
    DATE = "date"


class Merge(StrEnum):
    """How rows that do not count as a school (不计校数) enter the parent's value."""

    SUM = "sum"
    MAX = "max"
    PARENT = "parent"


class Stage(StrEnum):
    """A stage of schooling; the order is the order of the parts."""

    PRIMARY = "primary"
    JUNIOR = "junior"
    SENIOR = "senior"

    @property
    def label(self) -> str:
        return {"primary": "小学", "junior": "初中", "senior": "高中"}[self.value]

    @property
    def part_label(self) -> str:
        """The name of a stage part of a combined school."""
        return f"{self.label}部"


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One column of a table, as declared in `registry/declarations/*.toml`."""

    name: str
    """Name in the facts and in the hidden code row: that of filing.md, with its unit suffix."""
    label: str
    """Official Chinese heading, without the unit."""
    number: str
    """Field number of filing.md: "10", "c4", "84"."""
    kind: Kind
    unit: str = ""
    """Unit of the heading: 人 个 ㎡ 万元 元 间 年. Money asked in 万元 is stored in yuan."""
    applies: str = "always"
    """Name of a condition of `registry.applicability`; where it is false the cell is —."""
    required: str = "always"
    """Condition under which an applicable cell must be filled; "never": it may stay blank."""
    minimum: str = "0"
    """Least value allowed, decimal text in the heading's unit."""
    maximum: str = ""
    """Greatest value allowed, decimal text; keeps every product inside 64 bits."""
    choices: dict[str, str] = {}
    """Code in the facts → Chinese word in the drop-down, for enum and coded columns."""
    pattern: str = ""
    """Regular expression that a code must match in full."""
    explained: bool = False
    """Carries a 异常说明 column beside it that answers 请说明."""
    fixed: bool = False
    """A fixed quantity: a jump against last year wants an explanation (K15)."""
    carried: bool = False
    """Stable from year to year: prefilled from last year's return (`template --from`)."""
    private: bool = False
    """Personal data: seen at the desk by who may, never by the public and never in an extract."""
    merge: Merge = Merge.PARENT
    by_stage: bool = False
    """In the TOML only: declared once, expanded into `_primary` and `_junior` on loading."""
    stage: Stage | None = None
    """Set by the expansion, or declared for a column of a single stage."""
    filing_name: str = ""
    """Name in filing.md where it differs from `name` (for example `equipment_value_wan`)."""
    used_by: tuple[str, ...] = ()
    """Indicator and exception codes that read this column."""
    note: str = ""
    """What the clerk must know; shown as the note of the heading cell."""
    example: str = ""
    """Value of the sample row on 填报说明."""

    @property
    def heading(self) -> str:
        """Heading as printed: the label with its unit, 教学仪器设备资产值（万元）."""
        return f"{self.label}（{self.unit}）" if self.unit else self.label


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """One declared table: a sheet of the template, a table of the facts."""

    name: str
    label: str
    """Sheet name in the template and file name of its CSV."""
    key: tuple[str, ...]
    """Columns that name a row; unique within a filing."""
    form: bool = False
    """True: one record filled downwards (the county sheet); False: one row a record."""
    per_school: bool = False
    """True: exactly one row for each school that files."""
    note: str = ""
    column: tuple[Column, ...] = ()

    def columns(self) -> Mapping[str, Column]:
        """The columns by name."""
        return self._by_name

    @cached_property
    def _by_name(self) -> Mapping[str, Column]:
        return MappingProxyType({each.name: each for each in self.column})
