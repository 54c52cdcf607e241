"""What the pages of the manual take for granted: a small county of several years, made once.

A page says `junheng assess 封存库`; whoever follows it has such a store. Each thing is made when the
first page asks for it, and every page gets a copy of its own.
"""

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from registry.rosters.persons import Registers, registers
from registry.rosters.small import write
from registry.statistics_books import wide, write_set

from junheng import standards
from junheng.registry import check, read, seal
from junheng.registry.template import write_filled
from junheng.sample import fill_city, fill_years, make_county

RULES = Path(standards.__path__[0]) / "documents/china/2017-jiaodu-6.toml"
SEED, SCHOOLS, CODE = 1, 12, "410199"
YEARS = range(2023, 2027)
REGISTERS = {
    "学校名册.parquet": "schools", "学籍.parquet": "pupils", "教师台账.xlsx": "teachers",
    "用房台账.csv": "rooms",
}  # fmt: skip
OF_THE_COUNTY = ("county", "dense_areas", "official_results", "statements", "progress", "lineage")
SEAL = re.compile(r"(?P<store>.+)/seals/(?P<year>\d{4})-(?:[0-9a-f]{12}|…)")


@dataclass
class Cupboard:
    """The things by the names that the pages give them, below `shelf`."""

    shelf: Path
    makers: dict[str, Callable[[Path], None]] = field(init=False)
    persons: Registers | None = None

    def __post_init__(self) -> None:
        self.makers = {
            "历年": self._years,
            "示例县.xlsx": lambda to: self._book(to, 2025),
            **{f"{year}填报表.xlsx": self._book_of(year) for year in YEARS},
            "封存库": lambda to: self._store(to, 2025),
            "封存A": lambda to: self._store(to, 2024),
            "封存B": lambda to: self._store(to, 2025),
            "封存C": lambda to: self._store(to, 2026),
            "库": lambda to: self._store(to, 2024, 2025, 2026),
            "各校": self._schools,
            "全县": self._whole_county,
            "00区县填报表.xlsx": lambda to: _copy(self.get("全县") / to.name, to),
            "统计": self._statistics,
            "材料": lambda to: _copy(self.get("历年") / "材料" / "2025", to),
            "示例市": self._city,
            **dict.fromkeys(REGISTERS, self._register),
            "边界.geojson": _outline,
            "学生数.csv": _pupils,
            "新版.toml": lambda to: _copy(RULES, to),
        }

    def get(self, name: str) -> Path:
        """The thing of that name, made now where nobody asked for it before."""
        made = self.shelf / name
        if not made.exists():
            self.makers[name](made)
        return made

    def lay_out(self, word: str, table: Path) -> str:
        """Put what a word of a command names on the table; the word as it then must be typed."""
        named = SEAL.fullmatch(word)
        if named:
            return self._lay_out_seal(named["store"], int(named["year"]), table)
        first = Path(word).parts[0] if word and not word.startswith("-") else ""
        if first in self.makers and not (table / first).exists():
            self.put(first, table)
        return word

    def put(self, name: str, table: Path) -> None:
        """The thing itself, whatever stood there before."""
        _copy(self.get(name), table / name)

    def _lay_out_seal(self, store: str, year: int, table: Path) -> str:
        """A seal of a year that a page names by a made-up number, from a store that holds it."""
        own, other = table / store, table / f"{store}-{year}"
        if not list((own / "seals").glob(f"{year}-*")) and not other.exists():
            self._store(other, year)
        (found,) = [s for each in (own, other) for s in (each / "seals").glob(f"{year}-*")]
        return found.relative_to(table).as_posix()

    def _years(self, to: Path) -> None:
        fill_years(to, seed=SEED, schools=SCHOOLS, years=YEARS, evidence=to / "材料")

    def _book_of(self, year: int) -> Callable[[Path], None]:
        return lambda to: self._book(to, year)

    def _book(self, to: Path, year: int) -> None:
        (book,) = self.get("历年").glob(f"*-{year}.xlsx")
        shutil.copy(book, to)

    def _store(self, to: Path, *years: int) -> None:
        """Years sealed into one store; each is sealed once and kept by itself."""
        for year in years:
            alone = self.shelf / "封存" / str(year)
            if not alone.exists():
                report = check(read([self.get(f"{year}填报表.xlsx")]), year=year)
                seal(report, alone, year=year, by="填报员", on=date(year, 10, 20))
            shutil.copytree(alone, to, dirs_exist_ok=True)

    def _schools(self, to: Path) -> None:
        """One workbook a school, as schools hand them in; the last one holds the others together."""
        rows = make_county(seed=SEED, schools=SCHOOLS)
        codes = [row["school_code"] for row in rows["schools"]]
        to.mkdir()
        for group in ([codes[0]], [codes[1]], codes[2:]):
            own = {
                table: [r for r in rows[table] if {r.get("school_code"), r.get("scope")} & {*group}]
                for table in rows
                if table != "county"
            }
            write_filled(to / f"{group[0]}.xlsx", own, [], year=2025)

    def _whole_county(self, to: Path) -> None:
        """The same with the workbook of the county beside them."""
        _copy(self.get("各校"), to)
        rows = make_county(seed=SEED, schools=SCHOOLS)
        place = rows["county"][0]["county_code"]
        county = {table: rows[table] for table in OF_THE_COUNTY if table in rows}
        county["evidence"] = [row for row in rows["evidence"] if row["scope"] == place]
        write_filled(to / "00区县填报表.xlsx", county, [], year=2025)

    def _statistics(self, to: Path) -> None:
        write_set(to, wide(make_county(seed=SEED, schools=SCHOOLS)))

    def _register(self, to: Path) -> None:
        """A register of persons or rooms, as the kind of file that its name says."""
        if self.persons is None:
            self.persons = registers(seed=SEED, schools=SCHOOLS)
        write(to.parent, to.stem, getattr(self.persons, REGISTERS[to.name]), to.suffix[1:])

    def _city(self, to: Path) -> None:
        fill_city(to, seed=SEED, units=2, schools=24, years=YEARS[-2:])


def _outline(to: Path) -> None:
    """The county as a square."""
    (west, south), (east, north) = (113.0, 34.0), (114.5, 35.5)
    ring = [[west, south], [west, north], [east, north], [east, south], [west, south]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    county = {"type": "Feature", "properties": {"code": CODE}, "geometry": shape}
    to.write_text(json.dumps({"type": "FeatureCollection", "features": [county]}), "utf-8")


def _pupils(to: Path) -> None:
    """Pupils of two years to come: every school of the small county a twentieth larger, then a tenth."""
    lines = ["学校代码,学段,学年,在校生数,班数"]
    for row in make_county(seed=SEED, schools=SCHOOLS)["seats"]:
        for stage, label in (("primary", "小学"), ("junior", "初中")):
            pupils, classes = row[f"enrolment_{stage}"], row[f"class_count_{stage}"]
            if pupils and classes:
                for year, share in ((2028, 20), (2029, 10)):
                    lines.append(f"{row['school_code']},{label},{year},{pupils + pupils // share},{classes + classes // share}")  # fmt: skip
    to.write_text("\n".join([*lines, ""]), "utf-8")


def _copy(thing: Path, to: Path) -> None:
    if thing.is_dir():
        shutil.copytree(thing, to)
    else:
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(thing, to)
