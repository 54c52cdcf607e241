"""The compliance plan: bound, first plan, and gap against time, on invented counties.

    python benchmarks/plan/run.py [--parts 40 160] [--seeds 5] [--seconds 60]

Told for each size: the relaxation's time, and when the gap (repaired cost − bound) ÷ cost came to
1 %, 0.2 % and 0.1 %, the worst of the seeds. No peer is run yet (SCIP and a fixed grid of cuts are to come).
"""

import argparse
import time
from datetime import date
from importlib.metadata import version

from invented import invented

from junheng.plan.compliance.relaxation import relax
from junheng.plan.compliance.searching import Effort, Progress, search
from junheng.standards import Standard

GAPS = (0.01, 0.002, 0.001)


def measured(parts: int, seed: int, seconds: float, standard: Standard) -> dict[str, float | None]:
    """Seconds to the bound and to each gap; None where it was not reached."""
    asked = invented(parts, seed, standard)
    begun = time.perf_counter()
    relax(asked)
    found: dict[str, float | None] = {"relaxed": time.perf_counter() - begun}
    found |= {f"{gap:.1%}": None for gap in GAPS}
    begun = time.perf_counter()

    def told(progress: Progress) -> bool:
        for gap in GAPS:
            if progress.gap is not None and progress.gap <= gap and found[f"{gap:.1%}"] is None:
                found[f"{gap:.1%}"] = time.perf_counter() - begun
        return True

    answer = search(asked, effort=Effort(gap=GAPS[-1], seconds=seconds), told=told)
    found["gap"] = None if answer is None else answer.gap
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--parts", type=int, nargs="+", default=[40, 160])
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=60)
    asked = parser.parse_args()
    standard = Standard.at("410100", date(2026, 3, 31))
    print(f"highspy {version('highspy')}, clarabel {version('clarabel')}")
    for parts in asked.parts:
        rows = [
            measured(parts, seed, asked.seconds, standard) for seed in range(1, asked.seeds + 1)
        ]
        for key in rows[0]:
            values = [row[key] for row in rows]
            worst = None if None in values else max(v for v in values if v is not None)
            shown = "—" if worst is None else f"{worst:.4f}" if key == "gap" else f"{worst:.1f} s"
            print(f"{parts:>5} parts  {key:>8}  worst of {len(rows)}: {shown}", flush=True)


if __name__ == "__main__":
    main()
