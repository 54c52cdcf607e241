"""The desk that is measured: PostgreSQL of its own, the sample city, six years, its people, its runs.

Everything is prepared through the doors that offices use: seals from `make demo`, runs done by
`junheng work`, accounts by the actions. Nothing is put into the database past them but the sessions
of people who have signed in.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PORT = 54377
YEAR = 2026
BINARIES = "/usr/lib/postgresql"


@contextmanager
def postgresql(place: Path) -> Iterator[str]:
    """A server of its own, durable as in production (fsync on), gone afterwards."""
    found = sorted(Path(BINARIES).glob("*/bin"))
    if not found:
        sys.exit("没有 PostgreSQL。Debian 上：apt-get install postgresql。")
    place.mkdir(parents=True, exist_ok=True)
    as_owner = []
    if os.geteuid() == 0:
        shutil.chown(place, "postgres")
        as_owner = ["runuser", "-u", "postgres", "--"]
    data, log = place / "data", place / "log"

    def run(name: str, *words: str) -> None:
        subprocess.run(
            [*as_owner, str(found[-1] / name), *words],
            cwd=place,
            check=True,
            stdout=subprocess.DEVNULL,
        )

    fresh = not (data / "PG_VERSION").is_file()
    if fresh:
        run(
            "initdb",
            "-D",
            str(data),
            "-A",
            "trust",
            "-U",
            "postgres",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        )
    options = f"-k {place} -p {PORT} -c listen_addresses=127.0.0.1"
    run("pg_ctl", "-D", str(data), "-w", "-l", str(log), "-o", options, "start")
    try:
        if fresh:
            run("createdb", "-h", "127.0.0.1", "-p", str(PORT), "-U", "postgres", "junheng")
        yield f"postgresql://postgres@127.0.0.1:{PORT}/junheng"
    finally:
        run("pg_ctl", "-D", str(data), "-m", "fast", "stop")


@dataclass(frozen=True)
class People:
    """Sessions of people who have signed in, by what they are."""

    schools: dict[str, str]
    """School code → session key of its clerk."""
    counties: dict[str, str]
    city: list[str]


def begin(data: Path, database: str) -> None:
    """Django with this folder and database, in this process and in those it starts."""
    os.environ |= {
        "JUNHENG_DATA": str(data), "JUNHENG_DATABASE": database, "DJANGO_SETTINGS_MODULE": "junheng.web.settings",
        "JUNHENG_HOSTS": "127.0.0.1,testserver",
    }  # fmt: skip
    from junheng.web.data_folder import make_folder

    make_folder(data)
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def fill(data: Path, stores: Path) -> Any:
    """Seals, offices of all schools; the top office."""
    from junheng.registry import Snapshot
    from junheng.registry.snapshot import seals_of
    from junheng.web.serving.demonstration import bring_city
    from junheng.web.serving.first import enter_offices

    bring_city(stores, data / "store")
    newest = max(seals_of(data / "store"), key=lambda each: each.name)
    return enter_offices(Snapshot.open(newest))


def sign_in_all(top: Any) -> People:
    """An account for every school and county, and a few in the city, each signed in."""
    from django.contrib.auth.hashers import make_password

    from junheng.web.actions.accounts import open_demo_accounts
    from junheng.web.models import Office, User
    from junheng.web.roles import Role

    held = make_password("Never-used-2026")
    offices = list(Office.objects.select_related("parent"))
    city_roles = (Role.CITY_OFFICER, Role.CITY_LEADER, Role.INSPECTOR)
    people = [(f"city-{role}", role.label, top, role) for role in city_roles]
    people += [
        (f"clerk-{o.code}", o.name[:20], o, Role.SCHOOL_CLERK)
        for o in offices
        if o.kind == "school"
    ]
    people += [
        (f"county-{o.code}", o.name[:20], o, Role.COUNTY_OFFICER)
        for o in offices
        if o.kind == "county"
    ]
    open_demo_accounts(people, held=held)
    users = {u.username: u for u in User.objects.select_related("office__parent")}

    def session(name: str) -> str:
        return signed_in(users[name])

    schools = [o.code for o in offices if o.kind == "school"][::4]
    return People(
        {code: session(f"clerk-{code}") for code in schools},
        {o.code: session(f"county-{o.code}") for o in offices if o.kind == "county"},
        [session(f"city-{role}") for role in city_roles],
    )


def signed_in(user: Any) -> str:
    """The key of a session as signing in makes it."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def assess_all(top: Any) -> None:
    """Official assessments of every sealed year and the targets, done by the worker."""
    from junheng.web.actions.run_sealing import assessed_on
    from junheng.web.actions.runs import queue_run
    from junheng.web.models import Run, User
    from junheng.web.sealed import latest_by_year
    from junheng.years import SchoolYear

    by = User.objects.select_related("office__parent").get(username="city-city_officer")
    seals = latest_by_year()
    for each in seals:
        queue_run(
            kind="assessment", title=f"{SchoolYear(each.year)}评估", office=top, by=by, year=each.year,
            snapshot=each.name, official=True, settings={"on": assessed_on(each.year)},
        )  # fmt: skip
    names = [each.name for each in seals]
    queue_run(
        kind="targets",
        title="目标",
        office=top,
        by=by,
        settings={"seals": names, "on": "2026-11-29"},
    )
    subprocess.run(
        [sys.executable, "-m", "junheng", "work", "--once", "--cores", "2", "--lease", "600"],
        check=True,
    )
    undone = Run.objects.exclude(state="done").count()
    assert not undone, f"{undone} runs were not done"
