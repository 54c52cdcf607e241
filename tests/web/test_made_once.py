"""What is dear is made once, however many ask at the same moment."""

import threading
import time

import pytest

from junheng.web.made_once import MadeOnce


def test_many_threads_that_ask_at_once_get_one_value_made_once() -> None:
    kept: MadeOnce[object] = MadeOnce(4)
    made: list[int] = []
    found: list[object] = []

    def make() -> object:
        made.append(1)
        time.sleep(0.05)
        return object()

    threads = [
        threading.Thread(target=lambda: found.append(kept.get("key", make))) for _ in range(12)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(made) == 1
    assert len(found) == 12
    assert len({id(each) for each in found}) == 1


def test_what_could_not_be_made_is_told_to_all_who_wait_and_made_anew_afterwards() -> None:
    kept: MadeOnce[str] = MadeOnce(4)
    begun, go_on = threading.Event(), threading.Event()
    told: list[str] = []

    def fail() -> str:
        begun.set()
        go_on.wait(5)
        raise ValueError("no")

    def ask() -> None:
        try:
            kept.get("key", fail)
        except ValueError as error:
            told.append(str(error))

    first = threading.Thread(target=ask)
    first.start()
    assert begun.wait(5)
    second = threading.Thread(target=ask)
    second.start()
    time.sleep(0.02)
    go_on.set()
    first.join()
    second.join()
    assert told == ["no", "no"]
    assert kept.get("key", lambda: "yes") == "yes"


def test_only_the_latest_are_kept() -> None:
    kept: MadeOnce[int] = MadeOnce(2)
    made: list[int] = []

    def value(n: int) -> int:
        return kept.get(n, lambda: made.append(n) or n)

    for n in (1, 2, 1, 3, 1, 2):
        assert value(n) == n
    assert made == [1, 2, 3, 2], "2 was let go when 3 came, for 1 had been asked for since"


def test_a_value_that_is_made_while_another_is_waited_for_holds_nobody_up() -> None:
    kept: MadeOnce[str] = MadeOnce(4)
    go_on = threading.Event()
    slow = threading.Thread(target=lambda: kept.get("slow", lambda: str(go_on.wait(5))))
    slow.start()
    assert kept.get("fast", lambda: "done") == "done"
    go_on.set()
    slow.join()
    with pytest.raises(KeyError):
        kept.get("broken", lambda: {}["none"])
