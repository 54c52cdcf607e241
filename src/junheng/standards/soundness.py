"""Whether a rule file agrees with itself: dates, doubles, owners, options, sets of places."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from junheng.standards.nouns import Clause, Document, Place, Relaxation, Switch
from junheng.standards.promises import ScopeSet, Target

COMPARED = ("limit", "share", "every", "spread", "official_result")
"""Kinds of clause that say nothing without a number to compare with."""


class Fault(NamedTuple):
    """One thing wrong with a rule file."""

    file: str
    key: str
    found: str


class Book(NamedTuple):
    """A document and the file it was read from."""

    file: str
    document: Document


def faults_of(book: Book, places: dict[str, Place]) -> Iterator[Fault]:
    """All that is wrong with one document by itself."""
    document = book.document
    found: list[tuple[str, str]] = []
    found += _doubles(document)
    found += _dates(document)
    for clause in document.clause:
        found += _clause(clause)
    for switch in document.switch:
        found += _switch(switch)
    for target in document.target:
        found += _target(target, {s.code for s in document.scope_set} | set(places))
    for scope_set in document.scope_set:
        found += _scope_set(scope_set, document, places)
    promised = {t.code for t in document.target}
    for ordered in document.ordered:
        if lacking := [code for code in ordered.targets if code not in promised]:
            found.append(
                (f"code = {ordered.code}", f"targets 里没有这些承诺：{'、'.join(lacking)}")
            )
    return (Fault(book.file, key, what) for key, what in found)


def dated(document: Document) -> list[Clause | Relaxation]:
    """The clauses and relaxations of a document: what has dates of its own."""
    return [*document.clause, *document.relaxation]


def both_said(one: Clause | Relaxation, other: Clause | Relaxation) -> bool:
    """Whether two items can hold on one day: their dates meet, and they are no two options of
    one switch."""
    begin = max(one.valid_from or date.min, other.valid_from or date.min)
    end = min(one.valid_to or date.max, other.valid_to or date.max)
    return begin <= end and not _exclude(*(getattr(i, "reading", "") for i in (one, other)))


def _exclude(one: str, other: str) -> bool:
    switch, _, option = one.partition("=")
    other_switch, _, other_option = other.partition("=")
    return bool(switch) and switch == other_switch and option != other_option


def _doubles(document: Document) -> Iterator[tuple[str, str]]:
    for one, other in combinations(dated(document), 2):
        if one.code == other.code and both_said(one, other):
            yield f"code = {other.code}", "同一文件里出现两次，有效期重叠"
    lists = {
        "switch": [each.code for each in document.switch],
        "target": [each.code for each in document.target],
        "ordered": [each.code for each in document.ordered],
        "mechanism": [each.code for each in document.mechanism],
        "scope_set": [each.code for each in document.scope_set],
    }
    for name, codes in lists.items():
        for code in sorted({c for c in codes if codes.count(c) > 1}):
            yield f"{name} code = {code}", "同一文件里出现两次"


def _dates(document: Document) -> Iterator[tuple[str, str]]:
    spans = [("in_force", document.in_force, document.repealed)]
    spans += [(f"code = {each.code}", each.valid_from, each.valid_to) for each in dated(document)]
    spans += [(f"code = {each.code}", each.period_start, each.due) for each in document.target]
    for key, begin, end in spans:
        if begin is not None and end is not None and end < begin:
            yield key, f"结束日期 {end} 早于开始日期 {begin}"


def _clause(clause: Clause) -> Iterator[tuple[str, str]]:
    key = f"code = {clause.code}"
    compared = {**clause.at_least, **clause.at_most, **clause.above, **clause.below}
    if clause.kind in COMPARED and clause.indicators and not compared:
        yield key, f"类别是 {clause.kind}，却没有任何限值（at_least、at_most、above、below）"
    if clause.kind in ("evidence", "statement") and not clause.evidence:
        yield key, f"类别是 {clause.kind}，却没有写应备的材料（evidence）"
    if clause.kind in ("evidence", "statement") and not clause.filed_by:
        yield key, "没有写材料由谁提交（filed_by）"
    for name in sorted({*clause.at_least} & {*clause.at_most}):
        if Fraction(clause.at_least[name]) > Fraction(clause.at_most[name]):
            yield key, f"{name} 的下限 {clause.at_least[name]} 高于上限 {clause.at_most[name]}"
    if clause.instead_of and not clause.reading:
        yield key, "写了 instead_of，却没有写在哪种口径下替换（reading）"


def _switch(switch: Switch) -> Iterator[tuple[str, str]]:
    key = f"switch code = {switch.code}"
    codes = [each.code for each in switch.option]
    if switch.default not in codes:
        yield key, f"默认选项 {switch.default} 不在选项 {'、'.join(codes)} 之中"
    if len(codes) < 2:
        yield key, "口径至少要有两个选项"
    for code in sorted({c for c in codes if codes.count(c) > 1}):
        yield key, f"选项 {code} 出现两次"


def _target(target: Target, scopes: set[str]) -> Iterator[tuple[str, str]]:
    key = f"target code = {target.code}"
    if not target.owner.strip():
        yield key, "没有责任主体（owner）"
    if target.scope not in scopes:
        yield key, f"范围 {target.scope} 既不是本文件的区域集合，也不是单位表里的代码"
    if target.data_source == "facts" and not target.formula:
        yield key, "数据来自填报（data_source = facts），却没有写用哪个算法（formula）"


def _scope_set(
    scope_set: ScopeSet, document: Document, places: dict[str, Place]
) -> Iterator[tuple[str, str]]:
    key = f"scope_set code = {scope_set.code}"
    unknown = [m for m in (*scope_set.members, *scope_set.without) if m not in places]
    if unknown:
        yield key, f"单位表里没有这些代码：{'、'.join(unknown)}"
    if scope_set.instead_of and scope_set.instead_of not in {s.code for s in document.scope_set}:
        yield key, f"instead_of 指的区域集合 {scope_set.instead_of} 不存在"
