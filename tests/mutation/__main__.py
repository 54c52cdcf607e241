"""`python -m mutation` from tests/: try every mutant of the rules, the indicators and the diagnosis.

Options: `--every 40` a sample, `--only indicators.spread` what begins so, `--tests` and `--match`
fewer tests, `--no-trace` every test for every mutant, `--longest 3` seconds a mutant,
`--write` the page docs/mutation.md.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mutation.code_mutants import CodeMutant, code_mutants, compiled
from mutation.covering import ENGINE
from mutation.data_mutants import DataMutant, data_mutants, put_in
from mutation.reporting import explanations, key_of, page, score, summary
from mutation.running import Job, Known, Mutation
from mutation.transplanting import DEFINING, transplant

ROOT = Path(__file__).parents[2]
FLOORS = ("indicators/**/*.py", "diagnosis/**/*.py")
DECIDING = "registry/records.py"
"""What of the registry decides whether a paper counts."""
ASKING_ONLY = "diagnosis/screening"
"""The screen decides nothing: its findings are questions, their rates are measured in docs/screening.md."""
TESTS = ("worked", "oracle", "indicators", "diagnosis", "standards", "registry/test_records.py")
LEFT_OUT = (
    "standards/test_bad_rules.py", "diagnosis/test_same_bytes.py", "diagnosis/test_keeping.py",
    "diagnosis/test_screen*", "standards/test_listing.py", "standards/test_norms.py",
)  # fmt: skip
"""They read the rule files anew, run in processes of their own, or look at other things."""
BASIC, BASIC_TESTS = "2012", ("agreement_basic", "test_composites", "test_taken_by_default")
LAW_TESTS = (
    "standards/test_taken", "standards/test_open_points", "standards/test_law",
    "standards/test_lines_of_2017", "diagnosis/test_near",
)  # fmt: skip
"""What is tried first where the rules of one scheme are changed."""
TABLE = "indicators/test_catalogue"
"""It says of every indicator how it is made."""
KEPT = "build/mutation-traced.pickle"
LONGEST, KNOWN = 10.0, 1.0
"""Seconds of the processor that a mutant is given; one that is explained less."""


def main(argv: list[str] | None = None) -> int:
    chosen = _options(argv)
    jobs = [*_data_jobs(), *_code_jobs()]
    known = explanations()
    for job in jobs:
        job.longest = KNOWN if key_of(job) in known else chosen.longest
    jobs = [job for job in jobs if job.name.startswith(tuple(chosen.only))] if chosen.only else jobs
    jobs = jobs[:: chosen.every]
    log = chosen.log.open("w", encoding="utf-8") if chosen.log else None

    def told(line: str) -> None:
        print(line, file=log or sys.stderr, flush=True)

    begun = time.perf_counter()
    plugin = Mutation(
        jobs, workers=chosen.workers, trace=chosen.trace, kept=ROOT / KEPT,
        partly=bool(chosen.only), told=told,
    )  # fmt: skip
    tests = [str(ROOT / "tests" / each) for each in chosen.tests]
    options = ["-q", "-s", "-m", "not slow and not prove", "-p", "no:cacheprovider"]
    options += [
        "-p",
        "no:xdist",
        "-k",
        chosen.match,
        *(f"--ignore-glob={ROOT / 'tests' / each}" for each in LEFT_OUT),
    ]
    ended = pytest.main([*options, *tests], plugins=[plugin])
    told(summary(jobs, time.perf_counter() - begun))
    if chosen.write:
        (ROOT / "docs/mutation.md").write_text(page(jobs, chosen.every), encoding="utf-8")
    return int(ended) or int(score(jobs) < chosen.least)


def _options(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="mutation", description=__doc__)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--least", type=float, default=0.95)
    parser.add_argument("--longest", type=float, default=LONGEST)
    parser.add_argument("--log", type=Path)
    parser.add_argument("--tests", nargs="*", default=list(TESTS))
    parser.add_argument("--match", default="")
    parser.add_argument("--no-trace", dest="trace", action="store_false")
    parser.add_argument("--write", action="store_true")
    return parser.parse_args(argv)


def _data_jobs() -> Iterator[Job]:
    for mutant in data_mutants():
        yield Job(mutant.name, _putting(mutant), _hinted(mutant))


def _putting(mutant: DataMutant) -> Callable[[], None]:
    return lambda: put_in(mutant)


def _hinted(mutant: DataMutant) -> Callable[[Known], list[pytest.Item]]:
    def choose(known: Known) -> list[pytest.Item]:
        basic = any(line.startswith("B") for line in mutant.lines) or BASIC in mutant.name
        hints = BASIC_TESTS if basic else (*(f"[{line}-" for line in mutant.lines), *LAW_TESTS)
        return known.ordered(known.items, hints)

    return choose


def _code_jobs() -> Iterator[Job]:
    for floor in (*FLOORS, DECIDING):
        for file in sorted(Path(ENGINE).glob(floor)):
            if ASKING_ONLY in file.as_posix():
                continue
            source = file.read_text(encoding="utf-8")
            module = ".".join(("junheng", *file.relative_to(ENGINE).with_suffix("").parts))
            for mutant in code_mutants(module, source):
                yield Job(
                    mutant.name, _transplanting(mutant, source, file), _covering(mutant, file)
                )


def _transplanting(mutant: CodeMutant, source: str, file: Path) -> Callable[[], None]:
    return lambda: transplant(mutant.module, compiled(mutant, source, str(file)))


def _covering(mutant: CodeMutant, file: Path) -> Callable[[Known], list[pytest.Item]]:
    def choose(known: Known) -> list[pytest.Item]:
        line = mutant.about.partition("-")[0]
        _, floor, *names = mutant.module.split(".")
        hints = (
            *((f"[{mutant.about}]",) if line else ()),
            f"{floor}/test_{names[-1]}",
            *known.importing(mutant.module),
            *((f"[{line}-",) if line else ()),
            *((TABLE,) if mutant.module in DEFINING else ()),
        )
        if mutant.module in DEFINING or not known.lines:
            return known.ordered(known.items, hints)
        return known.chosen(str(file), (mutant.first, mutant.last), hints)

    return choose


if __name__ == "__main__":
    sys.exit(main())
