"""What an import speaks of: headings, sheets of the statistics, values with their places."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from junheng.registry.filing import Finding, Level, Origin, Source, Value
from junheng.registry.reading.addresses import address
from junheng.registry.reading.sandbox.wire import Row
from junheng.registry.statistics.mappings import Field, Form

Hidden = Literal["ask", "read", "skip"]
"""What to do with what the eye does not see: stop and ask, read it all the same, leave it out."""


@dataclass(frozen=True)
class Heading:
    """One column of a sheet and the path of headings above it, outermost first."""

    column: int
    row: int
    """The row of its innermost heading."""
    path: tuple[str, ...]
    """Evened out for comparing: 计 for 合计 and 总计, no unit, no spaces."""
    shown: str
    """As printed: 在校生数/合计."""
    unit: str = ""
    """The unit that stands in a heading of the path."""
    hidden: bool = False

    @property
    def cell(self) -> str:
        return address(self.row, self.column)


@dataclass(frozen=True)
class Head:
    """The heading block of a sheet."""

    headings: tuple[Heading, ...]
    first_row: int
    """The first row of data."""
    above: tuple[str, ...]
    """Texts over the headings: the title, the number of the form, the school year, the unit."""


@dataclass(frozen=True)
class Taken:
    """Which headings of a sheet give which field."""

    field: Field
    headings: tuple[Heading, ...]
    """Several where they are added."""
    unit: str
    """The unit in which the numbers stand."""


@dataclass
class Page:
    """One sheet of the statistics, its headings understood."""

    file: str
    sheet: str
    form: Form
    known_how: str
    """By what the form was recognised."""
    head: Head
    taken: list[Taken]
    unknown: list[Heading]
    """Headings that no field and no list of known ones takes."""
    rows: list[Row]
    year: int | None
    date_1904: bool = False
    subtotals: list[int] = field(default_factory=list)
    """Rows passed over because they are sums."""
    left_out: dict[str, int] = field(default_factory=dict)
    """Why rows were left out → how many."""

    def origin(self, row: int, headings: tuple[Heading, ...], raw: str) -> Origin:
        cells = "+".join(address(row, each.column) for each in headings)
        return Origin(self.file, self.sheet, cells, raw)


@dataclass(frozen=True, slots=True)
class Found:
    """A value of one school, and where it stands."""

    value: Value
    page: Page
    row: int
    taken: Taken
    raw: str

    @property
    def origin(self) -> Origin:
        return self.page.origin(self.row, self.taken.headings, self.raw)


@dataclass(frozen=True)
class Asked:
    """How much of one table the statistics filled and how much is left to type, in cells."""

    label: str
    filled: int
    left: int
    """Cells that must be typed whatever the others turn out to say."""
    perhaps: int
    """Cells that must be typed if another answer makes them apply."""
    columns: tuple[str, ...]
    """Labels of the columns left to type, those with most cells first."""


@dataclass(frozen=True)
class Imported:
    """What came of an import; nothing is written by making it."""

    pages: tuple[Page, ...]
    findings: tuple[Finding, ...]
    sources: tuple[Source, ...]
    values: Mapping[str, Mapping[str, Found]]
    """School code → column → value."""
    county: Mapping[str, Value]
    """What the county form says of itself: code, name, year."""
    asked: tuple[Asked, ...]
    inapplicable: Mapping[str, frozenset[str]]
    """School code → blank columns that do not apply whatever else the school will file."""

    @property
    def blocking(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.level is Level.MUST_FIX)
