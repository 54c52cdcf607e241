"""The desk of a city under fifty people, and under all its schools handing in.

    python benchmarks/desk/run.py prepare FOLDER [--stores demo/库]   the city, its runs: minutes
    python benchmarks/desk/run.py browse  FOLDER [--seconds 60]       50 people open pages
    python benchmarks/desk/run.py submit  FOLDER [--schools N]        N schools hand in, at once
    … --write                                                         into docs/performance.md

The database is a PostgreSQL of its own, durable (fsync on); the desk has two processes. Load comes
from one process with fifty threads; it shares the machine with what it measures.
"""

import argparse
import json
import os
import platform
import random
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from city import YEAR, People, assess_all, begin, fill, postgresql, sign_in_all, signed_in
from load import Times, browse, percentile
from submitting import hand_in_all, write_workbooks

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "performance.md"
WEB, USERS, PAUSE, REACH, QUERIES = 8397, 50, 2.0, 0.3, 12
CARDS_WITHIN = 60
"""Seconds after the last hand-in by which every report card has been opened."""
SERVE = (
    "import django; django.setup(); from junheng.web.serving.server import run_server; "
    f"run_server('127.0.0.1', {WEB}, processes=2, ready=lambda: None)"
)
WORDS = {
    "city": "全市结论与地图", "leader": "领导一页", "county": "一个区县（含学校图）", "matrix": "学校矩阵", "filtered": "学校矩阵（筛选）",
    "line": "一项指标（柱图、份额）", "shortfalls": "整改清单", "school": "学校成绩单", "cells": "指标到单元格", "runs": "测算列表",
    "run": "测算结果", "targets": "政策目标", "home": "首页", "filings": "填报总表",
}  # fmt: skip


@contextmanager
def served() -> Iterator[None]:
    """The desk's own server, two processes."""
    process = subprocess.Popen([sys.executable, "-c", SERVE], env=os.environ.copy())
    try:
        for _ in range(150):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{WEB}/alive/", timeout=2)
                break
            except OSError:
                time.sleep(0.2)
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def prepare(folder: Path, stores: Path) -> None:
    top = fill(folder / "desk", stores)
    people = sign_in_all(top)
    assess_all(top)
    told = {**asdict(people), "top": top.code}
    (folder / "people.json").write_text(json.dumps(told), encoding="utf-8")


def signed_in_again(told: dict[str, Any]) -> dict[str, Any]:
    """The people of `prepare` with sessions of now: one ends half an hour after its last request."""
    from junheng.web.models import User
    from junheng.web.roles import Role

    users = {each.username: each for each in User.objects.select_related("office__parent")}
    city = (Role.CITY_OFFICER, Role.CITY_LEADER, Role.INSPECTOR)
    return {
        **told,
        "schools": {code: signed_in(users[f"clerk-{code}"]) for code in told["schools"]},
        "counties": {code: signed_in(users[f"county-{code}"]) for code in told["counties"]},
        "city": [signed_in(users[f"city-{role}"]) for role in city],
    }


