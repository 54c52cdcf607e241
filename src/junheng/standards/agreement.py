"""Whether the rule files agree with one another, and the schemes with them."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations

from junheng.standards.amending import amended, with_amendments
from junheng.standards.nouns import Clause, Document, Scheme, Switch
from junheng.standards.places import superiors
from junheng.standards.promises import Target
from junheng.standards.soundness import Book, Fault, both_said, dated


def faults_between(books: list[Book]) -> Iterator[Fault]:
    """What is wrong between documents: amendments, readings, the same clause said twice."""
    known = {book.document.name: book.document for book in books}
    yield from _amendments(books, known)
    points = {s.code: s for d in known.values() for s in d.switch}
    codes = {c.code for d in known.values() for c in d.clause}
    for book in books:
        for clause in book.document.clause:
            if clause.reading:
                yield from _reading(book.file, clause, points)
            if clause.instead_of and clause.instead_of not in codes:
                found = f"instead_of 指的条款 {clause.instead_of} 不存在"
                yield Fault(book.file, f"code = {clause.code}", found)
        yield from _promises(book, points)


def faults_of_schemes(schemes: Iterable[Scheme], books: list[Book]) -> Iterator[Fault]:
    """What is wrong between schemes and documents: lines without clause, clauses without line."""
    known = {book.document.name: book.document for book in books}
    chosen = list(schemes)
    lines = {line.code for s in chosen for area in s.area for line in area.line}
    lines |= {code for s in chosen for code in s.indicators}
    promised = {t.code for d in known.values() for t in d.target}
    for book in books:
        yield from _touching(book, lines, promised)
    for scheme in chosen:
        yield from _scheme(scheme, known)
    members = [_members(scheme, known) for scheme in chosen]
    for one, other in combinations(books, 2):
        if _compete(one.document, other.document, members):
            settled, later = sorted((one, other), key=lambda book: _rank(book.document, members))
            yield from _said_twice(settled, later, known)


def _members(scheme: Scheme, known: dict[str, Document]) -> set[str]:
    named = tuple(name for name in scheme.documents if name in known)
    return {d.name for d in with_amendments(known, named)}


def _rank(document: Document, members: list[set[str]]) -> tuple[bool, int]:
    """Lower for what stands firm: the document of a scheme, then that of the wider place."""
    return all(document.name not in m for m in members), len(superiors(document.place))


def _compete(one: Document, other: Document, members: list[set[str]]) -> bool:
    """Whether two documents may not say the same: both bind one place, and no pair of schemes
    keeps them apart."""
    if one.place not in superiors(other.place) and other.place not in superiors(one.place):
        return False
    if not any(one.name in m for m in members) and not any(other.name in m for m in members):
        return one.place == other.place
    in_one, in_other = ([i for i, m in enumerate(members) if d.name in m] for d in (one, other))
    return not in_one or not in_other or bool({*in_one} & {*in_other})


def _amendments(books: list[Book], known: dict[str, Document]) -> Iterator[Fault]:
    for book in books:
        for name in book.document.amends:
            if name not in known:
                yield Fault(book.file, "amends", f"没有名为“{name}”的文件")
        if book.document.name in amended(book.document, known):
            found = f"“{book.document.name}”经 {'、'.join(book.document.amends)} 修改到自己，循环了"
            yield Fault(book.file, "amends", found)


def _reading(file: str, item: Clause | Target, points: dict[str, Switch]) -> Iterator[Fault]:
    switch, _, option = item.reading.partition("=")
    key = f"code = {item.code}"
    if switch not in points:
        yield Fault(file, key, f"reading 指的口径 {switch} 不存在")
    elif option not in [each.code for each in points[switch].option]:
        allowed = "、".join(each.code for each in points[switch].option)
        yield Fault(file, key, f"口径 {switch} 没有选项 {option or '（空）'}，可用：{allowed}")


def _promises(book: Book, points: dict[str, Switch]) -> Iterator[Fault]:
    codes = {t.code for t in book.document.target}
    for target in book.document.target:
        if target.reading:
            yield from _reading(book.file, target, points)
        if target.instead_of and target.instead_of not in codes:
            found = f"instead_of 指的承诺 {target.instead_of} 不存在"
            yield Fault(book.file, f"target code = {target.code}", found)


def _said_twice(one: Book, other: Book, known: dict[str, Document]) -> Iterator[Fault]:
    """The same code in two documents that bind the same place at the same time."""
    first, second = one.document, other.document
    if not _share_a_day(first, second):
        return
    if first.name in amended(second, known) or second.name in amended(first, known):
        return
    for item in dated(second):
        if any(each.code == item.code and both_said(each, item) for each in dated(first)):
            found = f"与“{first.name}”（{one.file}）的同名条款同时有效，而两份文件谁也没有修改谁（amends）"
            yield Fault(other.file, f"code = {item.code}", found)
    points = {s.code for s in first.switch}
    for switch in second.switch:
        if switch.code in points:
            found = f"与“{first.name}”（{one.file}）的同名口径重复"
            yield Fault(other.file, f"switch code = {switch.code}", found)


def _share_a_day(one: Document, other: Document) -> bool:
    begin = max(one.in_force or date.min, other.in_force or date.min)
    return begin < min(one.repealed or date.max, other.repealed or date.max)


def _touching(book: Book, lines: set[str], promised: set[str]) -> Iterator[Fault]:
    document = book.document
    touched = [(f"code = {c.code}", "indicators", c.indicators) for c in document.clause]
    touched += [(f"code = {r.code}", "touches", r.touches) for r in document.relaxation]
    touched += [(f"switch code = {s.code}", "touches", s.touches) for s in document.switch]
    for key, field, codes in touched:
        if unknown := [code for code in codes if code not in lines | promised]:
            yield Fault(book.file, key, f"{field} 里没有这些指标或承诺：{'、'.join(unknown)}")


def _scheme(scheme: Scheme, known: dict[str, Document]) -> Iterator[Fault]:
    file = f"schemes/{scheme.code}.toml"
    missing = [name for name in scheme.documents if name not in known]
    if missing:
        yield Fault(file, "documents", f"没有这些文件：{'、'.join(missing)}")
        return
    documents = with_amendments(known, scheme.documents)
    clauses = [c for d in documents for c in d.clause]
    for role, code in scheme.roles.items():
        if code not in {c.code for c in clauses}:
            yield Fault(file, f"roles.{role}", f"方案的文件里没有条款 {code}")
    if scheme.variant not in {c.variant for c in clauses}:
        yield Fault(file, "variant", f"没有条款说明差异系数算法 {scheme.variant}")
    yield from _lines(scheme, file, clauses)
    yield from _options(file, documents)


def _lines(scheme: Scheme, file: str, clauses: list[Clause]) -> Iterator[Fault]:
    decided = {c.code for c in clauses}
    decided |= {code for c in clauses if c.kind != "norm" for code in c.indicators}
    listed = [line.code for area in scheme.area for line in area.line]
    for code in sorted({*listed, *scheme.indicators} - decided):
        yield Fault(file, f"line code = {code}", "方案的文件里没有决定这个指标的条款")
    for code in sorted({c for c in listed if listed.count(c) > 1}):
        yield Fault(file, f"line code = {code}", "在方案里出现两次")


def _options(file: str, documents: list[Document]) -> Iterator[Fault]:
    relaxed = {r.code for d in documents for r in d.relaxation}
    for switch in (s for d in documents for s in d.switch):
        for code in (r for option in switch.option for r in option.relaxations):
            if code not in relaxed:
                yield Fault(file, f"switch code = {switch.code}", f"选项启用的例外 {code} 不存在")
