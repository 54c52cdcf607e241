"""The result of an assessment as objects: city, counties, schools, parts, filed values."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from junheng.web.results import reading

STAGES = {"primary": "小学", "junior": "初中"}


@dataclass(frozen=True)
class School:
    """A school of the index."""

    code: str
    name: str
    kind: str
    ownership: str
    settlement: str
    stages: str
    verdict: str
    lon: float | None
    lat: float | None
    system: str
    county: str

    @property
    def place(self) -> str:
        """城区, 镇区 or 乡村."""
        return {"城": "城区", "镇": "镇区", "乡": "乡村"}.get(self.settlement[:1], self.settlement)

    @property
    def owner(self) -> str:
        return "民办" if "民办" in self.ownership else "公办" if self.ownership else ""


@dataclass(frozen=True)
class Filed:
    """One filed value with its cell."""

    name: str
    label: str
    unit: str
    form: str
    value: str
    raw: str
    explanation: str
    file: str
    sheet: str
    cell: str

    @property
    def filed(self) -> bool:
        return bool(self.file)


class Result:
    """One assessment, read as it is asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.city = reading.city(folder)

    @cached_property
    def counties(self) -> dict[str, dict[str, Any]]:
        """Code → what the city's block says of a county."""
        return {each["code"]: each for each in self.city["counties"]}

    @property
    def single(self) -> bool:
        return len(self.city["counties"]) == 1

    def schools(self, county: str) -> Iterator[School]:
        for row in self.counties[county]["schools"]:
            yield School(*[*row, county])

    def school(self, code: str) -> School | None:
        """The school in whichever county it is listed."""
        for county in self.counties:
            for each in self.schools(county):
                if each.code == code:
                    return each
        return None

    def county(self, code: str) -> "County":
        return County(self, code)


class County:
    """One county of a result."""

    def __init__(self, result: Result, code: str) -> None:
        self.result = result
        self.code = code
        self.told = result.counties[code]
        self.block = reading.county(result.folder, code)

    @property
    def name(self) -> str:
        return str(self.told["name"])

    @cached_property
    def schools(self) -> dict[str, School]:
        return {each.code: each for each in self.result.schools(self.code)}

    @cached_property
    def indicators(self) -> dict[str, dict[str, Any]]:
        """L1 … L7: names, limits, formula, columns read; `n` is its place in a part."""
        return {each["code"]: {**each, "n": n} for n, each in enumerate(self.block["indicators"])}

    @cached_property
    def lines(self) -> dict[str, dict[str, Any]]:
        return {each["code"]: each for each in self.block["lines"]}

    @cached_property
    def clauses(self) -> dict[int, tuple[dict[str, Any], dict[str, Any]]]:
        """Number of a clause → (its line, the clause)."""
        return {c["n"]: (line, c) for line in self.block["lines"] for c in line["clauses"]}

    def parts_of(self, school: str) -> list[dict[str, Any]]:
        return [part for part in self.block["parts"] if part["s"] == school]

    def spreads_of(self, code: str) -> list[dict[str, Any]]:
        return [each for each in self.block["spreads"] if each["code"] == code]

    def text(self, number: int) -> str:
        return str(self.block["texts"][number])

    def figure(self, row: list[Any]) -> dict[str, str]:
        """A packed figure of a line: label, stage, value, limit, verdict, gap, formula, numbers."""
        names = ("label", "stage", "value", "limit", "verdict", "gap", "formula", "numbers")
        pooled = {"label", "stage", "limit", "gap", "formula"}
        return {n: self.text(v) if n in pooled else str(v) for n, v in zip(names, row, strict=True)}

    def filed(self, school: str) -> dict[str, Filed]:
        """Column → filed value of one school; empty where nothing was filed."""
        block = reading.cells(self.result.folder, self.code)
        packed = block["cells"].get(school)
        return {} if packed is None else _unpacked(block, packed, self.result.city["columns"])


def _unpacked(
    block: dict[str, Any], packed: list[Any], columns: dict[str, list[str]]
) -> dict[str, Filed]:
    """As `publish.html.cells` packed them."""
    layout, places, values, odd = packed
    found = {}
    for n, number in enumerate(block["packed"]["layouts"][layout]):
        name, table, letters = block["packed"]["columns"][number]
        place, value = places[table], values[n]
        told = odd.get(str(n), ["", ""])
        label, unit, form = columns.get(name, [name, "", ""])
        file, sheet, cell = told[2:] or ("", "", "")
        if value is not None and not file and place is not None:
            file, sheet = block["texts"][place[0]], block["texts"][place[1]]
            cell = f"{letters}{place[2]}"
        found[name] = Filed(
            name, label, unit, form, "未填报" if value is None else str(value), told[0], told[1],
            file, sheet, cell,
        )  # fmt: skip
    return found
