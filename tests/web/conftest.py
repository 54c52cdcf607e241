"""Fixtures of the desk's tests; the cast stands in desk_cast.py."""

import pytest
from desk_cast import Cast, make_cast
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase

from junheng.web.guards import lift_guards, set_guards


@pytest.fixture
def cast(db: None) -> Cast:
    """See `Cast`."""
    return make_cast()


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

    monkeypatch.setattr(TransactionTestCase, "_fixture_teardown", emptied)
