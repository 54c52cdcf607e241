"""The compliance plan against time: bound, gap, and peers on the same problems, on invented and sample counties.

    python benchmarks/plan/run.py [--cases 40 160 500 sample impossible city short] [--seeds 5] [--write]

Every case is measured with each seed, each told of by its worst. Measured cases are kept in
benchmarks/plan/measured.json, so that they may be run one by one; `--write` puts all of them into
docs/performance.md. Peers (SCIP, HiGHS with a fixed grid of cuts) run on the cases of `PEERED`.
"""

import argparse
import json
import sys
import time
from pathlib import Path

from cases import CASES, Case
from telling import tell

from junheng.plan.compliance.relaxation import relax
from junheng.plan.compliance.searching import Effort, Progress, search

MEASURED = Path(__file__).parent / "measured.json"
PEERED = {"40": 20.0, "160": 20.0}
"""Case → seconds that each peer has for its one seed."""
OURS = "junheng"


def measured(case: Case, seed: int) -> dict[str, object]:
    """Seconds to the first bound and of every step, the gaps then, what is left unmet."""
    problem = case.make(seed)
    begun = time.perf_counter()
    steps: list[tuple[float, float | None]] = []
    first: float | None = None
    if not problem.caps or case.name == "sample":
        relax(problem)
        first, begun = time.perf_counter() - begun, time.perf_counter()
    proven: float | None = None

    def told(progress: Progress) -> bool:
        nonlocal first, proven
        passed = time.perf_counter() - begun
        first = passed if first is None else first
        if "至少" in progress.step:
            proven = passed
        steps.append((passed, progress.gap))
        return True

    gap = min((r.gap for r in case.reaches if r.gap is not None), default=0.001)
    answer = search(problem, effort=Effort(gap=gap, seconds=case.seconds), told=told)
    spent = time.perf_counter() - begun
    assert answer is not None, f"{case.name}, seed {seed}: nothing found"
    few = len(answer.unmet)
    steps.append((spent, (few - answer.fewest) / few if few > answer.fewest else answer.gap))
    return {
        "seed": seed, "first": first, "proven": proven, "steps": steps, "spent": spent,
        "unmet": few, "fewest": answer.fewest, "gap": answer.gap, "parts": len(problem.parts),
    }  # fmt: skip


def peered(case: Case, seed: int, seconds: float) -> dict[str, object]:
    """Each peer's trace on one seed."""
    from peers import PEERS  # SCIP is in the bench group only

    found = {}
    for name, solve in PEERS.items():
        trace = solve(case.make(seed), seconds)
        found[name] = {"points": trace.points, "seconds": seconds, "cost": trace.cost}
        print(f"{case.name:>10} {name}: {trace.points[-1:] or 'no plan'}", flush=True)
    return found


def main() -> int:
    parser = argparse.ArgumentParser()
    names = [case.name for case in CASES]
    parser.add_argument("--cases", nargs="*", choices=names, default=names)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--first", type=int, default=1, help="the first seed")
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--peers-only", action="store_true")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    kept = json.loads(MEASURED.read_text(encoding="utf-8")) if MEASURED.exists() else {}
    for case in (case for case in CASES if case.name in asked.cases):
        held = kept.setdefault(case.name, {"seeds": {}, "peers": {}})
        for seed in range(asked.first, asked.first + asked.seeds):
            if asked.peers_only:
                break
            held["seeds"][str(seed)] = found = measured(case, seed)
            shown = {
                key: found[key] for key in ("first", "proven", "spent", "unmet", "fewest", "gap")
            }
            print(f"{case.name:>10} {seed}: {shown}", flush=True)
        if case.name in PEERED and not asked.no_peers:
            held["peers"] = peered(case, 1, PEERED[case.name])
        MEASURED.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return tell(
        {case.name: kept[case.name] for case in CASES if case.name in kept}, write=asked.write
    )


if __name__ == "__main__":
    sys.exit(main())
