"""Counts of the tests and of the code blocks, taken from the repository while the site is built."""

import ast
import inspect
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mutation.code_mutants import code_mutants
from mutation.covering import ENGINE
from mutation.data_mutants import data_mutants
from mutation.reporting import explanations
from properties.cases import holds

from making.blocks import KINDS, blocks_of, pages
from making.grids import grid
from making.method import ROOT

TESTS = ROOT / "tests"
USUAL = 100
"""Cases that hypothesis tries where a test does not say how many."""
_HOLDS, MANY = "holds", inspect.signature(holds).parameters["many"].default
PLACES = {
    "worked": "手工算例",
    "oracle": "与第二个引擎比对",
    "properties": "性质（单调、尺度不变、次序、合并与拆分）",
    "mutation": "变异检验本身",
    "malice": "畸形文件、中途被杀、磁盘满、位翻转",
    "national": "全国规模与分布式引擎",
    "registry": "读取、校验、封存",
    "standards": "规则文件与政策目标",
    "indicators": "指标与差异系数",
    "diagnosis": "判定、差距、翻转、筛查",
    "plan": "班额方案、达标方案",
    "studies": "研究与回执、历年、口径",
    "publish": "工作簿、Word、网页（含浏览器打开）",
    "cli": "命令",
    "sample": "示例数据",
    "test_house.py": "楼层与规矩",
    "manual": "文档里的代码块",
    "test_method.py": "本手册的算例",
    "test_docs.py": "文档的其余",
}


@dataclass(frozen=True)
class Test:
    """One test function, as its source says it."""

    place: str
    when: str
    """check, test (slow) or prove."""
    cases: int
    """Random cases that `make test` tries; 0 where it is no property test."""
    more: int
    """Those that `make prove` tries."""


def kinds() -> Iterator[str]:
    """Test functions and property cases by place."""
    found = _tests()
    rows = []
    for place, label in {**PLACES, "": "其余"}.items():
        here = [each for each in found if (each.place if each.place in PLACES else "") == place]
        if not here:
            continue
        when = Counter(each.when for each in here)
        usual, more = sum(each.cases for each in here), sum(each.more for each in here)
        rows.append((
            label, f"`{place}`" if place else "—", str(len(here)),
            *(str(when[each]) for each in ("check", "test", "prove")), f"{usual:,}", f"{more:,}",
        ))  # fmt: skip
    when = Counter(each.when for each in found)
    rows.append((
        "**合计**", "—", str(len(found)), *(str(when[each]) for each in ("check", "test", "prove")),
        f"{sum(each.cases for each in found):,}", f"{sum(each.more for each in found):,}",
    ))  # fmt: skip
    yield from grid(
        (
            "种类",
            "`tests/` 里",
            "测试函数",
            "check",
            "test 另有",
            "prove 另有",
            "随机案例：test",
            "prove",
        ),
        rows,
    )


def inventory() -> Iterator[str]:
    """What the tests lean on, counted."""
    sources = [
        p
        for f in ("indicators", "diagnosis")
        for p in Path(ENGINE, f).rglob("*.py")
        if "screening" not in p.parts
    ]
    code = sum(len(list(code_mutants("m", p.read_text(encoding="utf-8")))) for p in sources)
    data = len(list(data_mutants()))
    house = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    rows = (
        ("手工算例（TOML，一个文件一个县，写明谁怎样手算）", f"{len(list((TESTS / 'worked').rglob('*.toml'))):,} 个文件"),
        ("第二个引擎", f"{_lines(TESTS / 'oracle', but='test_'):,} 行，不引用本程序"),
        ("引擎（指标与诊断）", f"{_lines(Path(ENGINE, 'indicators')) + _lines(Path(ENGINE, 'diagnosis')):,} 行"),
        ("变异：改动一处程序", f"{code:,} 种"),
        ("变异：改动一处规则数据", f"{data:,} 种"),
        ("变异中已逐个说明为什么测试看不出的", f"{len(explanations()):,} 种"),
        ("楼层合同（import-linter）", f"{len(house['tool']['importlinter']['contracts'])} 份"),
    )  # fmt: skip
    yield from grid(("依据", "数量"), rows)


def code_blocks() -> Iterator[str]:
    """Code blocks of the manual by what a test does with them."""
    found = Counter(block.kind for page in pages() for block in blocks_of(page))
    yield from grid(
        ("代码块", "测试怎样对待", "个数"),
        ((name, KINDS[name], str(found[name])) for name in KINDS),
    )


def not_run() -> Iterator[str]:
    """The blocks that are labelled as not to be run, each with its reason."""
    rows = [
        (f"`{page.relative_to(ROOT).as_posix()}`", block.reason)
        for page in pages()
        for block in blocks_of(page)
        if block.kind == "不运行"
    ]
    yield from grid(("页", "为什么不运行"), rows)


def _lines(folder: Path, but: str = " ") -> int:
    return sum(
        len(p.read_text(encoding="utf-8").splitlines())
        for p in folder.rglob("*.py")
        if not p.name.startswith(but)
    )


@cache
def _tests() -> tuple[Test, ...]:
    return tuple(test for file in sorted(TESTS.rglob("test_*.py")) for test in _of(file))


def _of(file: Path) -> Iterator[Test]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    named = {
        target.id: each.value
        for each in tree.body
        if isinstance(each, ast.Assign)
        for target in each.targets
        if isinstance(target, ast.Name)
    }
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef) and function.name.startswith("test_"):
            marks = [_meant(each, named) for each in function.decorator_list]
            marks += [named[n] for n in ("pytestmark",) if n in named]
            yield Test(file.relative_to(TESTS).parts[0], _when(marks), *_cases(marks))


def _meant(decorator: ast.expr, named: dict[str, ast.expr]) -> ast.expr:
    """The decorator, or what a name of the module stands for."""
    return named.get(decorator.id, decorator) if isinstance(decorator, ast.Name) else decorator


def _when(marks: list[ast.expr]) -> str:
    """A property of `properties.cases.holds` is run in all three; it counts where it is run first."""
    names = {ast.unparse(each).rpartition(".")[2] for each in marks}
    if _HOLDS in (calls := _calls(marks)):
        return "check" if _constant(calls[_HOLDS], "quick", 0) else "test"
    return "prove" if "prove" in names else "test" if "slow" in names else "check"


def _cases(marks: list[ast.expr]) -> tuple[int, int]:
    """Random cases of `make test`, and of `make prove`."""
    calls = _calls(marks)
    if _HOLDS in calls:
        return _constant(calls[_HOLDS], "few", 0), _constant(calls[_HOLDS], "many", MANY)
    if "given" not in calls:
        return 0, 0
    tried = _constant(calls["settings"], "max_examples", USUAL) if "settings" in calls else USUAL
    return (0, tried) if _when(marks) == "prove" else (tried, 0)


def _calls(marks: list[ast.expr]) -> dict[str, ast.Call]:
    return {
        ast.unparse(each.func).rpartition(".")[2]: each
        for each in marks
        if isinstance(each, ast.Call)
    }


def _constant(call: ast.Call, keyword: str, default: int) -> int:
    for each in call.keywords:
        if each.arg == keyword and isinstance(each.value, ast.Constant):
            return int(str(each.value.value)) if not isinstance(each.value.value, bool) else 1
    return default
