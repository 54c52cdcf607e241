"""Mutants of a module: its syntax tree with one operator, constant or word of logic changed.

Left alone, because nothing is decided there: docstrings and other bare strings, type annotations,
`assert` and `strict=` (they state what cannot happen), the words of a `raise`, imports, format
specifications, and what is said of a dataclass.
"""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from types import CodeType

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult, ast.Pow: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
WORDS = {
    "min": "max", "max": "min", "any": "all", "all": "any", "ceil": "floor", "floor": "ceil",
}  # fmt: skip
NUMBER = re.compile(r"[0-9]+([.][0-9]+)?")


@dataclass(frozen=True)
class CodeMutant:
    """One change of one module."""

    module: str
    line: int
    change: str
    """What stood there → what stands there now."""
    number: int
    """The how-manieth change of the module."""
    first: int
    last: int
    """Lines of the statement in which it stands; 0 to 0 where it is executed on import only."""
    about: str = ""
    """Code of the indicator in whose definition it stands."""

    @property
    def name(self) -> str:
        return f"{self.module.removeprefix('junheng.')}:{self.line} {self.change}"


def code_mutants(module: str, source: str) -> Iterator[CodeMutant]:
    """Every mutant of a module, in order of the source."""
    tree = ast.parse(source)
    places = dict(_places(tree, None, False, ""))
    for number, (node, change, _) in enumerate(_changes(tree, source)):
        statement, inside, about = places[node]
        lines = (statement.lineno, statement.end_lineno or 0) if inside else (0, 0)
        yield CodeMutant(module, node.lineno, change, number, *lines, about)


def compiled(mutant: CodeMutant, source: str, file: str) -> CodeType:
    """The module with the change in it; lines keep their numbers."""
    tree = ast.parse(source)
    for number, (_, _, make) in enumerate(_changes(tree, source)):
        if number == mutant.number:
            make()
            return compile(ast.fix_missing_locations(tree), file, "exec")
    raise LookupError(mutant.name)


def _places(
    node: ast.AST, statement: ast.stmt | None, inside: bool, about: str
) -> Iterator[tuple[ast.AST, tuple[ast.stmt, bool, str]]]:
    """Node → the statement in which it stands, whether in the body of a function, of which indicator."""
    for field, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST):
                continue
            own = child if isinstance(child, ast.stmt) else statement
            assert own is not None, "a module holds statements"
            within = inside or (isinstance(node, ast.FunctionDef) and field == "body")
            code = _indicator(child) or about
            yield child, (own, within, code)
            yield from _places(child, own, within, code)


def _indicator(node: ast.AST) -> str:
    """The code given to @indicator over a function."""
    for each in node.decorator_list if isinstance(node, ast.FunctionDef) else ():
        if isinstance(each, ast.Call) and getattr(each.func, "id", "") == "indicator":
            return str(ast.literal_eval(each.args[0]))
    return ""


Make = Callable[[], object]
"""Puts the change into the tree; only one of a tree is ever called."""


def _changes(tree: ast.Module, source: str) -> Iterator[tuple[ast.AST, str, Make]]:
    for node in _deciding(tree):
        for words, make in _of(node):
            yield node, f"{_shown(node, source)} → {words}", make


def _deciding(node: ast.AST) -> Iterator[ast.AST]:
    for field, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or _silent(node, field, child):
                continue
            yield child
            yield from _deciding(child)


def _silent(parent: ast.AST, field: str, child: ast.AST) -> bool:
    if isinstance(child, ast.Assert | ast.Raise | ast.Import | ast.ImportFrom):
        return True
    if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
        return True
    if field == "decorator_list" and isinstance(child, ast.Call):
        return getattr(child.func, "id", "") == "dataclass"
    if isinstance(child, ast.keyword):
        return child.arg == "strict"
    return field in ("annotation", "returns", "format_spec")


def _shown(node: ast.AST, source: str) -> str:
    text = " ".join((ast.get_source_segment(source, node) or "").split())
    return text if len(text) <= 60 else f"{text[:57]}…"


def _of(node: ast.AST) -> Iterator[tuple[str, Make]]:
    if isinstance(node, ast.Compare):
        yield from _comparisons(node)
    elif isinstance(node, ast.BinOp | ast.AugAssign) and type(node.op) in ARITHMETIC:
        new = ARITHMETIC[type(node.op)]
        yield new.__name__, lambda: setattr(node, "op", new())
    elif isinstance(node, ast.BoolOp):
        other = ast.Or if isinstance(node.op, ast.And) else ast.And
        yield other.__name__.lower(), lambda: setattr(node, "op", other())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "not removed", lambda: setattr(node, "operand", ast.UnaryOp(ast.Not(), node.operand))
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield "minus removed", lambda: setattr(node, "op", ast.UAdd())
    elif isinstance(node, ast.Name) and node.id in WORDS and isinstance(node.ctx, ast.Load):
        yield WORDS[node.id], lambda: setattr(node, "id", WORDS[node.id])
    elif isinstance(node, ast.Constant):
        yield from _constants(node)


def _comparisons(node: ast.Compare) -> Iterator[tuple[str, Make]]:
    for place, each in enumerate(node.ops):
        new = COMPARISONS[type(each)]
        yield new.__name__, lambda place=place, new=new: node.ops.__setitem__(place, new())


def _constants(node: ast.Constant) -> Iterator[tuple[str, Make]]:
    for value in _beside(node.value):
        yield repr(value), lambda value=value: setattr(node, "value", value)


def _beside(value: object) -> list:
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value - 1, value + 1]
    if isinstance(value, float):
        return [value / 10, value * 10] if value else [1.0]
    if isinstance(value, str) and NUMBER.fullmatch(value):
        return list(steps(value))
    return []


def steps(text: str) -> tuple[str, str]:
    """A decimal number as text, one unit in its last place less and more."""
    places = len(text.partition(".")[2])
    scaled = int(Fraction(text) * 10**places)
    return _written(scaled - 1, places), _written(scaled + 1, places)


def _written(scaled: int, places: int) -> str:
    sign, digits = "-" if scaled < 0 else "", f"{abs(scaled):0{places + 1}d}"
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"
