"""A database of its own for a desk in processes of its own: SQLite in the data folder, or PostgreSQL.

PostgreSQL where JUNHENG_TEST_POSTGRESQL names a server (`.ci/run` starts one): a database is made on
it for one test and dropped afterwards, whoever is still connected.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

SQLITE, POSTGRESQL = "sqlite", "postgresql"
BOTH = (SQLITE, POSTGRESQL)
OF_THIS_RUN = POSTGRESQL if os.environ.get("JUNHENG_TEST_DATABASE") else SQLITE
"""The engine of the other tests: `make test-postgresql` names a database for them."""


@contextmanager
def own_database(engine: str) -> Iterator[str]:
    """The address for JUNHENG_DATABASE; empty for SQLite."""
    if engine == SQLITE:
        yield ""
        return
    server = os.environ.get("JUNHENG_TEST_POSTGRESQL") or os.environ.get("JUNHENG_TEST_DATABASE")
    if not server:
        pytest.skip("没有设 JUNHENG_TEST_POSTGRESQL，不在 PostgreSQL 上试")
    import psycopg

    name = f"own_{uuid4().hex[:12]}"
    whole = urlsplit(server)
    with psycopg.connect(whole._replace(path="/postgres").geturl(), autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        try:
            yield whole._replace(path=f"/{name}").geturl()
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
