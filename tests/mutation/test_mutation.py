"""The mutants are what they say they are, and the tests catch at least 95 % of them."""

import subprocess
import sys
from pathlib import Path

import pytest

from mutation.code_mutants import code_mutants, compiled, steps
from mutation.data_mutants import data_mutants

TESTS = Path(__file__).parents[1]
SOURCE = '''"""Words."""
LIMIT = 3


def over(a: int, b: int) -> bool:
    """More than the limit."""
    assert a > 0
    return a + b >= LIMIT and not (a == b or min(a, b) < 1)
'''


def changes():
    return {mutant.change: mutant for mutant in code_mutants("some.module", SOURCE)}


def run(*options):
    """The command, from another directory, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "mutation", *options],
        cwd=TESTS, capture_output=True, text=True, check=False, encoding="utf-8",
    )  # fmt: skip


def test_every_operator_word_and_constant_is_changed_once_and_assertions_are_left_alone():
    assert set(changes()) == {
        "1 → 0", "1 → 2", "3 → 2", "3 → 4",
        "a + b >= LIMIT and not (a == b or min(a, b) < 1) → or", "a + b >= LIMIT → Gt",
        "a + b → Sub", "a == b or min(a, b) < 1 → and", "a == b → NotEq", "min(a, b) < 1 → LtE",
        "min → max", "not (a == b or min(a, b) < 1) → not removed",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "a", "b"),
    [("a + b >= LIMIT → Gt", 1, 2), ("3 → 4", 1, 2), ("a + b → Sub", 1, 4), ("1 → 2", 1, 4)],
)
def test_a_mutant_answers_otherwise(change, a, b):
    before, after = {}, {}
    exec(SOURCE, before)
    exec(compiled(changes()[change], SOURCE, "some.py"), after)
    assert before["over"](a, b) is True
    assert after["over"](a, b) is False


@pytest.mark.parametrize(
    ("text", "beside"),
    [("0.65", ("0.64", "0.66")), ("45", ("44", "46")), ("0", ("-1", "1")), ("1.0", ("0.9", "1.1"))],
)
def test_a_number_goes_one_unit_in_its_last_place(text, beside):
    assert steps(text) == beside


def test_every_number_and_comparison_of_a_clause_has_its_mutants():
    names = [mutant.name for mutant in data_mutants() if "6号 GV5:" in mutant.name]
    assert [name.partition(": ")[2] for name in names] == [
        "at_most.primary 45 → 44", "at_most.primary 45 → 46", "at_most.junior 50 → 49",
        "at_most.junior 50 → 51", "at_most → below", "at_most → at_least",
    ]  # fmt: skip


@pytest.mark.slow
def test_what_is_broken_is_noticed_and_a_test_that_looks_elsewhere_does_not_notice_it():
    chosen = ("--tests", "oracle/test_edges.py", "--only", "教督〔2017〕6号 GV5", "--no-trace")
    noticed = run(*chosen, "--match", "GV5", "--least", "1")
    assert noticed.returncode == 0, noticed.stderr
    unnoticed = run(*chosen, "--match", "VT7", "--least", "0.5")
    assert unnoticed.returncode == 1
    assert "1 of 6 caught" in unnoticed.stderr


@pytest.mark.prove
def test_at_least_95_percent_of_all_mutants_are_caught():
    found = run("--least", "0.95")
    assert found.returncode == 0, found.stderr[-4000:]
