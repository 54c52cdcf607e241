"""junheng serve and junheng audit verify, as somebody runs them."""

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

import pytest

from junheng.registry import check, read, seal
from junheng.sample import fill_city

pytestmark = pytest.mark.slow

SLOWEST = 90
"""Seconds after which a server that says nothing has failed."""


def _junheng(*words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "junheng", *words], capture_output=True, text=True, timeout=SLOWEST,
        env=_environment(), check=False,
    )  # fmt: skip


def _environment() -> dict[str, str]:
    kept = ("JUNHENG_DATA", "JUNHENG_DATABASE", "DJANGO_SETTINGS_MODULE")
    return {name: value for name, value in os.environ.items() if name not in kept}


def _free_port() -> int:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def _serving(data: Path, *words: str) -> Iterator[tuple[str, list[str]]]:
    """(address, what was printed before it) of a desk that answers."""
    port = _free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "junheng", "serve", "--data", str(data), "--port", str(port),
         "--no-work", "--processes", "1", *words],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=_environment(),
    )  # fmt: skip
    lines: list[str] = []
    try:
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line.strip())
            if line.startswith("工作台："):
                break
        else:
            pytest.fail(f"the desk did not open: {process.stderr and process.stderr.read()}")
        yield f"http://127.0.0.1:{port}", lines
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=SLOWEST)


class _Person:
    """A browser that keeps its cookies."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.jar = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path: str) -> str:
        with self.opener.open(self.base + path, timeout=60) as answer:
            return str(answer.read().decode())

    def post(self, path: str, **form: str) -> str:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(path))
        assert token is not None
        body = urlencode({**form, "csrfmiddlewaretoken": token[1]}).encode()
        request = urllib.request.Request(self.base + path, body, {"Referer": self.base + path})
        with self.opener.open(request, timeout=60) as answer:
            return str(answer.read().decode())


def test_help_waits_for_no_django() -> None:
    code = (
        "import sys; from junheng.cli import run\n"
        "try: run(['--help'])\n"
        "finally: assert not [m for m in sys.modules if m.startswith(('django', 'gunicorn', 'junheng.web'))]"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "serve" in done.stdout


@dataclass(frozen=True)
class Opened:
    """A desk that was served for the first time, and what it said to its first administrator."""

    folder: Path
    home: str
    """The page after signing in."""
    changed: str
    """The page after the password was changed."""
    counties: str
    style: str


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    folder = tmp_path_factory.mktemp("opened") / "desk"
    with _serving(folder, "--place", "410100") as (base, lines):
        first = next(line for line in lines if line.startswith("首位系统管理员"))
        name, password = re.match(r"首位系统管理员：(\S+)，密码：(\S+)", first).groups()  # type: ignore[union-attr]
        person = _Person(base)
        home = person.post("/sign-in/", username=name, password=password)
        changed = person.post(
            "/me/password/", old=password, new="Xin-mima-2027", again="Xin-mima-2027"
        )
        css = re.search(r'href="(/static/desk/base\.[0-9a-f]+\.css)"', changed)
        assert css is not None, "style sheets are named by their content"
        counties = person.get("/offices/?kind=county")
        return Opened(folder, home, changed, counties, person.get(css[1]))


@pytest.fixture
def desk(opened: Opened, tmp_path: Path) -> Path:
    """A copy of the folder of the desk that was opened."""
    return Path(shutil.copytree(opened.folder, tmp_path / "desk"))


@pytest.mark.slow
def test_an_empty_desk_gets_its_first_administrator_with_a_password_of_one_use(
    opened: Opened,
) -> None:
    assert "请先换成自己的" in opened.home
    assert "郑州市" in opened.changed
    assert "金水区" in opened.counties
    assert "--deep" in opened.style


@pytest.mark.slow
def test_an_event_that_was_changed_in_the_database_is_told(desk: Path) -> None:
    with closing(sqlite3.connect(desk / "desk.sqlite3")) as database:
        database.execute("DROP TRIGGER desk_event_no_update")
        database.execute("UPDATE desk_event SET by_name = '别人' WHERE number = 5")
        database.commit()
    broken = _junheng("audit", "verify", "--data", str(desk))
    assert broken.returncode == 1
    assert "第 5 条：内容与校验值不符" in broken.stdout


@pytest.mark.slow
def test_a_store_brings_its_offices(tmp_path: Path) -> None:
    fill_city(tmp_path / "市", seed=1, units=2, schools=30, years=[2026], processes=1)
    report = check(read([tmp_path / "市" / "2026"]), year=2026)
    seal(report, tmp_path / "库", year=2026, by="某", on=date(2026, 10, 20))
    with _serving(tmp_path / "desk", "--store", str(tmp_path / "库")) as (base, lines):
        password = next(line for line in lines if "密码：" in line).partition("密码：")[2]
        person = _Person(base)
        person.post("/sign-in/", username="admin", password=password)
        page = person.post(
            "/me/password/", old=password, new="Xin-mima-2027", again="Xin-mima-2027"
        )
        assert "示例市（演示数据）" in page
        shown = person.get("/offices/")
        assert "示例市甲区" in shown
        assert "第一小学" in shown
    assert list((tmp_path / "desk" / "store" / "seals").glob("2026-*"))


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = _junheng("serve", "--data", str(tmp_path / "desk"), "--port", str(port))
    assert done.returncode == 2
    assert "请换一个端口" in done.stderr


def test_a_folder_that_is_no_desk_has_no_log(tmp_path: Path) -> None:
    done = _junheng("audit", "verify", "--data", str(tmp_path / "none"))
    assert done.returncode == 2
    assert "没有工作台的数据文件夹" in done.stderr
    assert not (tmp_path / "none").exists()


@pytest.mark.slow
def test_a_log_without_its_triggers_is_told_and_serving_puts_them_back(desk: Path) -> None:
    """Served again, the desk shows no password any more."""
    sound = _junheng("audit", "verify", "--data", str(desk))
    assert sound.returncode == 0
    assert "完好" in sound.stdout
    with closing(sqlite3.connect(desk / "desk.sqlite3")) as database:
        database.execute("DROP TRIGGER desk_event_no_delete")
    done = _junheng("audit", "verify", "--data", str(desk))
    assert done.returncode == 1
    assert "desk_event_no_delete" in done.stdout
    with _serving(desk) as (_, lines):
        assert any("已装回：desk_event_no_delete" in line for line in lines)
        assert not [line for line in lines if "密码" in line]
    assert _junheng("audit", "verify", "--data", str(desk)).returncode == 0


def test_the_demonstration_takes_no_real_store(tmp_path: Path) -> None:
    done = _junheng("serve", "--demo", "--place", "410100", "--data", str(tmp_path / "desk"))
    assert done.returncode == 2
    assert "只装虚构的示例市" in done.stderr