def pages_of(told: dict[str, Any]) -> list[tuple[str, Callable[[random.Random], tuple[str, str]]]]:
    """Fifty people: five in the city, fifteen in counties, thirty in schools, each with own pages."""
    from junheng.web.models import Office, Run

    runs = Run.objects.filter(kind="assessment", official=True).order_by("year")
    years = list(runs.values_list("pk", flat=True))
    schools: dict[str, list[str]] = {}
    for code, county in Office.objects.filter(kind="school").values_list("code", "parent__code"):
        schools.setdefault(county, []).append(code)

    def of_county(county: str, chance: random.Random) -> tuple[str, str]:
        run, school = years[-1], chance.choice(schools[county])
        base = f"/results/{run}/county/{county}/"
        return chance.choice([
            ("county", base), ("matrix", f"{base}schools/"), ("matrix", f"{base}schools/"),
            ("filtered", f"{base}schools/?stage=%E5%88%9D%E4%B8%AD&sort=-8"),
            ("line", f"{base}line/{chance.choice(['L1', 'L3', 'L5', 'L7', 'GV3'])}/"), ("shortfalls", f"{base}shortfalls/"),
            ("school", f"/results/{run}/school/{school}/"), ("cells", f"/results/{run}/school/{school}/L5/"),
            ("leader", f"/results/{run}/leader/"), ("targets", "/targets/?light=%E9%80%BE%E6%9C%9F"), ("runs", "/runs/"),
        ])  # fmt: skip

    def of_city(chance: random.Random) -> tuple[str, str]:
        run, county = chance.choice(years), chance.choice(list(schools))
        if chance.random() < 0.5:
            return of_county(county, chance)
        return chance.choice([
            ("city", f"/results/{run}/"), ("leader", f"/results/{run}/leader/"), ("runs", "/runs/"), ("run", f"/runs/{run}/"),
            ("matrix", f"/results/{run}/county/{county}/schools/"), ("filings", "/filings/"), ("home", "/"),
        ])  # fmt: skip

    def of_school(code: str, chance: random.Random) -> tuple[str, str]:
        base = f"/results/{years[-1]}/school/{code}/"
        return chance.choice(
            [("school", base), ("cells", f"{base}L5/"), ("cells", f"{base}L3/"), ("home", "/")]
        )

    def bound(act: Any, *first: str) -> Callable[[random.Random], tuple[str, str]]:
        return lambda chance: act(*first, chance)

    chance, people = random.Random(1), People(told["schools"], told["counties"], told["city"])
    found = [(people.city[n % len(people.city)], of_city) for n in range(5)]
    counties = sorted(people.counties)
    found += [
        (people.counties[c], bound(of_county, c))
        for c in (counties[n % len(counties)] for n in range(15))
    ]
    codes = chance.sample(sorted(people.schools), 60)
    measured = [c for c in codes if _measured(c, years[-1])][:30]
    return [*found, *((people.schools[c], bound(of_school, c)) for c in measured)]


def _measured(code: str, run: int) -> bool:
    """Whether the school is in the result: a new office may not be."""
    from junheng.web.models import Run
    from junheng.web.results.looking import Result

    found = Result(Run.objects.get(pk=run).path)
    return found.school(code) is not None


