"""Fixtures of the desk's tests; the cast stands in desk_cast.py.

The cast is put into the database once, before the tests; each test runs in a transaction that is
undone. Tests with real transactions empty the tables, so the cast is put there again after them.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import chromium
import pytest
from desk_cast import Cast, load_cast, make_cast
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.test import TransactionTestCase
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from junheng.web.guards import lift_guards, set_guards


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database of pytest-django, with the cast in it."""
    with django_db_blocker.unblock():
        _put_in()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", _emptied)
        yield
    with django_db_blocker.unblock():
        _alone()


def _alone() -> None:
    """No other session is left on a PostgreSQL that is to be dropped: the threads of the live server let
    go of theirs only some time after the browser has let go of its connections."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


def _put_in() -> None:
    with transaction.atomic():
        make_cast()


EMPTY = TransactionTestCase._fixture_teardown


def _emptied(case: TransactionTestCase) -> None:
    """Tests with real transactions are cleaned up by emptying all tables, the guarded one too."""
    lift_guards(connection)
    try:
        EMPTY(case)
    finally:
        set_guards(connection)
        _put_in()


@pytest.fixture(scope="session")
def live_server(live_server: LiveServer) -> Iterator[LiveServer]:
    """That of pytest-django; the browser lets go of its connections before they are counted."""
    yield live_server
    chromium.end()


@pytest.fixture
def cast(db: None) -> Cast:
    """See `Cast`."""
    return load_cast()


@pytest.fixture(autouse=True)
def _nobody_is_locked_out() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def _nothing_is_left_in_the_folder() -> Iterator[None]:
    """Seals and results that a test put into the run's data folder go with it: the next looks there."""
    data = Path(settings.DATA)
    before = _in_folder(data)
    yield
    for each in _in_folder(data) - before:
        shutil.rmtree(each)


def _in_folder(data: Path) -> set[Path]:
    kept = ("store/seals/*", "store/facts/*", "results/*", "published/*")
    return {found for each in kept for found in data.glob(each)}
