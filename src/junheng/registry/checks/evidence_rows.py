"""Evidence: whose it is, whom it may speak for, and what must not be in it (filing.md §5)."""

import re
import unicodedata
from functools import lru_cache

from junheng.registry.checks.kinds import Outcome, kind
from junheng.registry.checks.returns import Round, problem_at
from junheng.registry.checks.rows import empty, held, label, rows_of, told
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
    for row in rows_of(rule, round_):
        for each in held(row, rule):
            code = row.value(each)
            if isinstance(code, str) and not _is_known(code, round_):
                yield problem_at(row, each, told(row, each))


def _is_known(code: str, round_: Round) -> bool:
    if len(code) < CODE_OF_A_SCHOOL:
        unsure = not round_.counties or round_.unreadable("county")
        return bool(unsure) or code in round_.counties
    unsure = round_.unreadable("schools") or "schools" in round_.unread
    return bool(unsure) or code in round_.codes


@kind
def evidence_of_the_right_unit(rule: Rule, _: Round, round_: Round) -> Outcome:
    """A county's indicator is not proved by one school, nor a school's by the county."""
    for row in rows_of(rule, round_):
        indicator, scope = str(row.value("indicator")), str(row.value("scope") or "")
        of_a_school = len(scope) == CODE_OF_A_SCHOOL
        wrong = rule.words["county" if of_a_school else "school"]
        if scope and indicator in wrong:
            whose, asked = ("学校", "区县") if of_a_school else ("区县", "学校")
            found = f"{indicator} 的材料由{asked}提供，而{told(row, 'scope')}，是{whose}代码"
            yield problem_at(row, "scope", found)


@kind
def same_file_same_hash(rule: Rule, _: Round, round_: Round) -> Outcome:
    """One file of one unit has one hash, however many indicators it supports."""
    first: dict[tuple[object, object], Record] = {}
    for row in rows_of(rule, round_):
        if row.value("sha256") is None:
            continue
        earlier = first.setdefault((row.value("scope"), row.value("file_name")), row)
        if earlier.value("sha256") != row.value("sha256"):
            found = f"“{row.value('file_name')}”在 {earlier.origin} 另有一个校验值"
            yield problem_at(row, "sha256", found)


@kind
def hash_filed(rule: Rule, _: Round, round_: Round) -> Outcome:
    """A row without hash; where the files are there, their own rule gives it."""
    for row in rows_of(rule, round_) if round_.folder is None else ():
        if empty(row, "sha256") and not empty(row, _file_column(row)):
            found = f"“{row.value(_file_column(row))}”没有{label(row, 'sha256')}"
            yield problem_at(row, "sha256", found)


def _file_column(row: Record) -> str:
    return "file_name" if "file_name" in row.entries else "document"


@kind
def no_personal_data(rule: Rule, _: Round, round_: Round) -> Outcome:
    """No name of a file or a document shows that it lists pupils one by one."""
    rows = list(rows_of(rule, round_))
    names = (str(row.value(each) or "") for row in rows for each in held(row, rule))
    if not _may_be_personal(_even("|".join(names)), rule):
        return
    for row in rows:
        for each in held(row, rule):
            word = _personal(str(row.value(each) or ""), rule)
            if word:
                yield problem_at(row, each, f"{told(row, each)}，含有“{word}”")


def _even(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())


_evened = lru_cache(100_000)(_even)
"""One file is named in many rows, and each name is looked at twice."""


def _may_be_personal(names: str, rule: Rule) -> bool:
    """Whether one of many names may be: what is in none of them is not in all of them together."""
    alone, people, lists = (
        any(each in names for each in rule.words[which]) for which in ("alone", "people", "lists")
    )
    return alone or (people and lists) or _LONG.search(names) is not None


def _personal(name: str, rule: Rule) -> str:
    """The words that give a list of pupils away; empty where there are none."""
    text = _evened(name)
    if any(each in text for each in rule.words["unless"]):
        return ""
    if number := _PERSON.search(text):
        return f"{number[0][:3]}…（公民身份号码）"
    alone = next((each for each in rule.words["alone"] if each in text), "")
    people = next((each for each in rule.words["people"] if each in text), "")
    listed = next((each for each in rule.words["lists"] if each in text), "")
    return alone or (f"{people}…{listed}" if people and listed else "")