def queries(pages: list[tuple[str, Callable[[random.Random], tuple[str, str]]]]) -> dict[str, int]:
    """The most queries that a page of each kind asked, over a few of each."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    most: dict[str, int] = {}
    chance = random.Random(3)
    for session, next_page in (*pages[:5], *pages[5:8], *pages[20:23]):
        client = Client()
        client.cookies["sessionid"] = session
        for _ in range(30):
            kind, path = next_page(chance)
            with CaptureQueriesContext(connection) as asked:
                client.get(path)
            most[kind] = max(most.get(kind, 0), len(asked))
    return most


def told_browsing(times: Times, most: dict[str, int], seconds: float) -> tuple[str, bool]:
    rows = [
        f"| {WORDS[kind]} | {len(held)} | {percentile(held, 0.5) * 1000:.0f} | {percentile(held, 0.95) * 1000:.0f} | {most.get(kind, 0)} |"
        for kind, held in sorted(times.taken.items(), key=lambda pair: -percentile(pair[1], 0.95))
    ]
    worst = max(percentile(held, 0.95) for held in times.taken.values())
    met = worst < REACH and not times.wrong and max(most.values()) <= QUERIES
    verdict = "合格" if met else "没有达到"
    text = "\n".join([
        f"{USERS} 个人同时翻页 {seconds:.0f} 秒，每看一页停 {PAUSE / 2:.0f}—{PAUSE * 1.5:.0f} 秒：{len(times.all):,} 页，"
        f"每秒 {len(times.all) / seconds:.0f} 页，出错 {len(times.wrong)} 次。要求每种页面 p95 < 300 毫秒、没有错、查询 ≤ 12 次：**{verdict}**。",
        "", "| 页面 | 次数 | 中位数（毫秒） | p95（毫秒） | 查询次数 |", "| --- | ---: | ---: | ---: | ---: |", *rows,
        *([f"出错的例子：{'；'.join(times.wrong[:5])}"] if times.wrong else []),
    ])  # fmt: skip
    return text, met


def submit(folder: Path, told: dict[str, Any], number: int, limit: float) -> tuple[str, bool]:
    from django.utils import timezone

    from junheng.registry import Snapshot
    from junheng.web.actions import filings
    from junheng.web.models import Case, Office, User
    from junheng.web.sealed import latest_by_year, path_of_seal

    newest = next(each for each in latest_by_year() if each.year == YEAR)
    facts = Snapshot.open(path_of_seal(newest.name)).facts
    top = Office.objects.get(code=told["top"])
    by = User.objects.get(username="city-city_officer")
    today = timezone.localdate()
    filings.open_round(top, year=YEAR, on=today, by=by, due=today.replace(year=today.year + 1))
    cases = dict(
        Case.objects.filter(
            register="filings", year=YEAR, subject__kind="school", state="due"
        ).values_list("subject__code", "pk")
    )
    known = set(facts["schools"]["school_code"])
    codes = [code for code in sorted(cases) if code in known][: number or None]
    books = write_workbooks(facts, folder / "books", codes)
    if number == 0:
        return f"{len(books)} 份工作簿已写好", True
    clerks = User.objects.filter(username__startswith="clerk-").in_bulk(field_name="username")
    people = People({c: signed_in(clerks[f"clerk-{c}"]) for c in codes}, {}, [])
    with served():
        found = hand_in_all(WEB, people, cases, books, at_once=16, limit=limit)
    sound = not (found.lost or found.doubled or found.wrong or found.cards_wrong)
    met = sound and found.cards_seconds <= CARDS_WITHIN
    told_so = (
        f"{found.schools + len(found.wrong):,} 所学校一齐上传、提交各自的工作簿（每份都读、校验、落盘之后才答复）：{found.seconds:.0f} 秒，每秒 {found.schools / found.seconds:.1f} 份；"
        f"答复成功 {found.schools:,} 份，丢失 {found.lost} 份，重复 {found.doubled} 份，没有成功 {len(found.wrong)} 份。"
        f"最后一份之后，全部 {found.schools:,} 份成绩单在 {found.cards_seconds:.0f} 秒内打开完（要求 {CARDS_WITHIN} 秒），打不开 {found.cards_wrong} 份。**{'合格' if met else '没有达到'}**。"
        + (f"\n\n没有成功的例子：{'；'.join(found.wrong[:5])}" if found.wrong else "")
    )
    return told_so, met


def write(name: str, text: str) -> None:
    begin_mark, end_mark = f"<!-- desk-{name}:begin -->", f"<!-- desk-{name}:end -->"
    page = PAGE.read_text(encoding="utf-8")
    head, _, rest = page.partition(begin_mark)
    _, _, tail = rest.partition(end_mark)
    PAGE.write_text(f"{head}{begin_mark}\n{text}\n{end_mark}{tail}", encoding="utf-8")


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("what", choices=["prepare", "browse", "submit"])
    asked.add_argument("folder", type=Path)
    asked.add_argument("--stores", type=Path, default=ROOT / "demo" / "库")
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--schools", type=int, default=10_000)
    asked.add_argument("--limit", type=float, default=3600)
    asked.add_argument("--write", action="store_true")
    told = asked.parse_args()
    folder = told.folder.absolute()
    where = f"{platform.system()} {platform.machine()}，{os.cpu_count()} 核，Python {platform.python_version()}；junheng {version('junheng')}、Django {version('django')}、PostgreSQL（fsync 开）。"
    with postgresql(folder / "postgresql") as database:
        begin(folder / "desk", database)
        if told.what == "prepare":
            prepare(folder, told.stores)
            return
        held = json.loads((folder / "people.json").read_text(encoding="utf-8"))
        if told.what == "browse":
            pages = pages_of(signed_in_again(held))
            most = queries(pages)
            with served():
                browse(WEB, pages, seconds=8, pause=PAUSE)  # what a desk has after its first minute
                found = browse(WEB, pages, seconds=told.seconds, pause=PAUSE)
            text, met = told_browsing(found, most, told.seconds)
        else:
            text, met = submit(folder, held, told.schools, told.limit)
        text = f"{text}\n\n{where}"
        print(text)
        if told.write:
            write(told.what, text)
        if not met:
            sys.exit(1)


if __name__ == "__main__":
    main()
