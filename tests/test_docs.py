"""The manual tells the truth: generated pages are fresh, commands exist; tests/manual runs its blocks."""

import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from junheng.cli import app

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
sys.path.insert(0, str(DOCS))

import generate  # noqa: E402

READMES = ("README.md", "README.en.md")
PAGES = [
    *READMES,
    "CONTRIBUTING.md",
    *sorted(p.relative_to(ROOT).as_posix() for p in DOCS.rglob("*.md")),
]


@pytest.mark.parametrize("name", generate.REFERENCE)
def test_a_reference_page_is_what_the_generator_writes(name: str) -> None:
    committed = (DOCS / "reference" / name).read_text(encoding="utf-8")
    assert committed == generate.written(name), "run: python docs/generate.py"


def test_nobody_wrote_a_reference_page_by_hand() -> None:
    assert {each.name for each in (DOCS / "reference").iterdir()} == set(generate.REFERENCE)


# --- commands ----------------------------------------------------------------------------------


def _shown(text: str) -> Iterator[list[str]]:
    """Command lines of a page: in blocks, or in `code`; comments after # are left out."""
    lines = re.findall(r"^(?: {4}|\t)?(?:\$ )?(junheng [a-z].*)$", text, re.MULTILINE)
    for line in [*lines, *re.findall(r"`(junheng [a-z][^`]*)`", text)]:
        yield [word for word in shlex.split(line, comments=True) if word not in ("…", "\\")]


def _command(words: list[str]) -> Any:
    """The command that the words call, looked up inside groups."""
    command: Any = typer.main.get_command(app)
    for word in words:
        inner = getattr(command, "commands", {})
        if not inner or (word not in inner and command.invoke_without_command):
            return command
        command = inner.get(word)
    return command


@pytest.mark.parametrize("page", PAGES)
def test_every_command_and_option_that_a_page_shows_exists(page: str) -> None:
    for words in _shown((ROOT / page).read_text(encoding="utf-8")):
        command = _command(words[1:])
        assert command is not None, words
        known = {each for param in command.params for each in (*param.opts, *param.secondary_opts)}
        known |= {"--help", "-h"}
        used = {word.split("=")[0] for word in words[2:] if word.startswith("-")}
        assert used <= known, words


@pytest.mark.parametrize("page", PAGES)
def test_every_link_inside_the_repository_leads_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?://|#)([^)#\s]+)", text):
        assert ((ROOT / page).parent / target).exists(), target


# --- the site ----------------------------------------------------------------------------------


SITE = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")


def test_every_page_is_in_the_navigation_and_every_entry_is_a_page() -> None:
    entries = re.findall(r"^ +- [^:]+: (\S+\.md)$", SITE, re.MULTILINE)
    assert sorted(entries) == sorted(p.relative_to(DOCS).as_posix() for p in DOCS.rglob("*.md"))


def test_the_site_asks_nothing_of_other_machines() -> None:
    assert re.search(r"^  font: false$", SITE, re.MULTILINE)
    assert "offline" not in SITE, "that plugin loads a script from elsewhere"
    assert "http" not in SITE
