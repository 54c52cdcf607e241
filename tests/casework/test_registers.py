"""Registers as files: each holds together, and every way of not holding together is named."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.casework import (
    CaseFile,
    Register,
    faults_of,
    moves_open_to,
    read_register,
    register,
    registers,
)
from junheng.casework.soundness import closure
from junheng.errors import DeclarationError, MisuseError

SMALL = """
name = "small"
label = "小台账"
note = "试验"
subjects = ["school"]
start = "a"
open_by = ["city_officer"]
state = [{ name = "a", label = "甲" }, { name = "b", label = "乙", end = true }]
column = [
  { number = "1", name = "title", label = "名称", kind = "text" },
  { number = "2", name = "phone", label = "电话", kind = "text", private = true },
]
deadline = [{ name = "d", label = "期限", states = ["a"], working_days = 5, remind = 1, source = "习惯", confidence = "D" }]
public = { states = ["b"], columns = ["title"] }
[[move]]
name = "go"
label = "走"
from = ["a"]
to = "b"
by = { school = ["school_clerk"] }
"""


def test_the_registers_of_the_desk_are_filings_and_remedies() -> None:
    assert list(registers()) == ["filings", "remedies"]


@pytest.mark.parametrize("each", registers().values(), ids=lambda each: each.name)
def test_a_register_of_the_desk_has_no_fault(each: Register) -> None:
    assert faults_of(each) == []


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('to = "b"', 'to = "c"', "没有声明的状态“c”"),
        ('to = "b"', 'to = "a"', "走不到“乙”"),
        ('label = "乙", end = true', 'label = "乙"', "没有一个状态是终点"),
        ('label = "乙", end = true', 'label = "甲", end = true', "“甲”写了 2 次"),
        ('columns = ["title"]', 'columns = ["phone"]', "私密的栏目“phone”"),
        ('columns = ["title"]', 'columns = ["name"]', "没有声明的栏目“name”"),
        ('states = ["a"], working', 'states = ["b"], working', "终点“b”不能有期限"),
        ("remind = 1", "remind = 9", "天数不对"),
        ("working_days = 5", 'column = "size"', "栏目要有声明"),
        ('confidence = "D"', 'confidence = "Z"', "没有写出处"),
        ('by = { school = ["school_clerk"] }', "by = {}", "没有写谁可以做"),
        ('by = { school = ["school_clerk"] }', 'by = { city = ["x"] }', "“city”不在 subjects"),
        ('label = "走"', 'label = "走"\nfields = ["size"]', "没有声明的栏目“size”"),
        ('label = "走"', 'label = "走"\nclean = true', "没有写核对什么"),
        ('label = "走"', 'labels = "走"', "unknown field `labels`"),
        ('name = "small"', 'name = "small', "声明"),
    ],
)
def test_a_register_that_does_not_hold_together_is_refused_and_says_why(
    before: str, after: str, told: str
) -> None:
    assert faults_of(read_register(SMALL, "small.toml")) == []
    assert before in SMALL
    with pytest.raises(DeclarationError, match=re.escape(told)):
        read_register(SMALL.replace(before, after, 1), "small.toml")


def test_a_state_from_which_no_end_is_reached_is_named() -> None:
    stuck = SMALL.replace(
        '{ name = "b"', '{ name = "x", label = "丙" }, { name = "b"'
    ) + '\n[[move]]\nname = "lose"\nlabel = "迷路"\nfrom = ["a"]\nto = "x"\nby = { school = ["school_clerk"] }\n'  # fmt: skip
    with pytest.raises(DeclarationError, match="从“丙”走不到任何终点"):
        read_register(stuck, "small.toml")


def test_two_clocks_in_one_state_are_named() -> None:
    clock = '{ name = "e", label = "另一个", states = ["a"], working_days = 5, remind = 1, source = "习惯", confidence = "D" }'
    with pytest.raises(DeclarationError, match="有 2 个期限"):
        read_register(SMALL.replace("deadline = [", f"deadline = [{clock}, "), "small.toml")


def test_a_role_that_nobody_can_have_is_named() -> None:
    assert faults_of(read_register(SMALL, "small.toml"), {"city_officer"}) == [
        "没有“school_clerk”这个角色"
    ]


def test_an_unknown_register_names_those_there_are() -> None:
    with pytest.raises(MisuseError, match="可用的：filings、remedies"):
        register("none")


@given(st.sampled_from(sorted(registers())), st.data())
def test_from_wherever_a_walk_leads_some_moves_lead_to_an_end(
    name: str, data: st.DataObject
) -> None:
    """Walked move by move as the roles would, not by the closure that the check uses."""
    chosen = registers()[name]
    subject = data.draw(st.sampled_from(chosen.subjects))
    roles = sorted({r for m in chosen.move for r in m.by.get(subject, ())})
    state = chosen.start
    for _ in range(data.draw(st.integers(0, 12))):
        case = CaseFile(chosen, subject, state)
        steps = [m for role in roles for m in moves_open_to(case, role)]
        if not steps:
            break
        state = data.draw(st.sampled_from(steps)).ends
    seen, waiting = {state}, [state]
    while waiting and not any(chosen.states[s].end for s in seen):
        here = CaseFile(chosen, subject, waiting.pop())
        for step in (m for role in roles for m in moves_open_to(here, role)):
            if step.ends not in seen:
                seen.add(step.ends)
                waiting.append(step.ends)
    assert any(chosen.states[s].end for s in seen)


@given(st.sets(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"))))
def test_the_closure_is_all_that_paths_reach(steps: set[tuple[str, str]]) -> None:
    reached = closure({"a"}, steps)
    for found in reached - {"a"}:
        paths = [["a"]]
        while not any(path[-1] == found for path in paths):
            longer = [[*p, e] for p in paths for b, e in steps if b == p[-1] and e not in p]
            assert longer, f"{found} is on no path"
            paths = longer
        assert all(pair in steps for pair in pairwise(next(p for p in paths if p[-1] == found)))
    assert not {e for b, e in steps if b in reached} - reached
