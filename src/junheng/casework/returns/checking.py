"""One return under all checks that it can answer alone.

The checks are those of a whole county. What is the county office's to fill, or needs the other
schools, is left to the joined check before sealing; what the office knows of the school (its
lineage) stands beside the return while it is checked.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from junheng.casework.returns.joining import records_of
from junheng.casework.returns.nouns import COUNTY_OWN, NAMING, Owner, Return, Row
from junheng.registry import Facts, Filing, Finding, Level, Origin, Record, check, read
from junheng.registry.catalogue import tables
from junheng.registry.facts import joined_key

WHOLE = {
    "school": {
        "K3.3": "主校的填报由主校自己交",
        "K7.4": "认定范围在区县填报表里",
        "K11.9": "其他学校在不在，由区县填报表的名册说明",
        "K13.2": "全县合计要等各校都交了才有",
    },
    "county": {"K11.1": "各校各自填报"},
}
"""Kind of owner → checks that need the returns of others, with the reason; the joined check runs them."""
BESIDE_FILE = "区县填报表（另件）"
BESIDE = ("lineage",)
"""Tables of the county office that speak of single schools."""


@dataclass(frozen=True)
class Context:
    """What is known beside a return: the county office's rows, and the facts of earlier years."""

    beside: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    last: tuple[Facts, ...] = ()


def read_and_check(
    path: Path, owner: Owner, *, name: str, sha256: str, year: int, on: date, context: Context
) -> Return:
    """The return in the workbook at `path`, spoken of as `name`. What is wrong is in its findings."""
    filing = read([path])
    if path.name != name:
        filing = _renamed(filing, path.name, name)
    return check_return(filing, owner, name=name, sha256=sha256, year=year, on=on, context=context)


def check_return(
    filing: Filing, owner: Owner, *, name: str, sha256: str, year: int, on: date, context: Context
) -> Return:
    """Every problem that the owner of the return can mend, and no other."""
    held = tuple(each for each in filing.records if _belongs(each, owner))
    beside = tuple(
        each
        for table in BESIDE
        if owner.school and not any(r.table == table for r in held)
        for each in records_of({table: context.beside.get(table, ())}, file=BESIDE_FILE)
    )
    report = check(
        replace(filing, records=(*held, *beside)), year=year, last=list(context.last), on=on
    )
    # Whether the county has special schools is not seen from its own sheet: no cell is — for that.
    kept = report.filing.records if owner.school else held
    records = [each for each in kept if each.origin.file != BESIDE_FILE]
    found = (*_strangers(filing, owner), *(f for f in report.findings if _concerns(f, owner)))
    facts = Facts.of(records, year=year)
    rows = {n: list(frame.iter_rows(named=True)) for n, frame in facts.frames.items() if len(frame)}
    return Return(owner, year, name, sha256, rows, list(facts.marks.iter_rows()), found)


def _concerns(finding: Finding, owner: Owner) -> bool:
    if finding.check in WHOLE[owner.kind] or finding.origin.file == BESIDE_FILE:
        return False
    if not owner.school or finding.table not in COUNTY_OWN:
        return True
    return finding.table == "county" and finding.column in NAMING


def _belongs(record: Record, owner: Owner) -> bool:
    """Whether a row is the owner's: a school's own rows and what names its county."""
    if not owner.school:
        return True
    if record.table == "county":
        return True
    if record.table in COUNTY_OWN:
        return record.table == "register" and record.key == (owner.school,)
    return not all(record.key) or record.key[0] == owner.school or owner.school in record.key


def _strangers(filing: Filing, owner: Owner) -> Iterator[Finding]:
    """Rows of other schools, and a workbook that is not of this school or county at all."""
    county = next(iter(filing.of("county")), None)
    code = county.value("county_code") if county is not None else None
    if county is not None and code is not None and code != owner.county:
        yield Finding(
            Level.MUST_FIX, "M11", county.origin, f"工作簿是“{county.value('county_name') or code}”的",
            f"这里只收{owner.county_name}（{owner.county}）的填报", "请核对是否选错了文件",
            "county", county.key, "county_code",
        )  # fmt: skip
    if not owner.school:
        return
    if filing.records and not any(owner.school in each.key for each in filing.of("schools")):
        yield Finding(
            Level.MUST_FIX, "M12", Origin(_file(filing), tables()["schools"].label, ""),
            f"没有本校（{owner.school_name}，{owner.school}）的行", "只收本校的填报",
            "请核对是否选错了文件；学校代码填错的请改正",
        )  # fmt: skip
    for record in _others(filing.records, owner):
        yield Finding(
            Level.MUST_FIX, "M13", record.origin,
            f"这一行是{joined_key(record.key[:1])}的，不是本校（{owner.school}）的",
            "一校一个工作簿，只收本校的行", "请删去这一行；学校代码填错的请改正", record.table, record.key,
        )  # fmt: skip


def _others(records: Iterable[Record], owner: Owner) -> Iterator[Record]:
    for record in records:
        if not _belongs(record, owner) and record.table not in COUNTY_OWN:
            yield record


def _file(filing: Filing) -> str:
    return filing.sources[0].file if filing.sources else ""


def _renamed(filing: Filing, old: str, new: str) -> Filing:
    """The same filing, spoken of by the name under which it was uploaded."""

    def named(origin: Origin) -> Origin:
        return replace(origin, file=new) if origin.file == old else origin

    return replace(
        filing,
        records=tuple(
            replace(
                r,
                origin=named(r.origin),
                entries={c: replace(e, origin=named(e.origin)) for c, e in r.entries.items()},
            )
            for r in filing.records
        ),
        findings=tuple(replace(f, origin=named(f.origin)) for f in filing.findings),
        sources=tuple(replace(s, file=new) if s.file == old else s for s in filing.sources),
    )
