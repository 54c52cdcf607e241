"""Triggers by which the database itself refuses to change or remove an event, on both engines."""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "desk_event"
WORDS = "操作记录只能增加，不能改动或删除"

_SQLITE = tuple(
    f"CREATE TRIGGER IF NOT EXISTS desk_event_no_{act.lower()} BEFORE {act} ON {TABLE} "
    f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
    for act in ("UPDATE", "DELETE")
)
_REFUSAL = f" BEGIN RAISE EXCEPTION '{WORDS}'; END "
_POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION desk_event_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$${_REFUSAL}$$",
    f"CREATE OR REPLACE TRIGGER desk_event_no_change BEFORE UPDATE OR DELETE ON {TABLE} "
    "FOR EACH ROW EXECUTE FUNCTION desk_event_refuse()",
    f"CREATE OR REPLACE TRIGGER desk_event_no_truncate BEFORE TRUNCATE ON {TABLE} "
    "FOR EACH STATEMENT EXECUTE FUNCTION desk_event_refuse()",
)
_NAMES = {
    "sqlite": ("desk_event_no_update", "desk_event_no_delete"),
    "postgresql": ("desk_event_no_change", "desk_event_no_truncate"),
}
_REMOVED = {
    "sqlite": tuple(f"DROP TRIGGER IF EXISTS {name}" for name in _NAMES["sqlite"]),
    "postgresql": tuple(
        f"DROP TRIGGER IF EXISTS {name} ON {TABLE}" for name in _NAMES["postgresql"]
    ),
}
_STANDING_POSTGRESQL = (
    "SELECT t.tgname FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
    "WHERE t.tgrelid = %s::regclass AND t.tgenabled IN ('O', 'A') AND p.prosrc = %s"
)


def set_guards(connection: BaseDatabaseWrapper, *, anew: bool = False) -> None:
    """Put the triggers in place; they may be there already. `anew` replaces what has their names."""
    if anew:
        lift_guards(connection)
    statements = _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE
    with connection.cursor() as cursor:
        for each in statements:
            cursor.execute(each)


def lift_guards(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away: for undoing the migration, and for tests of what they prevent."""
    with connection.cursor() as cursor:
        for each in _REMOVED[connection.vendor]:
            cursor.execute(each)


def missing_guards(connection: BaseDatabaseWrapper) -> tuple[str, ...]:
    """The triggers that are gone, switched off or no longer as they were set, by name."""
    wanted = set(_NAMES[connection.vendor])
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_STANDING_POSTGRESQL, [TABLE, _REFUSAL])
            standing = {name for (name,) in cursor.fetchall()}
        else:
            cursor.execute(
                "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [TABLE]
            )
            texts = {text for (text,) in cursor.fetchall()}
            set_so = dict(zip(_NAMES["sqlite"], _SQLITE, strict=True))
            standing = {
                n for n, text in set_so.items() if text.replace("IF NOT EXISTS ", "") in texts
            }
    return tuple(sorted(wanted - standing))
