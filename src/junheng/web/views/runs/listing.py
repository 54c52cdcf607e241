"""The list of runs: what waits, what is being done, what is done."""

from fractions import Fraction

from django.http import HttpResponseBase
from django.urls import reverse

from junheng.publish.compliances import wan
from junheng.web.access import DeskRequest, needs
from junheng.web.cells import Cell, Column
from junheng.web.models import Run
from junheng.web.models.runs import RunState
from junheng.web.paging import long_table
from junheng.web.roles import Permission
from junheng.web.run_kinds import RunKind
from junheng.web.tables import answer
from junheng.years import SchoolYear

COLUMNS = (
    Column("测算", sticky=True, wide=True), Column("种类"), Column("范围"), Column("学年"), Column("状态", wide=True),
    Column("正式"), Column("结果", wide=True), Column("安排人"), Column("安排时间"), Column("用时"),
)  # fmt: skip
SORTS = {0: "title", 1: "kind", 2: "office__lineage", 3: "year", 4: "state", 5: "official", 7: "by__name", 8: "queued_at"}  # fmt: skip
KINDS = tuple(RunKind)
ACTIVE = (RunState.QUEUED, RunState.RUNNING)
TONE = {"done": "pass", "failed": "fail", "cancelled": "na", "running": "near", "queued": "none"}


@needs(Permission.SEE_RUNS)
def runs(request: DeskRequest) -> HttpResponseBase:
    found = Run.objects.visible_to(request.user).select_related("office", "by")
    kind, state = request.GET.get("kind", ""), request.GET.get("state", "")
    if kind in KINDS:
        found = found.filter(kind=kind)
    if state in RunState.values:
        found = found.filter(state=state)
    table = long_table(request, "测算", COLUMNS, found, _row, order=["-pk"], sorts=SORTS)
    context = {
        "page": table.page,
        "kinds": [(each.value, each.label, each == kind) for each in RunKind],
        "states": [(value, label, value == state) for value, label in RunState.choices],
        "active": any(each.state in ACTIVE for each in table.shown),
        "left_waiting": Run.objects.left_waiting(),
        "may_run": request.user.may(Permission.RUN_STUDIES),
    }
    return answer(request, "desk/runs/list.html", table, context)


def _row(run: Run) -> list[Cell | str]:
    return [
        Cell(run.title or str(run), link=reverse("run", args=[run.pk])), kind_label(run), run.office.name,
        str(SchoolYear(run.year)) if run.year else "", Cell(state_words(run), tone=TONE[run.state]),
        "正式" if run.official else "", summary_words(run), run.by.name,
        Cell(f"{run.queued_at:%m-%d %H:%M}", order=run.queued_at.isoformat()), took(run),
    ]  # fmt: skip


def kind_label(run: Run) -> str:
    return RunKind(run.kind).label if run.kind in KINDS else run.kind


def state_words(run: Run) -> str:
    """进行中 35%：评估每所学校; of a failed run the beginning of its reason."""
    word = str(RunState(run.state).label)
    if run.state == RunState.RUNNING:
        return f"{word} {run.permille // 10}%：{run.doing}"
    return f"{word}：{run.error[:60]}" if run.state == RunState.FAILED else word


def summary_words(run: Run) -> str:
    """The result in a few words, from its receipt."""
    told = (run.receipt or {}).get("summary", {})
    if "verdicts" in told and isinstance(told["verdicts"], dict):
        return "、".join(f"{word}{count}个" for word, count in told["verdicts"].items())
    if "cost_yuan" in told:
        return f"{wan(Fraction(told['cost_yuan']))}，还达不到{told['left']}项"
    if "lights" in told:
        return "、".join(f"{word}{count}" for word, count in told["lights"].items())
    words = {
        "open": "条结论取决于口径",
        "questions": "处要核实",
        "files": "份工作簿",
    }
    found = [f"{told[name]:,}{word}" for name, word in words.items() if name in told]
    if "failing" in told:
        found = [f"{year}学年{count}所超班额" for year, count in told["failing"].items()]
    return "、".join(found)


def took(run: Run) -> str:
    if not (run.started_at and run.finished_at):
        return ""
    seconds = round((run.finished_at - run.started_at).total_seconds())
    return f"{seconds // 60}分{seconds % 60}秒" if seconds >= 60 else f"{seconds}秒"
