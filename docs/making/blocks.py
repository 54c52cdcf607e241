"""The code blocks of the manual, and what a test does with each.

A comment before a block says what the block cannot say itself:

    <!-- 不运行：why -->      a drawing, another machine, something that would take an hour
    <!-- 存为：name -->       the block is the file of that name; the commands after it read it
    <!-- 备好：name -->      in the meantime somebody filled in that file
    <!-- 片段：栏目 -->      a piece of a file of that kind, checked by what reads such files
    <!-- 退出状态：1 -->      the last command of the block ends so
    <!-- 费时 -->             run by `make prove` only
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

ROOT = Path(__file__).parents[2]
KINDS = {
    "命令": "在备好的示例数据上逐条运行；写出了结果的，逐行核对",
    "make": "用 `make -n` 走一遍，目标必须存在",
    "Python": "运行",
    "TOML": "解析，并由读它的程序检查；写明文件名的，后面的命令就用它",
    "JSON": "解析",
    "公式": "转成 MathML，不许有认不出的写法",
    "生成": "由程序生成，与重新生成的逐字比较",
    "不运行": "写明理由，一处一处登记",
}
LABEL = re.compile(r"<!-- (不运行|存为|备好|片段|退出状态|费时)(?:：(.+?))? -->")
FENCES = {
    "console": "命令", "sh": "命令", "python": "Python", "toml": "TOML", "json": "JSON", "math": "公式",
}  # fmt: skip
COMMANDS = re.compile(r"(?:\$ )?(junheng|make) ")
MARKED = re.compile(r"<!--[=~] [^>]+? -->.*?<!--/-->", re.DOTALL)


@dataclass(frozen=True)
class Block:
    """One code block as it stands on a page."""

    line: int
    language: str
    text: str
    labels: dict[str, str]
    made: bool
    """Written by docs/generate.py."""

    @property
    def kind(self) -> str:
        """A key of KINDS; empty where no test would know what to do with it."""
        if self.made:
            return "生成"
        if "不运行" in self.labels:
            return "不运行"
        first = COMMANDS.match(self.text)
        if self.language in ("", "console", "sh") and first:
            return "make" if first[1] == "make" else "命令"
        return FENCES.get(self.language, "") if self.language not in ("console", "sh") else ""

    @property
    def reason(self) -> str:
        return self.labels["不运行"]


def pages() -> list[Path]:
    """Every page that a reader of the repository or of the manual may meet."""
    roots = [ROOT / name for name in ("README.md", "README.en.md", "CONTRIBUTING.md")]
    return [*roots, *sorted((ROOT / "docs").rglob("*.md"))]


def blocks_of(page: Path) -> Iterator[Block]:
    text = page.read_text(encoding="utf-8")
    generated = page.parent.name == "reference"
    spans = [_lines(text, mark) for mark in MARKED.finditer(text)]
    labels: dict[str, str] = {}
    for token in MarkdownIt().parse(text):
        if token.type == "html_block":
            labels |= {found[1]: found[2] or "" for found in LABEL.finditer(token.content)}
        elif token.type in ("fence", "code_block"):
            assert token.map is not None, "a block knows its lines"
            line = token.map[0] + 1
            made = generated or any(first <= line <= last for first, last in spans)
            yield Block(line, token.info.strip(), token.content, labels, made)
            labels = {}
        elif token.type in ("paragraph_open", "heading_open"):
            labels = {}


def _lines(text: str, mark: re.Match[str]) -> tuple[int, int]:
    return text.count("\n", 0, mark.start()) + 1, text.count("\n", 0, mark.end()) + 1
