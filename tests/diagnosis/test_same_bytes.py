"""Same facts, same bytes: whatever the order of rows, threads, hash seed, time zone or locale."""

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

SCRIPT = Path(__file__).with_name("bytes_of_a_study.py")
SETTINGS = {
    "other_order": (1, {}),
    "yet_another_order": (2, {"PYTHONHASHSEED": "3"}),
    "one_thread": (0, {"POLARS_MAX_THREADS": "1"}),
    "eight_threads_other_order": (3, {"POLARS_MAX_THREADS": "8"}),
    "hash_seed_1": (0, {"PYTHONHASHSEED": "1"}),
    "hash_seed_4294967295": (0, {"PYTHONHASHSEED": "4294967295"}),
    "new_york": (0, {"TZ": "America/New_York"}),
    "kiritimati_locale_c": (4, {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C"}),
    "ascii_streams": (0, {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}),
}


@cache
def bytes_under(seed: int, **environment: str) -> str:
    """What the script prints for rows in the order of that seed; 0 = as they were made."""
    run = subprocess.run(
        [sys.executable, "-W", "error", str(SCRIPT), str(seed)],
        env=os.environ | {"PYTHONHASHSEED": "0"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


@pytest.mark.slow
def test_a_study_has_a_fingerprint_and_three_files():
    lines = bytes_under(0).splitlines()
    assert [line.split()[0] for line in lines] == [
        "facts",
        "assessment.json",
        "assessment.parquet",
        "receipt.json",
    ]
    assert all(len(line.split()[1]) == 64 for line in lines)


FAST = ("eight_threads_other_order", "kiritimati_locale_c")


@pytest.mark.parametrize(
    "setting", [pytest.param(s, marks=() if s in FAST else pytest.mark.slow) for s in SETTINGS]
)
def test_nothing_around_the_facts_changes_a_byte(setting):
    seed, environment = SETTINGS[setting]
    assert bytes_under(seed, **environment) == bytes_under(0)
