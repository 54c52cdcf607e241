"""One profile for all property tests: no clock decides a verdict, and a fresh clone sees the same cases."""

from collections import Counter
from typing import Any

from hypothesis import HealthCheck, settings
from spark_sessions import spark

__all__ = ["spark"]

settings.register_profile(
    "suite",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("suite")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The counts of hostile cases, kills and flipped bits, over all workers of the run."""
    counts: Counter[str] = Counter()
    for reports in terminalreporter.stats.values():
        for each in reports:
            for name, value in getattr(each, "user_properties", ()):
                if name == "tally" and each.when == "teardown":
                    counts.update(value)
    if counts:
        terminalreporter.section("恶意与意外")
        for told, count in sorted(counts.items()):
            terminalreporter.line(f"{told}：{count}")
