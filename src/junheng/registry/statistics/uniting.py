"""The values of each school from all sheets, united; what contradicts is named."""

from collections.abc import Mapping, Sequence

from junheng.registry.catalogue import school_columns
from junheng.registry.filing import Finding, Level, State, Value
from junheng.registry.reading.cells import Reader
from junheng.registry.statistics.findings import finding
from junheng.registry.statistics.gathering import Rows, SchoolRow
from junheng.registry.statistics.nouns import Found
from junheng.registry.template.cells import shown
from junheng.registry.template.prefill import certainly_not


class Schools:
    """School code → column → value found."""

    def __init__(self, prefer: Sequence[str]) -> None:
        self._rank = {name: place for place, name in enumerate(prefer)}
        self.values: dict[str, dict[str, Found]] = {}
        self.findings: list[Finding] = []

    def type_of(self, code: str) -> str:
        found = self.values[code].get("school_type")
        return str(found.value) if found else ""

    def identify(self, rows: Rows) -> None:
        """Names, types, counties: from every sheet that says them."""
        readers = {n: Reader(school_columns()[n]) for n in ("school_name", "counts_as_school")}
        for row in rows.rows:
            self.values.setdefault(row.code, {})
            self._say(row, "school_code", row.code, row.code)
            if row.type_said.school_type:
                text = row.places.said(row.cells, "school_type")
                self._say(row, "school_type", row.type_said.school_type, text)
            for name, reader in readers.items():
                outcome = reader.read(row.cells.get(row.places.at(name)))
                if outcome.state is State.FILED and outcome.value is not None:
                    self._say(row, name, outcome.value, row.places.said(row.cells, name))
            if row.county:
                text = row.places.said(row.cells, "location_unit")
                self._say(row, "location_unit", row.county, text)
        self._without_type()

    def _say(self, row: SchoolRow, name: str, value: Value, raw: str) -> None:
        held = self.values[row.code].get(name)
        if held is not None and held.value == value:
            return
        self.put(row.code, Found(value, row.page, row.number, row.places.by_name[name], raw))

    def put(self, code: str, found: Found) -> None:
        """Keep a value; a different one that is there already is named, unless one is preferred."""
        column = found.taken.field.column
        held = self.values[code].setdefault(column, found)
        if held is found or held.value == found.value:
            return
        none = len(self._rank)
        before, after = (self._rank.get(each.page.file, none) for each in (held, found))
        if before == after:
            self.findings.append(self._differs(code, column, held, found))
        elif after < before:
            self.values[code][column] = found

    def _differs(self, code: str, column: str, held: Found, found: Found) -> Finding:
        declared = school_columns()[column]
        name = self.values[code].get("school_name")
        files = f"{held.page.file}”或“{found.page.file}"
        return finding(
            "I10", Level.MUST_FIX, found.origin,
            f"{code}{name.value if name else ''}的“{declared.label}”这里是“{shown(declared, found.value)}”，"
            f"{held.origin} 是“{shown(declared, held.value)}”",
            "同一所学校的同一个数只能有一个", f"请核对后改一处；以一份为准的，请写 --prefer “{files}”",
            key=code, column=column,
        )  # fmt: skip

    def _without_type(self) -> None:
        self.findings += [
            _typeless(code, values)
            for code, values in self.values.items()
            if "school_type" not in values
        ]

    def drop_inapplicable(self) -> None:
        """A column that the school's type does not have is left —; a number there is asked about."""
        columns = school_columns()
        for code, values in self.values.items():
            school = {name: found.value for name, found in values.items()}
            for name in [n for n in values if certainly_not(columns[n], school)]:
                found = values.pop(name)
                if found.value:
                    self.findings.append(self._not_theirs(code, name, found, school))

    def _not_theirs(
        self, code: str, name: str, found: Found, school: Mapping[str, Value]
    ) -> Finding:
        kind = school_columns()["school_type"].choices.get(str(school.get("school_type")), "")
        return finding(
            "I17", Level.EXPLAIN, found.origin,
            f"{code}是{kind}，“{school_columns()[name].label}”却有 {found.raw}",
            "这类学校没有这一栏，没有填入", "请核对办学类型；附设班请核对是否另有一行",
            key=code, column=name,
        )  # fmt: skip


def _typeless(code: str, values: Mapping[str, Found]) -> Finding:
    return finding(
        "I13", Level.MUST_FIX, next(iter(values.values())).origin,
        f"{code} 没有一张表写明它的办学类型", "要知道学校类型，才知道取哪些栏目",
        "请一并导入 教基1001，或在表里补上办学类型", key=code, column="school_type",
    )  # fmt: skip
