"""What a command does not need is not loaded: that is most of what a first answer costs."""

import subprocess
import sys
from pathlib import Path

import pytest

from junheng.sample import fill_workbook

pytestmark = pytest.mark.slow

LOADED = "; print(*sorted({m.partition('.')[0] for m in sys.modules} | {m for m in sys.modules if m.startswith('junheng.')}))"


def loaded(program: str, *asked: str) -> set[str]:
    """The packages, and the modules of ours, that a fresh interpreter holds after a program."""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; {program}{LOADED}", *asked],
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    return set(done.stdout.splitlines()[-1].split())


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("小县") / "小县.xlsx"
    fill_workbook(path, seed=1, schools=3)
    return path


def test_importing_loads_nothing() -> None:
    assert not loaded("import junheng") & {"polars", "msgspec", "rich", "junheng.registry"}


def test_reading_and_checking_a_workbook_needs_no_polars(book: Path) -> None:
    met = loaded(
        "import pathlib; from junheng.registry import check, read; "
        "check(read([pathlib.Path(sys.argv[1])]))",
        str(book),
    )
    assert "junheng.registry.checks.run" in met
    assert not met & {"polars", "narwhals", "openpyxl", "rich", "junheng.registry.facts"}


def test_opening_and_assessing_needs_no_reader_no_checks_and_no_terminal(
    book: Path, tmp_path: Path
) -> None:
    sealing = (
        "import datetime, pathlib; from junheng.registry import check, read, seal; "
        "seal(check(read([pathlib.Path(sys.argv[1])])), pathlib.Path(sys.argv[2]), year=2025, "
        "by='测试', on=datetime.date(2025, 10, 20))"
    )
    loaded(sealing, str(book), str(tmp_path))
    met = loaded(
        "import pathlib, junheng; "
        "junheng.assess(junheng.Snapshot.open(pathlib.Path(sys.argv[1])), on='2026-03-31')",
        str(tmp_path),
    )
    assert "junheng.diagnosis.assessing" in met
    assert not met & {
        "rich", "lxml", "openpyxl", "scipy", "junheng.registry.reading", "junheng.registry.checks.run",
        "junheng.standards.listing",
    }  # fmt: skip
