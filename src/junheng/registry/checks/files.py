"""The evidence files against the rows that name them: there, whole, and named."""

from collections.abc import Iterator

from junheng.registry.checks.kinds import Outcome, kind
from junheng.registry.checks.returns import Problem, Round, problem_at
from junheng.registry.checks.rows import empty, rows_of
from junheng.registry.checks.rule import Rule
from junheng.registry.evidence_files import EvidenceFile
from junheng.registry.filing import Origin, Record, Source

HASHED = {"evidence": "file_name", "official_results": "document", "statements": "document"}
"""Tables whose rows carry the hash of their file, and the column that names it."""
NAMING = {
    **HASHED, "lineage": "document", "corrections": "document", "dense_areas": "document",
}  # fmt: skip
OWNERS = ("scope", "county_code", "school_code", "new_code")


def _found(row: Record, round_: Round) -> tuple[EvidenceFile, ...] | None:
    """The files a row may mean; None where it names none, or no folder was given."""
    if round_.folder is None:
        return None
    name = row.value(NAMING[row.table])
    if not isinstance(name, str):
        return None
    unit = next((row.value(each) for each in OWNERS if each in row.entries), None)
    return round_.folder.find(name, str(unit or ""))


@kind
def file_there(rule: Rule, _: Round, round_: Round) -> Outcome:
    """The folder holds the file that a row names, once."""
    for row in rows_of(rule, round_) if round_.folder is not None else ():
        files = _found(row, round_)
        if files is None or len(files) == 1:
            continue
        column = NAMING[row.table]
        found = f"文件夹里没有“{row.value(column)}”"
        if files:
            names = "、".join(each.name for each in files)
            found = f"文件夹里有 {len(files)} 个“{row.value(column)}”：{names}"
        yield problem_at(row, column, found)


@kind
def file_as_hashed(rule: Rule, _: Round, round_: Round) -> Outcome:
    """The file is, byte for byte, the one whose hash was filed."""
    for row in rows_of(rule, round_) if round_.folder is not None else ():
        files, filed = _found(row, round_) or (), row.value("sha256")
        if len(files) == 1 and filed is not None and files[0].sha256 != filed:
            found = f"“{files[0].name}”的校验值是 {files[0].sha256}，填报的是 {filed}"
            yield problem_at(row, "sha256", found)


@kind
def file_not_hashed(rule: Rule, _: Round, round_: Round) -> Outcome:
    """The file is there and its hash was not filed: the hash to fill in."""
    for row in rows_of(rule, round_) if round_.folder is not None else ():
        files = _found(row, round_) or ()
        if len(files) == 1 and empty(row, "sha256"):
            found = f"“{files[0].name}”没有填校验值"
            hint = f"校验值是 {files[0].sha256}"
            yield problem_at(row, "sha256", found, hint=hint)


@kind
def file_named(_rule: Rule, _: Round, round_: Round) -> Outcome:
    """Every file of the folder is named by some row."""
    if round_.folder is None:
        return
    named = {each.name for row in _naming(round_) for each in _found(row, round_) or ()}
    for name in round_.folder.files:
        if name not in named:
            yield Problem(Origin(name, "", ""), "", (), "", f"文件夹里的“{name}”没有任何一行写到")
    for name in round_.folder.outside:
        found = f"“{name}”是指到文件夹以外的链接，没有读取"
        yield Problem(Origin(name, "", ""), "", (), "", found)


def _naming(round_: Round) -> Iterator[Record]:
    for table in NAMING:
        yield from round_.lists[table].rows


def verified(round_: Round) -> tuple[Source, ...]:
    """The files whose hash is the one filed, each once."""
    found = {}
    for table in HASHED if round_.folder is not None else ():
        for row in round_.lists[table].rows:
            files = _found(row, round_) or ()
            if len(files) == 1 and files[0].sha256 == row.value("sha256"):
                found[files[0].name] = Source(files[0].name, files[0].sha256, files[0].size)
    return tuple(found[name] for name in sorted(found))
