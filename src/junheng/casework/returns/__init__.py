"""A return 填报: what one school, or one county office, hands in for a year, read, checked, kept and joined."""

from junheng.casework.returns.checking import Context, check_return, read_and_check
from junheng.casework.returns.counting import Asked, asked
from junheng.casework.returns.joining import (
    SchoolParts,
    evidence_rows,
    joined,
    own_marks,
    own_rows,
    part_of,
    records_of,
)
from junheng.casework.returns.nouns import Owner, Return
from junheng.casework.returns.packing import pack, unpack
from junheng.casework.returns.page import Field, Section, page_of
from junheng.casework.returns.together import check_together
from junheng.casework.returns.typed import typed_rows

__all__ = [
    "Asked",
    "Context",
    "Field",
    "Owner",
    "Return",
    "SchoolParts",
    "Section",
    "asked",
    "check_return",
    "check_together",
    "evidence_rows",
    "joined",
    "own_marks",
    "own_rows",
    "pack",
    "page_of",
    "part_of",
    "read_and_check",
    "records_of",
    "typed_rows",
    "unpack",
]
