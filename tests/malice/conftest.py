"""What these tests share: a small county filed and sealed, and the tally told when the run ends."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from malice.commands import Tally, seal_words

from junheng import cli
from junheng.sample import fill_workbook


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Iterator[Tally]:
    """Outcomes counted by their name; `tests/conftest.py` adds up and prints those of all tests."""
    found = Tally()
    yield found
    request.node.user_properties.append(("tally", dict(found)))


@pytest.fixture(scope="session")
def filed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filed") / "示例县.xlsx"
    fill_workbook(path, seed=5, schools=12)
    return path


@pytest.fixture(scope="session")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another county's workbook."""
    path = tmp_path_factory.mktemp("other") / "另一县.xlsx"
    fill_workbook(path, seed=6, schools=12)
    return path


@pytest.fixture(scope="session")
def store(filed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one seal; whoever changes it takes a copy."""
    found = tmp_path_factory.mktemp("store") / "库"
    assert cli.run(seal_words(filed, found)) == 0
    return found
