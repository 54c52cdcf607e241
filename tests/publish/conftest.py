"""Studies that the tests of this floor look at: one county, two with gaps in the data, one that passes."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from sealed_cases import ON, YEAR, sealed, two_counties

from junheng.publish import write_book
from junheng.sample import make_county
from junheng.studies import Study, assess


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("store")


@pytest.fixture(scope="session")
def demo(store: Path) -> Study:
    """The demonstration county of 60 schools: some fail, one CV fails."""
    return assess(sealed(make_county(seed=7, year=YEAR), store), on=ON)


@pytest.fixture(scope="session")
def two(store: Path) -> Study:
    """Two counties with missing schools and values, X1 and X2 switched on."""
    return assess(sealed(two_counties(), store), on=ON, relaxations=("X1", "X2"))


@pytest.fixture(scope="session")
def passing(store: Path) -> Study:
    return assess(sealed(make_county(seed=7, year=YEAR, profile="passing"), store), on=ON)


@pytest.fixture(scope="session")
def narrow(store: Path) -> Study:
    """Everything passes but one CV that misses its limit by a hair."""
    return assess(sealed(make_county(seed=7, year=YEAR, profile="narrow"), store), on=ON)


def opened(study: Study, folder: Path) -> Workbook:
    return load_workbook(write_book(study, folder / "结果册.xlsx"))


@pytest.fixture(scope="session")
def demo_book(demo: Study, tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    return opened(demo, tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="session")
def two_book(two: Study, tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    return opened(two, tmp_path_factory.mktemp("two"))
