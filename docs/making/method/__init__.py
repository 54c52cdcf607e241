"""Fills the blocks of docs/method from running code: one module a topic, one function a block.

Small inputs are those of `tests/worked`, which were worked by hand and are held by a test there.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
sys.path += [
    str(ROOT / folder) for folder in ("tests", "benchmarks") if str(ROOT / folder) not in sys.path
]
