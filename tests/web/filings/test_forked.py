"""The server divides itself: nothing that computes with threads may have run before it does."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SOURCES = Path(__file__).parents[3] / "src"
SCRIPT = """
import re
import sys
from contextlib import suppress
from pathlib import Path
from junheng.cli.serving import _ready

def threads():
    names = set()
    for task in Path("/proc/self/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):  # it ended while we looked
            names.add((task / "comm").read_text().strip())
    return {name for name in names if re.fullmatch("polars-[0-9]+", name)}

folder = _ready(Path(sys.argv[1]))
from junheng.web.serving import apart
told = apart.open_desk_apart(folder, stores=[Path(sys.argv[2])], place="", demo=False, demo_from=Path("none"))
assert any("首位系统管理员" in line for line in told.lines), told
print(sorted(threads()))
import polars
polars.DataFrame({"a": [1] * 100000}).group_by("a").len().sort("a")
print(bool(threads()))
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="threads are told by /proc")
def test_the_process_that_will_serve_has_no_threads_of_polars(
    tmp_path: Path, sealed_last_year: Path
) -> None:
    env = {**os.environ, "JUNHENG_DATABASE": "", "PYTHONPATH": str(SOURCES)}
    env = {k: v for k, v in env.items() if k not in ("JUNHENG_DATA", "DJANGO_SETTINGS_MODULE")}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path / "desk"), str(sealed_last_year)], env=env,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    before, after = done.stdout.splitlines()[-2:]
    assert before == "[]"
    assert after == "True", "this test would see them"
