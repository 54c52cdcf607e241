"""The rules of the checks, as declared in `checks/*.toml`, and the catalogue of them.

A rule is data: code, level, source, confidence, the columns it compares and the numbers it
compares with. Its `kind` names the one function of `checks/` that can judge it.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec
import tomli

from junheng.errors import DeclarationError
from junheng.registry.catalogue import STAGES_FILED
from junheng.registry.filing import Level
from junheng.schema import Stage


class Range(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A plausible range, both ends included; `settlement` holds the 城乡分类 digits it is for."""

    low: Decimal
    high: Decimal
    settlement: tuple[str, ...] = ()


class Bin(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A size bin: the column that counts it, its bounds (classes: pupils; rooms: m²)."""

    column: str
    low: Decimal
    high: Decimal | None = None


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One check. `{stage}` in columns and texts is filled where `by_stage` is set."""

    code: str
    """K… of standards.md §11, S… structure, R… relation or plausibility."""
    title: str
    level: Level
    kind: str
    per: Literal["school", "county", "filing"] = "school"
    source: str
    confidence: Literal["H", "M", "L", "B", "D"]
    allowed: str
    """What is allowed, shown in the finding; numbers of the rule in braces."""
    mend: str
    gist: str = ""
    """How an open wording was read, for the reference page."""
    by_stage: bool = False
    stage: Stage | None = None
    """Set by the expansion of `by_stage`."""
    compulsory: bool = False
    """Only schools with compulsory pupils of their own: no special, senior, vocational."""
    counted: bool = False
    """Only rows that count as a school (计校数)."""
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    over_schools: tuple[str, ...] = ()
    """Columns summed over the schools of the county, on the greater side."""
    public_only: bool = False
    columns: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    """List tables whose rows are looked at; each column is taken where a table has it."""
    at: str = ""
    """Column whose cell is reported; the first of `left` where it is empty."""
    swap: tuple[str, ...] = ()
    """Two columns that clerks fill the wrong way round; `swap_share` of `numbers`: the greatest
    usual share of the lesser in the greater."""
    ranges: tuple[Range, ...] = ()
    per_least: Decimal = Decimal(1)
    """Least sum of `right` (pupils) from which a ratio is judged."""
    floor: Decimal = Decimal(0)
    """The sum of `right` counts as at least this much."""
    bins: tuple[Bin, ...] = ()
    numbers: Mapping[str, Decimal] = {}
    words: Mapping[str, tuple[str, ...]] = {}

    @property
    def place(self) -> str:
        return self.at or self.left[0]


class Unverified(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the checks that cannot run, with the circumstance in which that is so."""

    code: str
    reason: str
    when: Literal[
        "always", "no_last_year", "no_cohort_year", "no_class_list", "no_room_list",
        "no_evidence", "no_files", "no_official_results", "no_statements",
    ] = "always"  # fmt: skip


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    rule: tuple[Rule, ...] = ()
    unverified: tuple[Unverified, ...] = ()


def _for_stage(rule: Rule, stage: Stage) -> Rule:
    def named(columns: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(each.replace("{stage}", stage.value) for each in columns)

    return msgspec.structs.replace(
        rule,
        stage=stage,
        left=named(rule.left),
        right=named(rule.right),
        columns=named(rule.columns),
        at=rule.at.replace("{stage}", stage.value),
        swap=named(rule.swap),
        bins=tuple(
            Bin(each.column.replace("{stage}", stage.value), each.low, each.high)
            for each in rule.bins
        ),
    )


def _expanded(rule: Rule) -> list[Rule]:
    return [_for_stage(rule, stage) for stage in STAGES_FILED] if rule.by_stage else [rule]


@cache
def _declared() -> tuple[_File, ...]:
    folder = files("junheng.registry") / "checks"
    found = sorted(
        (each for each in folder.iterdir() if each.name.endswith(".toml")), key=lambda f: f.name
    )
    return tuple(_load(each.read_text(encoding="utf-8"), each.name) for each in found)


def _load(text: str, file: str) -> _File:
    try:
        return msgspec.convert(tomli.loads(text), _File)
    except (tomli.TOMLDecodeError, msgspec.ValidationError) as error:
        raise DeclarationError(file, "规则", str(error)) from error


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, `by_stage` ones once a stage, in the order of the files."""
    return tuple(one for file in _declared() for rule in file.rule for one in _expanded(rule))


def rules_of(kind: str) -> tuple[Rule, ...]:
    """The rules that one function judges."""
    return tuple(rule for rule in rules() if rule.kind == kind)


@cache
def rule_of(kind: str) -> Rule:
    """The one rule of a kind that has only one."""
    (found,) = rules_of(kind)
    return found


@cache
def unverified_parts() -> tuple[Unverified, ...]:
    return tuple(each for file in _declared() for each in file.unverified)


@cache
def natural(code: str) -> tuple[tuple[int, str], ...]:
    """Sort key under which K2 comes before K10."""
    return tuple((int(n), "") if n else (-1, w) for n, w in re.findall(r"(\d+)|(\D+)", code))


@cache
def catalogue() -> tuple[tuple[str, str, Level, str, str], ...]:
    """(code, title, level, source, confidence) of every check, for the reference page."""
    declared = {rule.code: rule for file in _declared() for rule in file.rule}
    return tuple(
        (
            code,
            declared[code].title,
            declared[code].level,
            declared[code].source,
            declared[code].confidence,
        )
        for code in sorted(declared, key=natural)
    )
