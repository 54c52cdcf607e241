"""Work without the garbage collector leaves it as it was."""

import gc

import pytest

from junheng.garbage import uncollected

pytestmark = pytest.mark.slow


class Ring:
    """Garbage that only the collector can take away."""

    living = 0

    def __init__(self) -> None:
        self.self = self
        Ring.living += 1

    def __del__(self) -> None:
        Ring.living -= 1


def test_the_collector_rests_inside_and_works_again_afterwards() -> None:
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_it_works_again_after_a_failure() -> None:
    with pytest.raises(ValueError, match="坏了"), uncollected():
        raise ValueError("坏了")
    assert gc.isenabled()


def test_garbage_that_was_made_inside_is_collected_later() -> None:
    with uncollected():
        Ring()
        assert Ring.living == 1
    assert gc.get_freeze_count() == 0
    gc.collect()
    assert Ring.living == 0


def test_what_somebody_keeps_frozen_stays_frozen() -> None:
    gc.freeze()
    try:
        with uncollected():
            pass
        # Not the same number: another thread may let go of a frozen object at any moment.
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()
