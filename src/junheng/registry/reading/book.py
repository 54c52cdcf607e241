"""One file, sheet by sheet: which table each sheet holds, and what is said about the file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from junheng.registry.catalogue import tables
from junheng.registry.filing import Finding, Level
from junheng.registry.layout import VERSION_SHEET, template_version
from junheng.registry.reading.cells import Codes
from junheng.registry.reading.findings import Place
from junheng.registry.reading.form import read_form
from junheng.registry.reading.headings import ignored, table_named
from junheng.registry.reading.items import match_items
from junheng.registry.reading.matching import head_of, match_columns, table_shown
from junheng.registry.reading.rows import Reading, read_rows
from junheng.registry.reading.sandbox.wire import Limits, Refused, Remark, Sheet

NEW_TEMPLATE = "请下载新模板，把数据复制过去"


@dataclass
class Book:
    """What came out of one file."""

    file: str
    delimited: bool
    """A CSV file: it has no template version, and one sheet."""
    readings: list[Reading] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    version: str | None = None
    cells: int = 0
    """Rows times columns read so far."""
    _codes: Codes = field(default_factory=Codes)

    @property
    def tables(self) -> frozenset[str]:
        return frozenset(each.table for each in self.readings)

    def take(self, message: Sheet | Remark, limits: Limits) -> None:
        """Read one more sheet. Raises Refused where the file goes beyond the limits."""
        if isinstance(message, Remark):
            self.findings.append(_remark(message, Place(self.file)))
        elif message.name == VERSION_SHEET:
            self.version = _version(message)
        elif not ignored(message.name) or self.delimited:
            self._take(message, limits)

    def _take(self, sheet: Sheet, limits: Limits) -> None:
        table = self._table(sheet)
        if table is None:
            if sheet.row_numbers:
                self.findings.append(_unknown(Place(self.file, sheet.name)))
            return
        place = Place(self.file, sheet.name, table)
        reading = self._reading(table, sheet, place, limits)
        if reading is None:
            if sheet.row_numbers:
                self.findings.append(_headless(place))
                self.readings.append(Reading(table, whole=False))
            return
        self.readings.append(reading)
        self.findings += reading.findings
        self.cells += len(reading.records) * len(tables()[table].column)
        if len(self.findings) > limits.findings:
            raise Refused(
                "S07",
                f"有问题的地方超过 {limits.findings} 处，不像是填报表，没有读取",
                "请下载新模板，从原始材料重新填写",
            )

    def _reading(self, table: str, sheet: Sheet, place: Place, limits: Limits) -> Reading | None:
        """The reading of a sheet; None where no head is found on it."""
        if tables()[table].form:
            items = match_items(table, sheet)
            if items is not None:
                return read_form(sheet, items, place)
        columns = match_columns(table, head_of(sheet))
        if columns is None:
            return None
        left = limits.cells - self.cells
        return read_rows(sheet, columns, place, self._codes, schools=limits.schools, cells=left)

    def _table(self, sheet: Sheet) -> str | None:
        named = table_named(sheet.name)
        if named is not None:
            return named.name
        return table_shown(head_of(sheet)) if sheet.whole else None

    def close(self) -> None:
        """What can only be said at the end of the file."""
        place = Place(self.file)
        if not self.readings:
            if not any(each.check == "S14" for each in self.findings):
                self.findings.insert(0, _no_table(place))
        elif not self.delimited:
            self.findings[:0] = self._version_findings(place)

    def _version_findings(self, place: Place) -> Iterator[Finding]:
        whole = all(each.whole for each in self.readings)
        current = template_version()
        if self.version is None and whole:
            yield place.finding(
                "S10",
                "没有模板版本标记，但栏目与现行模板一致",
                "用现行模板填写的工作簿带有版本标记",
                "可以不管；下次请下载模板填写",
                level=Level.NOTE,
            )
        elif self.version not in (None, current):
            yield place.finding(
                "S10",
                f"模板版本是 {self.version}"
                + ("，但栏目与现行模板一致" if whole else "，栏目也与现行模板不同"),
                f"现行模板的版本是 {current}",
                "可以不管；下次请下载新模板填写" if whole else NEW_TEMPLATE,
                level=Level.NOTE if whole else None,
            )


def _version(sheet: Sheet) -> str | None:
    texts = [cell.text.strip() for row in sheet.first(1) for cell in row.cells]
    return texts[1] if len(texts) > 1 else None


def _remark(remark: Remark, place: Place) -> Finding:
    return place.finding(remark.code, remark.found, "文件应能被准确读取", remark.mend)


def _unknown(place: Place) -> Finding:
    labels = "、".join(table.label for table in tables().values())
    return place.finding(
        "S13",
        "不认识这个工作表，没有读取",
        f"只读取模板的工作表：{labels}",
        "如果是自己用的表，可以不管；如果是填报表，请把工作表名改回模板的名字",
    )


def _headless(place: Place) -> Finding:
    return place.finding(
        "S14",
        "找不到代码行，也找不到表头",
        "表头应与模板一致，才能知道每一列填的是什么",
        NEW_TEMPLATE,
    )


def _no_table(place: Place) -> Finding:
    return place.finding(
        "S11",
        "没有一个填报表：工作簿是空的，或工作表的名字和表头都对不上",
        "应交回用模板填写的工作簿",
        NEW_TEMPLATE,
    )


def missing_tables(books: Iterable[Book]) -> Iterator[Finding]:
    """Tables that every filing needs and no file holds."""
    there = list(books)
    held = frozenset[str]().union(*(each.tables for each in there))
    needed = [t for t in tables().values() if t.form or t.per_school or t.name == "register"]
    labels = [table.label for table in needed if table.name not in held]
    if there and held and labels:
        yield Place(there[0].file).finding(
            "S12",
            f"缺少工作表：{'、'.join(labels)}",
            f"填报须有：{'、'.join(table.label for table in needed)}",
            "请补上这些工作表，或一并交回它们所在的文件",
        )
