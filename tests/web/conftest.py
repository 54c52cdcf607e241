"""Fixtures of the desk's tests; the cast stands in desk_cast.py.

The cast is put into the database once, before the tests; each test runs in a transaction that is
undone. Tests with real transactions empty the tables, so the cast is put there again after them.
"""

import pytest
from desk_cast import Cast, load_cast, make_cast
from django.core.cache import cache
from django.db import connection, transaction
from django.test import TransactionTestCase
from pytest_django.plugin import DjangoDbBlocker

from junheng.web.guards import lift_guards, set_guards


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The database of pytest-django, with the cast in it."""
    with django_db_blocker.unblock():
        _put_in()


def _put_in() -> None:
    with transaction.atomic():
        make_cast()


@pytest.fixture
def cast(db: None) -> Cast:
    """See `Cast`."""
    return load_cast()


@pytest.fixture(autouse=True)
def _nobody_is_locked_out() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def _flush_may_empty_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests with real transactions are cleaned up by emptying all tables, the guarded one too."""
    plain = TransactionTestCase._fixture_teardown

    def emptied(case: TransactionTestCase) -> None:
        lift_guards(connection)
        try:
            plain(case)
        finally:
            set_guards(connection)
            _put_in()

    monkeypatch.setattr(TransactionTestCase, "_fixture_teardown", emptied)
