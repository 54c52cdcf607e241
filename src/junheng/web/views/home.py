"""The first page after signing in: what waits for oneself, the last official result, what runs."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from junheng.web.access import DeskRequest, open_to_all, signed_in
from junheng.web.models import Office, Run, User
from junheng.web.models.runs import RunState
from junheng.web.roles import OfficeKind, Permission
from junheng.web.tasks import Task, tasks_of


@dataclass(frozen=True)
class Card:
    """One thing to look at: a word, a figure, what it is about, where it leads."""

    title: str
    figure: str
    told: str
    link: str = ""
    late: bool = False


@signed_in
def home(request: DeskRequest) -> HttpResponse:
    today = timezone.localdate()
    tasks = tasks_of(request.user, on=today)
    context = {
        "card": request.user.part.card,
        "today": today,
        "mine": [_task(each) for each in tasks if each.mine],
        "others": [_task(each) for each in tasks if not each.mine],
        "looking": [*_result(request.user), *_runs(request.user), *_accounts(request.user)],
    }
    return render(request, "desk/home.html", context)


def _task(task: Task) -> Card:
    told = [f"最近的期限 {task.due:%Y-%m-%d}"] if task.due else []
    told += [f"{task.late}件已过期"] if task.late else []
    told += [f"等{task.waits_for}办理"] if task.waits_for and not task.mine else []
    one = task.case is not None and _link(
        {"filings": "filing", "remedies": "remedy"}[task.register], task.case
    )
    return Card(
        f"{task.work}：{task.state}", f"{task.count}件", "，".join(told),
        one or _link(task.register), late=bool(task.late),
    )  # fmt: skip


def _link(name: str, *args: object) -> str:
    """The address; nothing where that room is not there."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _result(user: User) -> Iterator[Card]:
    """The newest official assessment that speaks of the person's area."""
    if not user.may(Permission.SEE_RESULTS):
        return
    runs = Run.objects.covering(user.area).filter(kind="assessment", official=True)
    run = runs.order_by("-year", "-pk").first()
    if run is None:
        yield Card("结论", "还没有", "封存并评估以后，这里显示正式的结论。")
        return
    verdicts = (run.receipt or {}).get("summary", {}).get("verdicts", {})
    whole = run.office_id == user.area.pk and user.area.level is not OfficeKind.COUNTY
    figure = "、".join(f"{word}{n}个" for word, n in verdicts.items()) if whole else "查看"
    yield Card("正式结论", figure, str(run), _link("drill"))


def _runs(user: User) -> Iterator[Card]:
    if not user.may(Permission.SEE_RUNS):
        return
    waiting = Q(state__in=[RunState.QUEUED, RunState.RUNNING])
    failed = Q(state=RunState.FAILED)
    counts = Run.objects.visible_to(user).aggregate(
        waiting=Count("pk", filter=waiting), failed=Count("pk", filter=failed), all=Count("pk")
    )
    told = f"共{counts['all']}项" + (f"，{counts['failed']}项失败" if counts["failed"] else "")
    yield Card(
        "测算", f"{counts['waiting']}项进行中", told, _link("runs"), late=bool(counts["failed"])
    )


def _accounts(user: User) -> Iterator[Card]:
    if not user.may(Permission.MANAGE_ACCOUNTS):
        return
    offices = Office.objects.visible_to(user).filter(active=True)
    counts = offices.aggregate(
        all=Count("pk", distinct=True),
        empty=Count("pk", filter=~Q(people__is_active=True), distinct=True),
    )
    people = User.objects.visible_to(user).filter(is_active=True).count()
    yield Card(
        "账号", f"{people}个", f"{counts['empty']}个单位还没有启用的账号", reverse("accounts")
    )
    yield Card("单位", f"{counts['all']}个", "辖区内在用的单位和学校", reverse("offices"))


@open_to_all
def alive(_request: HttpRequest) -> HttpResponse:
    """For whatever watches the server: it answers, without reading anything."""
    return HttpResponse("ok", content_type="text/plain")
