"""Never ask twice: questions asked, answers reused and minutes used, by round and school type."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import Any

from django.db.models import BigIntegerField, Count, QuerySet, Sum
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast
from django.http import HttpResponseBase
from django.urls import reverse

from junheng.registry.catalogue import tables
from junheng.web.access import DeskRequest, needs
from junheng.web.actions.filings.cases import FILINGS
from junheng.web.cells import Cell, Column, Value
from junheng.web.models import Case
from junheng.web.roles import OfficeKind, Permission
from junheng.web.tables import Table, answer
from junheng.years import SchoolYear

COLUMNS = (
    Column("学年", sticky=True),
    Column("学校类型"),
    Column("件数", number=True, note="已交来的"),
    Column("问了", number=True, note="每件平均，项"),
    Column("已有答案", number=True, note="上年封存，项"),
    Column("原样采用", number=True, note="项"),
    Column("要填的", number=True, note="项"),
    Column("采用比例", number=True),
    Column("没有问", number=True, note="不适用，项"),
    Column("页面用时", number=True, note="每件平均，分钟"),
)
COUNTY = "区县填报表"


COUNTS = ("asked", "prefilled", "kept", "spared")
"""What `data["asked"]` of a case holds."""


@dataclass
class Total:
    """What all returns of one round and type come to."""

    cases: int = 0
    asked: int = 0
    prefilled: int = 0
    kept: int = 0
    spared: int = 0
    seconds: int = 0

    def add(self, told: Mapping[str, Any]) -> None:
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + (told[each.name] or 0))


def totals(found: "QuerySet[Case]") -> dict[tuple[int, str], Total]:
    """By year and type of school (COUNTY for the sheets of counties); summed by the database."""
    rows = (
        found.order_by()
        .values("year", "subject__kind", type=KeyTextTransform("type", "data"))
        .annotate(
            cases=Count("pk"),
            seconds=Sum(_number("seconds", "data")),
            **{name: Sum(_number(name, KeyTransform("asked", "data"))) for name in COUNTS},
        )
    )
    sums: dict[tuple[int, str], Total] = defaultdict(Total)
    for row in rows:
        name = COUNTY if row["subject__kind"] == OfficeKind.COUNTY else row["type"] or ""
        sums[row["year"], name].add(row)
    return sums


def _number(name: str, inside: Any) -> Cast:
    """A whole number that lies in the JSON of a case."""
    return Cast(KeyTextTransform(name, inside), BigIntegerField())


@needs(Permission.SEE_CASES)
def effort(request: DeskRequest) -> HttpResponseBase:
    found = Case.objects.visible_to(request.user).filter(register=FILINGS, data__has_key="asked")
    sums = totals(found)
    words = {
        **tables()["schools"].columns()["school_type"].choices,
        COUNTY: COUNTY,
        "": "没有填类型",
    }
    order = {name: number for number, name in enumerate(words)}
    rows = [
        _row(year, words.get(name, name), told)
        for (year, name), told in sorted(
            sums.items(), key=lambda i: (-i[0][0], order.get(i[0][1], 99))
        )
    ]
    table = Table("填报用了多少功夫", COLUMNS, rows, empty="还没有交来的填报。")
    trail = [("首页", reverse("home")), ("填报", reverse("filings")), ("填报用了多少功夫", "")]
    return answer(request, "desk/filings/effort.html", table, {"trail": trail})


def _row(year: int, word: str, told: Total) -> list[Value]:
    share = Fraction(told.kept, told.asked) if told.asked else Fraction(0)
    return [
        Cell(str(SchoolYear(year)), order=year), word, told.cases, _mean(told.asked, told.cases),
        _mean(told.prefilled, told.cases), _mean(told.kept, told.cases),
        _mean(told.asked - told.kept, told.cases), Cell(f"{round(share * 100)}%", order=round(share * 1000)),
        _mean(told.spared, told.cases), _minutes(told),
    ]  # fmt: skip


def _mean(total: int, cases: int) -> int:
    return round(Fraction(total, cases)) if cases else 0


def _minutes(told: Total) -> Cell:
    tenths = round(Fraction(told.seconds, 6 * told.cases)) if told.cases else 0
    return Cell(f"{tenths // 10}.{tenths % 10}", order=tenths)
