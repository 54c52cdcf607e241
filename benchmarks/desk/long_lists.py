"""The long lists of the desk: 10,000 remedies, 8,640 returns in six years; each page asked for again and again.

    python benchmarks/desk/long_lists.py FOLDER [--write]    into docs/performance.md

The rows are made here, with what cases of that age hold; the database is PostgreSQL with fsync on.
One person asks, page after page, in this process: what a page costs, without a queue before it.
"""

import argparse
import random
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from city import begin, postgresql
from load import percentile
from run import QUERIES, REACH, write

REMEDIES, YEARS, COUNTIES, SCHOOLS, TIMES = 10_000, range(2021, 2027), 16, 90, 40
STATES = ("found", "working", "reported", "struck", "dropped")
PAGES = {
    "整改台账，第一页": "/remedies/", "整改台账，第 90 页": "/remedies/?page=90", "整改台账，逾期": "/remedies/?state=late",
    "整改台账，按要求排序": "/remedies/?sort=-1", "整改台账，查找": "/remedies/?q=L5", "可以公开的整改": "/remedies/public/",
    "填报用了多少功夫": "/filings/effort/", "填报总表": "/filings/?year=2026", "操作记录": "/events/", "账号": "/accounts/", "单位": "/offices/",
}  # fmt: skip


def fill() -> tuple[Any, Any]:
    """City, counties, schools, their people, the rows; who looks at the lists, who at the accounts."""
    from django.utils import timezone

    from junheng.web.actions import accounts, offices
    from junheng.web.models import Case, Office, User
    from junheng.web.roles import OfficeKind, Role

    city = offices.enter_office(
        code="419900", name="示例市", kind=OfficeKind.CITY, parent=None, by=None
    )
    counties = [
        offices.enter_office(
            code=f"4199{n:02}", name=f"示例县{n}", kind=OfficeKind.COUNTY, parent=city, by=None
        )
        for n in range(1, COUNTIES + 1)
    ]
    offices.enter_schools(
        ((f"21{c.code}{n:02}", f"{c.name}第{n}小学", c) for c in counties for n in range(SCHOOLS)),
        by=None,
    )
    schools = list(Office.objects.filter(kind=OfficeKind.SCHOOL).select_related("parent"))
    people = [(f"p-{o.code}", o.name[:20], o, Role.SCHOOL_CLERK) for o in schools]
    people += [
        ("city", "李某", city, Role.CITY_OFFICER),
        ("admin", "管某", city, Role.ADMINISTRATOR),
    ]
    accounts.open_demo_accounts(people, held="!")
    chance, today = random.Random(1), timezone.localdate()
    Case.objects.bulk_create(
        (_remedy(chance, n, schools, today) for n in range(REMEDIES)), batch_size=500
    )
    Case.objects.bulk_create(
        (_filing(chance, year, school) for year in YEARS for school in schools), batch_size=500
    )
    users = User.objects.select_related("office__parent")
    return users.get(username="city"), users.get(username="admin")


def _remedy(chance: random.Random, n: int, schools: list[Any], today: Any) -> Any:
    from junheng.web.models import Case

    school = chance.choice(schools)
    values = {
        "line_code": "L5", "line_label": "生均体育运动场馆面积", "found_value": "6.9", "limit_value": "7.5", "gap": "600㎡",
        "owner": school.name, "owner_person": "张某 副局长", "measure": "扩建运动场600㎡，列入下年度预算", "promised_on": "2027-08-31",
    }  # fmt: skip
    due = today + timedelta(chance.randint(-60, 200))
    return Case(
        register="remedies", subject=school, office=school.parent, year=2025, key=f"L{chance.randint(1, 7)} {n}",
        state=chance.choice(STATES), due=due, data={"values": values},
    )  # fmt: skip


def _filing(chance: random.Random, year: int, school: Any) -> Any:
    from junheng.web.models import Case

    asked = {"asked": 180, "prefilled": 70, "kept": chance.randint(40, 70), "spared": 60}
    file = {"name": f"{school.name}.xlsx", "sha256": "ab" * 32, "size": 40_000, "on": f"{year}-10-20", "at": f"{year}-10-20T09:00:00+08:00", "way": "上传", "by": "张某", "office": school.name}  # fmt: skip
    data = {
        "file": file, "clean": True, "must_fix": 0, "explain": 1, "notes": 2, "type": "primary", "asked": asked,
        "seconds": chance.randint(0, 3000), "papers": {},
    }  # fmt: skip
    return Case(
        register="filings",
        subject=school,
        office=school,
        year=year,
        state="sealed" if year < 2026 else "submitted",
        data=data,
    )


def measured(looks: Any, manages: Any) -> tuple[str, bool]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    rows, met = [], True
    for name, path in PAGES.items():
        client = Client()
        who = manages if path in ("/accounts/", "/offices/") else looks
        client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
        taken = []
        for _ in range(TIMES):
            begun = time.perf_counter()
            assert client.get(path).status_code == 200, path
            taken.append(time.perf_counter() - begun)
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        late = percentile(taken, 0.95)
        met = met and late < REACH and len(asked) <= QUERIES
        rows.append(
            f"| {name} | {percentile(taken, 0.5) * 1000:.0f} | {late * 1000:.0f} | {len(asked)} |"
        )
    told = f"长单子：{REMEDIES:,} 件整改、{len(YEARS) * COUNTIES * SCHOOLS:,} 件填报（六个学年）、{COUNTIES * SCHOOLS:,} 所学校，一个人一页一页地开，每页 {TIMES} 次。要求 p95 < 300 毫秒、查询 ≤ 12 次：**{'合格' if met else '没有达到'}**。"
    head = [
        "",
        "| 页面 | 中位数（毫秒） | p95（毫秒） | 查询次数 |",
        "| --- | ---: | ---: | ---: |",
    ]
    return "\n".join([told, *head, *rows]), met


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("folder", type=Path)
    asked.add_argument("--write", action="store_true")
    told = asked.parse_args()
    folder = told.folder.absolute()
    with postgresql(folder / "postgresql") as database:
        begin(folder / "desk", database)
        from junheng.web.models import Case, User

        users = User.objects.select_related("office__parent")
        filled = Case.objects.exists()
        people = (users.get(username="city"), users.get(username="admin")) if filled else fill()
        text, met = measured(*people)
        print(text)
        if told.write:
            write("lists", text)
    sys.exit(0 if met else 1)


if __name__ == "__main__":
    main()
