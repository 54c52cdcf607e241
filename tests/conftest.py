"""One profile for all property tests: no clock decides a verdict, and a fresh clone sees the same cases."""

import gc
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from chromium import _chromium_is_ended
from hypothesis import HealthCheck, settings
from kept_children import _children_are_kept, idle_children
from spark_sessions import spark

__all__ = ["_children_are_kept", "_chromium_is_ended", "idle_children", "spark"]

settings.register_profile(
    "suite",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("suite")


LONG = (
    "spark", "worker", "test_word_rendered.py", "test_filings_in_browser.py", "test_blocks.py",
    "test_results_in_browser.py", "test_page_browser.py", "test_planting.py", "test_serving.py",
    "test_killed.py", "screening", "test_mutation.py",
)  # fmt: skip
"""Groups that take long for their number of tests, the longest first: begun last, one of them would
keep one worker busy while the others have nothing left to do."""


def pytest_configure(config: pytest.Config) -> None:
    """pytest-xdist would begin with the groups of most tests, whatever else they are.

    The collector walks the thousands of tests and what they import; every 700 new objects is too often.
    """
    config.option.loadscopereorder = False
    gc.set_threshold(50_000)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where workers share the groups: the long ones first, then those of most tests."""
    if not getattr(config.option, "loadgroup", False):
        return
    sizes = Counter(map(_group, items))

    def place(item: pytest.Item) -> tuple[int, int]:
        group = _group(item)
        name = Path(group).name
        return LONG.index(name) if name in LONG else len(LONG), -sizes[group]

    items.sort(key=place)


def _group(item: pytest.Item) -> str:
    return str(next(item.iter_markers("xdist_group")).args[0])


def pytest_itemcollected(item: pytest.Item) -> None:
    """A module's tests go to one worker, so that what they share is made once; a group may span modules."""
    if not any(item.iter_markers("xdist_group")):
        item.add_marker(pytest.mark.xdist_group(str(item.path)))


def pytest_collection_finish(session: pytest.Session) -> None:
    """A pytest-xdist that does not understand this pytest scatters the groups without a word."""
    if getattr(session.config.option, "loadgroup", False):
        scattered = [each.nodeid for each in session.items if "@" not in each.nodeid]
        assert not scattered, f"pytest-xdist keeps no groups together: {scattered[:3]}"


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
