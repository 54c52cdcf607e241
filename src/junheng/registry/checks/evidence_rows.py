"""Evidence: whose it is, whom it may speak for, and what must not be in it (filing.md §5)."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache, partial

from junheng.registry.checks.kinds import Outcome, kind
from junheng.registry.checks.returns import Round, problem_at
from junheng.registry.checks.rows import empty, label, lists_of, told
from junheng.registry.checks.rule import Rule
from junheng.registry.filing import Record

CODE_OF_A_SCHOOL = 10
"""Digits; the code of a county is shorter."""
_PERSON = re.compile(r"(?<!\d)[1-9]\d{16}[\dXx](?![\dA-Za-z])")
"""A citizen's number: 17 digits and a check digit."""
_LONG = re.compile(r"\d{17}")


@kind
def row_unit_filed(rule: Rule, _: Round, round_: Round) -> Outcome:
    """The unit of a row is a county that filed, or a school that filed or is listed."""
    for listed, columns in lists_of(rule, round_):
        for each in columns:
            for row in listed.those(partial(_is_stranger, round_), each):
                yield problem_at(row, each, told(row, each))


def _is_stranger(round_: Round, code: object) -> bool:
    return isinstance(code, str) and not _is_known(code, round_)


def _is_known(code: str, round_: Round) -> bool:
    if len(code) < CODE_OF_A_SCHOOL:
        unsure = not round_.counties or round_.unreadable("county")
        return bool(unsure) or code in round_.counties
    unsure = round_.unreadable("schools") or "schools" in round_.unread
    return bool(unsure) or code in round_.codes


@kind
def evidence_of_the_right_unit(rule: Rule, _: Round, round_: Round) -> Outcome:
    """A county's indicator is not proved by one school, nor a school's by the county."""
    for listed, _columns in lists_of(rule, round_):
        for row in listed.those(partial(_is_of_another, rule), "indicator", "scope"):
            of_a_school = len(str(row.value("scope"))) == CODE_OF_A_SCHOOL
            whose, asked = ("学校", "区县") if of_a_school else ("区县", "学校")
            indicator = row.value("indicator")
            found = f"{indicator} 的材料由{asked}提供，而{told(row, 'scope')}，是{whose}代码"
            yield problem_at(row, "scope", found)


def _is_of_another(rule: Rule, indicator: object, scope: object) -> bool:
    code = str(scope or "")
    wrong = rule.words["county" if len(code) == CODE_OF_A_SCHOOL else "school"]
    return bool(code) and str(indicator) in wrong


@kind
def same_file_same_hash(rule: Rule, _: Round, round_: Round) -> Outcome:
    """One file of one unit has one hash, however many indicators it supports."""
    first: dict[tuple[object, object], tuple[Record, object]] = {}
    for listed, _columns in lists_of(rule, round_):
        said = (listed.values(each) for each in ("scope", "file_name", "sha256"))
        for row, scope, name, hashed in zip(listed.rows, *said, strict=True):
            if hashed is None:
                continue
            earlier, hashed_before = first.setdefault((scope, name), (row, hashed))
            if hashed_before != hashed:
                found = f"“{name}”在 {earlier.origin} 另有一个校验值"
                yield problem_at(row, "sha256", found)


@kind
def hash_filed(rule: Rule, _: Round, round_: Round) -> Outcome:
    """A row without hash; where the files are there, their own rule gives it."""
    for listed, _columns in lists_of(rule, round_) if round_.folder is None else ():
        for row in listed.those(lambda hashed: hashed is None, "sha256"):
            if empty(row, "sha256") and not empty(row, _file_column(row)):
                found = f"“{row.value(_file_column(row))}”没有{label(row, 'sha256')}"
                yield problem_at(row, "sha256", found)


def _file_column(row: Record) -> str:
    return "file_name" if "file_name" in row.entries else "document"


@kind
def no_personal_data(rule: Rule, _: Round, round_: Round) -> Outcome:
    """No name of a file or a document shows that it lists pupils one by one."""
    lists = list(lists_of(rule, round_))
    names = {name for listed, columns in lists for each in columns for name in listed.values(each)}
    words = _words_in(_even("|".join(str(each or "") for each in names)), rule)
    if words is None:
        return
    for listed, columns in lists:
        for each in columns:
            for row in listed.those(lambda name: bool(_personal(str(name or ""), words)), each):
                word = _personal(str(row.value(each)), words)
                yield problem_at(row, each, f"{told(row, each)}，含有“{word}”")


def _even(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())


_evened = lru_cache(100_000)(_even)
"""Each name is looked at twice."""


Words = Mapping[str, Sequence[str]]


def _words_in(names: str, rule: Rule) -> Words | None:
    """The words of the rule that occur in many names: what is in none of them is not in all of them
    together. None where they give no list of pupils away."""
    words = {which: [each for each in all_ if each in names] for which, all_ in rule.words.items()}
    listed = words["people"] and words["lists"]
    return words if words["alone"] or listed or _LONG.search(names) else None


def _personal(name: str, words: Words) -> str:
    """The words that give a list of pupils away; empty where there are none."""
    text = _evened(name)
    if any(each in text for each in words["unless"]):
        return ""
    if number := _PERSON.search(text):
        return f"{number[0][:3]}…（公民身份号码）"
    alone = next((each for each in words["alone"] if each in text), "")
    people = next((each for each in words["people"] if each in text), "")
    listed = next((each for each in words["lists"] if each in text), "")
    return alone or (f"{people}…{listed}" if people and listed else "")
