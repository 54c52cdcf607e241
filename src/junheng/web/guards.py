"""Triggers by which the database itself refuses to change or remove an event, on both engines."""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "desk_event"
WORDS = "操作记录只能增加，不能改动或删除"

_SQLITE = tuple(
    f"CREATE TRIGGER IF NOT EXISTS desk_event_no_{act.lower()} BEFORE {act} ON {TABLE} "
    f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
    for act in ("UPDATE", "DELETE")
)
_POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION desk_event_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{WORDS}'; END $$",
    f"CREATE OR REPLACE TRIGGER desk_event_no_change BEFORE UPDATE OR DELETE ON {TABLE} "
    "FOR EACH ROW EXECUTE FUNCTION desk_event_refuse()",
    f"CREATE OR REPLACE TRIGGER desk_event_no_truncate BEFORE TRUNCATE ON {TABLE} "
    "FOR EACH STATEMENT EXECUTE FUNCTION desk_event_refuse()",
)
_REMOVED = {
    "sqlite": tuple(f"DROP TRIGGER IF EXISTS desk_event_no_{act}" for act in ("update", "delete")),
    "postgresql": tuple(
        f"DROP TRIGGER IF EXISTS desk_event_no_{act} ON {TABLE}" for act in ("change", "truncate")
    ),
}


def set_guards(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers in place; they may be there already."""
    statements = _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE
    with connection.cursor() as cursor:
        for each in statements:
            cursor.execute(each)


def lift_guards(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away: for undoing the migration, and for tests of what they prevent."""
    with connection.cursor() as cursor:
        for each in _REMOVED[connection.vendor]:
            cursor.execute(each)
