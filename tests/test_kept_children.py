"""A child process is kept from reading to reading, but never one that has not answered to the end."""

from pathlib import Path

import pytest
from kept_children import Idle, kept
from registry.handmade import minimal, write_book

from junheng.registry import read
from junheng.registry.reading import Limits
from junheng.registry.reading.process import Child, Sandbox

pytestmark = pytest.mark.own_children
PUPILS = {"seats": {"enrolment_primary": 600}}


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Child]:
    """The children that were started."""
    started: list[Child] = []
    make = Child.__init__

    def remember(self: Child, memory_bytes: int) -> None:
        make(self, memory_bytes)
        started.append(self)

    monkeypatch.setattr(Child, "__init__", remember)
    return started


def test_two_readings_share_a_child(tmp_path: Path, made: list[Child]) -> None:
    book, idle = write_book(tmp_path / "一.xlsx", minimal(**PUPILS)), Idle()
    with kept(idle):
        for _ in range(2):
            assert read([book]).of("seats")[0].value("enrolment_primary") == 600
    assert len(made) == 1
    idle.stop()
    read([book])
    assert len(made) == 2, "outside, every reading has its own"


def test_a_child_left_in_the_middle_is_stopped_and_not_given_to_the_next(
    tmp_path: Path, made: list[Child]
) -> None:
    book, idle = write_book(tmp_path / "一.xlsx", minimal(**PUPILS)), Idle()
    with kept(idle):
        with Sandbox(Limits()) as sandbox:
            left = sandbox.read(book, [], [])
            next(left)
        assert idle.take(Limits().memory_bytes) is None
        assert made[0]._process.returncode is not None
    idle.stop()
