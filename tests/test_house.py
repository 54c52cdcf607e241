"""The house rules of this repository, held by a test: size, names, words, law, floors."""

import ast
import csv
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from importlib import import_module
from itertools import chain
from pathlib import Path

import pytest

import junheng
from junheng.casework import CaseFile, faults_of, public_view, registers
from junheng.diagnosis import Light, Verdict
from junheng.indicators import CATALOGUE, VARIANTS
from junheng.registry import Level, State, tables
from junheng.schema import Kind, Merge, Stage
from junheng.standards import documents, scheme, schemes
from junheng.web.roles import OfficeKind, Role

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "junheng"
MODULES = sorted(PACKAGE.rglob("*.py"))
WALL = 300
BANNED = {"utils", "helpers", "common", "misc", "manager", "base", "data2"}
FLOORS = sorted(each.parent.name for each in PACKAGE.glob("*/__init__.py"))
ENUMS: tuple[type[StrEnum], ...] = (
    Verdict, Light, Level, State, Stage, Kind, Merge, OfficeKind, Role,
)  # fmt: skip


def named(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


# --- shape -------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_has_at_most_300_lines_and_opens_with_a_docstring(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= WALL, "split it by question"
    assert ast.get_docstring(parsed(path)), "say which question the module answers"


def test_no_file_has_a_name_that_says_nothing() -> None:
    code = chain(MODULES, (ROOT / "tests").rglob("*.py"), (ROOT / "benchmarks").rglob("*.py"))
    names = [each for each in code if each.stem in BANNED or each.stem.startswith("new_")]
    assert names == []


def test_nothing_is_left_to_be_done_later() -> None:
    marks = ("TO" + "DO", "FIX" + "ME", "XX" + "X")
    found = [
        f"{named(path)}:{number}"
        for path in MODULES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if any(re.search(rf"\b{mark}\b", line) for mark in marks)
    ]
    assert found == []


@pytest.mark.parametrize("floor", FLOORS)
def test_what_a_floor_offers_says_what_it_is(floor: str) -> None:
    module = import_module(f"junheng.{floor}")
    silent = [
        name
        for name in getattr(module, "__all__", ())
        if callable(each := getattr(module, name))
        and each.__module__.startswith("junheng")
        and not (each.__doc__ or "").strip()
    ]
    assert silent == []


def test_the_public_names_are_those_the_readme_documents() -> None:
    assert len(junheng.__all__) <= 10
    for name in ("README.md", "README.en.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        used = set(re.findall(r"\bjunheng\.([A-Za-z_]+)\(", text))
        used |= set(re.findall(r"`junheng\.([A-Za-z_]+)`", text))
        assert used == set(junheng.__all__), name


# --- floors ------------------------------------------------------------------------------------


def test_the_floors_hold() -> None:
    linter = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    assert linter is not None, "import-linter is in the group dev"
    run = subprocess.run(
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout


def test_the_oracle_knows_nothing_of_the_engine() -> None:
    """A second engine that shared code with the first could share its mistakes."""
    waiting, seen = ["engine", "dispersion"], set[str]()
    while waiting:
        module = waiting.pop()
        seen.add(module)
        for name in _imports(parsed(ROOT / "tests" / "oracle" / f"{module}.py")):
            root, _, inner = name.partition(".")
            assert root in sys.stdlib_module_names or root == "oracle", f"{module}: {name}"
            waiting += [inner] if inner and inner not in seen else []


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield node.module


# --- law ---------------------------------------------------------------------------------------


def test_every_clause_has_its_article_its_source_and_its_confidence() -> None:
    for document in documents().values():
        assert document.checked, document.name
        for each in (*document.clause, *document.relaxation):
            assert each.article.strip(), each.code
            assert each.gist.strip(), each.code
            assert each.source.strip(), each.code
            assert each.confidence in "HMLBD", each.code


def test_every_indicator_that_a_clause_or_a_scheme_names_is_in_the_catalogue() -> None:
    cited = {
        code
        for document in documents().values()
        for clause in document.clause
        for code in clause.indicators
    }
    cited |= {c for d in documents().values() for r in d.relaxation for c in r.touches}
    lines = {line.code for s in schemes().values() for area in s.area for line in area.line}
    assert cited <= set(CATALOGUE) | lines
    assert {code for each in schemes().values() for code in each.indicators} <= set(CATALOGUE)


def test_every_indicator_of_a_scheme_has_a_limit_for_every_stage() -> None:
    for each in schemes().values():
        if "school_count" not in each.roles:
            continue  # the scheme of 2012 has no limit but that of its composite
        limits = {
            clause.code: set(clause.at_least)
            for name in each.documents
            for clause in documents()[name].clause
            if clause.kind == "limit"
        }
        for code in each.indicators:
            assert limits[code] >= set(each.stages), code


def test_the_variants_that_clauses_name_are_those_that_spread_computes() -> None:
    named_ = {c.variant for d in documents().values() for c in d.clause if c.variant}
    assert named_ == set(VARIANTS)
    assert scheme("2017-quality").variant in VARIANTS


NOT_LAW = {
    ("sample/", ""): "an invented county is drawn with probabilities and made levels",
    ("registry/reading/choices.py", "0.5"): "how alike two words must be",
    ("registry/template/row_sheet.py", "0.9"): "how much of a cell a line of text fills",
    ("plan/compliance/repairing.py", "0.5"): "from which part of a unit a search rounds up",
    ("plan/compliance/repairing.py", "0.9"): "from which part of a unit a search rounds up",
}
"""(file, number) where a number that happens to equal a limit is none, with the reason."""


def _legal_numbers() -> set[str]:
    """Every number of the documents that is not whole: whole ones (6, 50, 2000) occur everywhere."""
    found = {
        number
        for document in documents().values()
        for each in (*document.clause, *document.relaxation)
        for numbers in (
            getattr(each, "at_least", {}),
            getattr(each, "at_most", {}),
            getattr(each, "above", {}),
            getattr(each, "below", {}),
            each.numbers,
        )
        for number in numbers.values()
    }
    return {each.rstrip("0").rstrip(".") for each in found if "." in each.rstrip("0").rstrip(".")}


def test_no_number_of_the_law_stands_in_code() -> None:
    legal = _legal_numbers()
    assert {"4.2", "0.85", "0.5", "0.45", "1.32"} <= legal
    found = [
        f"{named(path)}:{node.lineno} {node.value}"
        for path in MODULES
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Constant)
        and (number := _number(node.value)) in legal
        and not any(named(path).startswith(p) and n in ("", number) for p, n in NOT_LAW)
    ]
    assert found == []


def _number(value: object) -> str:
    """A float, or a text that is a decimal number, as its shortest digits."""
    text = str(value) if isinstance(value, float | str) else ""
    return text.rstrip("0").rstrip(".") if re.fullmatch(r"\d+\.\d+", text) else ""


# --- exactness ---------------------------------------------------------------------------------

FLOATS_ALLOWED = {
    "indicators/spread.py": {
        "mean_of": "for display",
        "deviation_of": "for display",
        "exceeds": "decides only where the CV is farther from its limit than NEAR",
        "": "NEAR itself, far above the error of the floating sum",
    },
    "indicators/composite.py": {
        "composite_exceeds": "decides only where the mean is farther from its limit than NEAR",
    },
    "diagnosis/spreads.py": {
        "_candidates": "roots (of _roots) from which exact candidates are tried",
        "": "CLOSE and NO_STEP: which roots are tried exactly, never whether one holds",
    },
}
"""Functions of the deciding floors that may touch floating point, each with its reason."""


@pytest.mark.parametrize("floor", ["indicators", "diagnosis"])
def test_nothing_that_decides_uses_floating_point(floor: str) -> None:
    found = {
        (named(path), function)
        for path in (PACKAGE / floor).glob("*.py")
        for function, node in _with_function(parsed(path))
        if _is_floating(node)
    }
    allowed = {
        (file, function) for file, functions in FLOATS_ALLOWED.items() for function in functions
    }
    assert found == {each for each in allowed if each[0].startswith(floor)}


def _with_function(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    for top in tree.body:
        name = top.name if isinstance(top, ast.FunctionDef | ast.ClassDef) else ""
        yield from ((name, node) for node in ast.walk(top))


def _is_floating(node: ast.AST) -> bool:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return node.func.id in ("float", "round")
    return isinstance(node, ast.Constant) and isinstance(node.value, float)


# --- words -------------------------------------------------------------------------------------


def _glossary() -> dict[str, tuple[str, str]]:
    with (ROOT / "glossary.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = {row["identifier"]: (row["中文"], row["English"]) for row in rows}
    assert len(found) == len(rows), "an identifier stands once"
    return found


def _columns() -> dict[str, str]:
    """Every column with its label; `table.column` where tables use one name for different things."""
    labels: dict[str, dict[str, str]] = {}
    for table in tables().values():
        for column in table.column:
            labels.setdefault(column.name, {})[table.name] = column.label
    found = {}
    for name, by_table in labels.items():
        if len(set(by_table.values())) == 1:
            found[name] = next(iter(by_table.values()))
        else:
            found |= {f"{table}.{name}": label for table, label in by_table.items()}
    return found


def _choices() -> dict[str, str]:
    return {
        f"{column.name}={code}": word
        for table in tables().values()
        for column in table.column
        for code, word in column.choices.items()
    }


def test_the_glossary_has_every_table_column_and_choice_with_the_label_of_the_form() -> None:
    glossary = _glossary()
    declared = {t.name: t.label for t in tables().values()} | _columns() | _choices()
    wrong = {
        name: (label, glossary.get(name, ("", ""))[0])
        for name, label in declared.items()
        if glossary.get(name, ("", ""))[0] != label
    }
    assert wrong == {}


def test_the_glossary_has_every_indicator_variant_relaxation_and_state() -> None:
    glossary = _glossary()
    for each in CATALOGUE.values():
        assert glossary[each.code][0] == each.label
        assert glossary[f"indicators.{each.name}"][0] == each.label
    for variant in VARIANTS:
        assert variant in glossary
    for document in documents().values():
        for relaxation in document.relaxation:
            assert relaxation.code in glossary
    states = {f"{kind.__name__}.{state.name}" for kind in ENUMS for state in kind}
    assert states <= set(glossary)


def test_every_entry_of_the_glossary_has_both_languages_and_means_something_still() -> None:
    known = {t.name for t in tables().values()} | set(_columns()) | set(_choices())
    known |= set(CATALOGUE) | {f"indicators.{each.name}" for each in CATALOGUE.values()}
    known |= {f"{kind.__name__}.{state.name}" for kind in ENUMS for state in kind}
    known |= set(VARIANTS)
    known |= {r.code for d in documents().values() for r in d.relaxation}
    known |= set(_casework())
    for identifier, (chinese, english) in _glossary().items():
        assert chinese.strip(), identifier
        assert english.strip(), identifier
        assert identifier in known or identifier.startswith("word:"), f"{identifier} names nothing"


def _casework() -> dict[str, str]:
    """Every register, and its states, moves and columns, with the words of the desk."""
    found = {}
    for each in registers().values():
        found[each.name] = each.label
        for part in (*each.state, *each.move, *each.column):
            found[f"{each.name}.{part.name}"] = part.label
    return found


def test_the_glossary_has_every_register_with_its_states_moves_and_columns() -> None:
    glossary = _glossary()
    wrong = {
        name: (label, glossary.get(name, ("", ""))[0])
        for name, label in _casework().items()
        if glossary.get(name, ("", ""))[0] != label
    }
    assert wrong == {}


# --- casework ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", registers())
def test_every_register_reaches_an_end_from_each_state_and_its_roles_exist(name: str) -> None:
    from junheng.web.roles import Role

    assert faults_of(registers()[name], {str(role) for role in Role}) == []


@pytest.mark.parametrize("name", registers())
def test_every_private_column_is_hidden_from_the_public(name: str) -> None:
    register = registers()[name]
    values = {column: f"值{column}" for column in register.columns}
    for state in register.states:
        seen = public_view(CaseFile(register, register.subjects[0], state, values=values)) or {}
        assert not {c.name for c in register.column if c.private} & set(seen)
        assert set(seen) <= {"state", *register.public.columns}


# --- what is committed -------------------------------------------------------------------------


def _committed() -> list[Path]:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("这里不是 git 工作区，看不到哪些文件会被提交")
    listed = subprocess.run(
        [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=True,
    ).stdout  # fmt: skip
    return [path for each in listed.split(b"\0") if (path := ROOT / each.decode()).is_file()]


def test_no_committed_file_names_a_package_registry() -> None:
    hosts = [
        left + right
        for left, right in (
            ("pypi", ".org"), ("pythonhosted", ".org"), ("npmjs", ".org"), ("npmjs", ".com"),
            ("deb.debian", ".org"), ("archive.ubuntu", ".com"), ("mirrors", ".aliyun"),
            ("mirrors", ".tuna"), ("proxy.golang", ".org"),
        )
    ]  # fmt: skip
    named_ = [
        path.relative_to(ROOT).as_posix()
        for path in _committed()
        if any(host.encode() in path.read_bytes() for host in hosts)
    ]
    assert named_ == []


def test_no_committed_file_names_the_place_where_it_was_made() -> None:
    places = [b"/wo" + b"rk/", b".lib" + b"rary/", b"/ro" + b"ot/"]
    named_ = [
        path.relative_to(ROOT).as_posix()
        for path in _committed()
        if any(place in path.read_bytes() for place in places)
    ]
    assert named_ == []


def test_no_two_test_modules_have_one_name() -> None:
    """pytest imports those in folders that are no packages by their names alone."""
    loose = [
        path.name
        for path in (ROOT / "tests").rglob("test_*.py")
        if not (path.parent / "__init__.py").exists()
    ]
    assert sorted({name for name in loose if loose.count(name) > 1}) == []
