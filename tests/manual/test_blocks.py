"""Every code block of README and of the manual is run, page by page, from top to bottom."""

import re
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "docs"))

from making.blocks import blocks_of, pages  # noqa: E402

from manual.cupboard import Cupboard  # noqa: E402
from manual.running import Page, commands_of  # noqa: E402

NOT_RUN = 12
"""Blocks that carry 不运行 with a reason: one more must be meant."""
LONG = ("docs/tutorial.md", "docs/howto/demonstration-city.md")
"""They follow a county of 60 schools a second time, or a city: `make prove`."""
ENGLISH = "README.en.md"
"""It shows what README.md shows, and is compared with it."""


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def cases(*, long: bool) -> list:
    """Pages that have something to be followed in `make test`, or only in `make prove`."""
    found = []
    for path in pages():
        blocks = list(blocks_of(path))
        waits = named(path) in LONG or any("费时" in block.labels for block in blocks)
        if named(path) != ENGLISH and blocks and (waits if long else named(path) not in LONG):
            found.append(pytest.param(path, id=named(path)))
    return found


@pytest.fixture(scope="session")
def cupboard(tmp_path_factory: pytest.TempPathFactory) -> Cupboard:
    return Cupboard(tmp_path_factory.mktemp("cupboard"))


@pytest.fixture
def page(cupboard, tmp_path, monkeypatch, capsys) -> Page:
    """An empty folder in which a page is followed."""
    monkeypatch.chdir(tmp_path)
    return Page(tmp_path, cupboard, lambda: "".join(capsys.readouterr()))


@pytest.mark.slow
@pytest.mark.parametrize("path", cases(long=False))
def test_a_page_does_what_its_blocks_say(path: Path, page: Page) -> None:
    page.lay_out(blocks_of(path))
    for block in blocks_of(path):
        if "费时" not in block.labels:
            page.follow(block)


@pytest.mark.prove
@pytest.mark.parametrize("path", cases(long=True))
def test_a_page_does_what_its_long_blocks_say_too(path: Path, page: Page) -> None:
    page.lay_out(blocks_of(path))
    for block in blocks_of(path):
        page.follow(block)


def test_the_english_readme_shows_what_the_chinese_one_shows() -> None:
    chinese, english = (list(blocks_of(ROOT / name)) for name in ("README.md", ENGLISH))
    assert [block.kind for block in chinese] == [block.kind for block in english]
    for one, other in zip(chinese, english, strict=True):
        assert commands_of(one) == commands_of(other)
    assert sum(len(commands_of(block)) for block in english) > 10


@pytest.mark.parametrize("path", [pytest.param(p, id=named(p)) for p in pages()])
def test_every_block_is_of_a_kind_that_a_test_knows_what_to_do_with(path: Path) -> None:
    unknown = [(block.line, block.language) for block in blocks_of(path) if not block.kind]
    assert unknown == [], "label it, or write why it is not run: <!-- 不运行：… -->"


def test_what_is_not_run_says_why_and_is_counted() -> None:
    blocks = [block for path in pages() for block in blocks_of(path)]
    left_out = [block for block in blocks if block.kind == "不运行"]
    assert all(len(block.reason) >= 3 for block in left_out)
    assert len(left_out) == NOT_RUN
    assert Counter(block.kind for block in blocks)["命令"] > 40


def test_no_code_block_is_overlooked() -> None:
    """Each fence that a page opens is a block that was found."""
    for path in pages():
        fences = re.findall(r"^ *```\S", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert len(fences) == sum(bool(block.language) for block in blocks_of(path)), named(path)
