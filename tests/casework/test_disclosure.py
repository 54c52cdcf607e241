"""What leaves a register: nothing private, nothing that is not listed."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.casework import CaseFile, extract, public_view, register, registers
from junheng.registry import tables

SECRET = "机密"


@given(st.sampled_from(sorted(registers())), st.data())
def test_the_public_never_sees_a_private_value(name: str, data: st.DataObject) -> None:
    chosen = registers()[name]
    private = {c.name for c in chosen.column if c.private}
    values = {c.name: SECRET if c.name in private else f"公开{c.name}" for c in chosen.column}
    state = data.draw(st.sampled_from(sorted(chosen.states)))
    seen = public_view(CaseFile(chosen, "school", state, values=values))
    assert seen is None or SECRET not in seen.values()
    assert (seen is not None) == (state in chosen.public.states)


def test_the_remedies_have_private_columns_that_this_test_can_miss() -> None:
    assert {c.name for c in register("remedies").column if c.private} == {"owner_person", "contact"}
    assert public_view(CaseFile(register("remedies"), "school", "working")) is None


@pytest.mark.parametrize(("state", "count"), [("submitted", 0), ("passed", 1), ("sealed", 1)])
def test_the_papers_of_accepted_filings_become_rows_of_the_facts(state: str, count: int) -> None:
    paper: dict[str, Any] = {
        "indicator": "GV1",
        "scope": "410199",
        "file_name": "规划.pdf",
        "pages": 3,
    }
    case = CaseFile(
        register("filings"), "county", state, attachments=({**paper, "uploader": SECRET},)
    )
    (found,) = extract(register("filings"), [case])
    assert found.table == "evidence"
    assert len(found.rows) == count
    for row in found.rows:
        assert set(row) == set(tables()["evidence"].columns())
        assert row["pages"] == 3
        assert SECRET not in row.values()
