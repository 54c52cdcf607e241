"""The thread beside the counting: same tables, its failures told, nothing left running."""

import pytest

from junheng.errors import UnreadableFileError
from junheng.registry.rosters.engine import Engine, engine

LONG = "SELECT sum(hash(range)) FROM range(400000000)"


def test_what_is_made_beside_is_seen() -> None:
    with engine() as db, db.beside() as beside:
        beside.begin(lambda own: own.run("CREATE TABLE made AS SELECT 1 AS one")).result()
        assert db.rows("SELECT one FROM made") == [(1,)]


def test_what_fails_beside_is_told_where_its_result_is_asked_for() -> None:
    with engine() as db, db.beside() as beside:
        failed = beside.begin(lambda own: own.run("SELECT nothing", about="学籍.csv"))
        with pytest.raises(UnreadableFileError, match=r"学籍\.csv"):
            failed.result()


def test_what_still_runs_at_the_end_is_given_up() -> None:

    def count(own: Engine) -> None:
        own.rows(LONG)

    with engine() as db:
        with db.beside() as beside:
            running, waiting = beside.begin(count), beside.begin(count)
        assert running.done()
        assert waiting.cancelled()
        assert db.rows("SELECT 1") == [(1,)]
