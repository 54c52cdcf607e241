"""Does what a page of the manual says, from its first block to its last, in a folder of its own."""

import json
import re
import shlex
import subprocess
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import latex2mathml.converter
import msgspec
from making.blocks import Block

from junheng.cli import run
from junheng.plan.compliance import parse_limits
from junheng.plan.pricing import parse_prices
from junheng.schema import Column
from manual.cupboard import Cupboard

ROOT = Path(__file__).parents[2]
PRICES = ROOT / "src/junheng/plan/prices/demonstration.toml"
OUTPUTS = ("-o", "--mark")
"""Options behind which a command names what it writes."""


@dataclass
class Page:
    """A page that is being followed: its folder, and what was defined on it so far."""

    table: Path
    cupboard: Cupboard
    said: Callable[[], str]
    """What was printed since it was last asked."""
    names: dict[str, Any] = field(default_factory=dict)

    def lay_out(self, blocks: Iterable[Block]) -> None:
        """Write the files that the page shows, wherever on it they stand."""
        for block in blocks:
            if "存为" in block.labels:
                (self.table / block.labels["存为"]).write_text(block.text, encoding="utf-8")

    def follow(self, block: Block) -> None:
        """Run one block; an AssertionError says what came out otherwise than the page says."""
        getattr(self, _WAYS[block.kind])(block)

    def _commands(self, block: Block) -> None:
        steps = list(_steps(block.text))
        if "备好" in block.labels:
            self.cupboard.put(block.labels["备好"], self.table)
        for number, (line, shown) in enumerate(steps, 1):
            last = number == len(steps)
            expected = int(block.labels.get("退出状态", 0)) if last else 0
            words = [self._laid_out(w, before) for w, before in _with_before(line)]
            status = run(words[1:])
            said = self.said()
            assert status == expected, f"{line}\n{said[:2000]}"
            for each in shown:
                assert squeezed(each) in squeezed(said), f"{line}\n{each}\n{said[:2000]}"

    def _laid_out(self, word: str, before: str) -> str:
        return word if before in OUTPUTS else self.cupboard.lay_out(word, self.table)

    def _targets(self, block: Block) -> None:
        targets = [line.removeprefix("$ ").split()[1] for line in block.text.splitlines()]
        done = subprocess.run(
            ["make", "-n", *targets], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr

    def _python(self, block: Block) -> None:
        for word in re.findall(r'"([^"\n]+)"', block.text):
            self.cupboard.lay_out(word, self.table)
        exec(compile(block.text, f"line {block.line}", "exec"), self.names)

    def _toml(self, block: Block) -> None:
        """A whole file was laid out before and is read by the commands; a piece is checked here."""
        if "片段" in block.labels:
            _PIECES[block.labels["片段"]](block.text)
        else:
            assert tomllib.loads(block.text)
            assert block.labels["存为"], "say which file it is, so that a command can read it"

    def _json(self, block: Block) -> None:
        json.loads(block.text)

    def _formula(self, block: Block) -> None:
        for line in block.text.splitlines():
            assert "\\" not in latex2mathml.converter.convert(line), line

    def _nothing(self, block: Block) -> None:
        """Generated blocks are compared with what is generated; labelled ones are counted."""


_WAYS = {
    "命令": "_commands",
    "make": "_targets",
    "Python": "_python",
    "TOML": "_toml",
    "JSON": "_json",
    "公式": "_formula",
    "生成": "_nothing",
    "不运行": "_nothing",
}


def _column(text: str) -> None:
    msgspec.convert(tomllib.loads(f"column = {text}")["column"], Column)


def _price(text: str) -> None:
    """The piece takes the place of the price of the same item in the list that it was copied from."""
    lists = PRICES.read_text(encoding="utf-8")
    item = tomllib.loads(text)["price"][0]["item"]
    pieces = lists.split("[[price]]")
    kept = [piece for piece in pieces[1:] if f'item = "{item}"' not in piece]
    assert len(kept) == len(pieces) - 2, f"{item} is a price of the list"
    parse_prices("[[price]]".join([pieces[0], *kept]) + "\n" + text, file="价格.toml")


def _limits(text: str) -> None:
    found = parse_limits(text, file="限制.toml")
    assert found.schools or found.budgets


_PIECES: dict[str, Callable[[str], None]] = {"栏目": _column, "价格": _price, "限制": _limits}


def _steps(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each command of a block with the lines that the page shows under it."""
    lines = text.replace("\\\n", " ").splitlines()
    prompted = any(line.startswith("$ ") for line in lines)
    command, shown = "", list[str]()
    for line in lines:
        if line.startswith("$ ") or (not prompted and line.strip()):
            if command:
                yield command, shown
            command, shown = line.removeprefix("$ "), []
        elif line.strip(" …"):
            shown.append(line)
    if command:
        yield command, shown


def commands_of(block: Block) -> list[str]:
    """The lines of a block without the remarks on them."""
    remark = re.compile(r"\s+#\s.*$")
    return [remark.sub("", line) for line in block.text.splitlines()]


def _with_before(line: str) -> Iterator[tuple[str, str]]:
    """Each word of a command with the one before it."""
    words = shlex.split(line, comments=True)
    yield from zip(words, ["", *words], strict=False)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
