"""Numbers and standing of clauses, for sentences that name them."""

from collections.abc import Iterator
from fractions import Fraction

from junheng.indicators import CATALOGUE
from junheng.schema import Stage
from junheng.standards import documents
from making.method.written import number, standard


def stands(code: str) -> Iterator[str]:
    """Which document says it, whether we saw its article, the source and how far it is trusted."""
    found, document = next(
        (each, document)
        for document in documents().values()
        for each in (*document.clause, *document.relaxation)
        if each.code == code
    )
    name = (
        document.name if document.name == document.title else f"{document.name}《{document.title}》"
    )
    yield f"条款 `{code}`，{name}，条号：{found.article}；来源 {found.source}；可信度 **{found.confidence}**"


def of(code: str, name: str) -> Iterator[str]:
    """One number of a clause or an exception."""
    demands, exceptions = standard().demands, standard().relaxations
    numbers = demands[code].clause.numbers if code in demands else exceptions[code][0].numbers
    yield number(Fraction(numbers[name]))


def percent(code: str, name: str) -> Iterator[str]:
    """A share of a clause as 85%."""
    yield number(standard().demands[code].clause.number(name) * 100) + "%"


def step(code: str) -> Iterator[str]:
    """The smallest unit in which a gap of the indicator is told."""
    yield number(CATALOGUE[code].step)


def limit(code: str, stage: str) -> Iterator[str]:
    yield number(standard().limit(code, Stage(stage)))


def cv_limit(stage: str) -> Iterator[str]:
    yield f"{float(standard().spread_limit(Stage(stage))):.2f}"
