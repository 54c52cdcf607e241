"""Targets in the terminal: what is overdue first, with owner and pace; what is unknown last."""

from collections.abc import Callable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from junheng.diagnosis import Light, TargetVerdict, goal_words
from junheng.publish.target_words import (
    beside_words,
    counts_words,
    document_sentences,
    due_words,
    is_invented,
    owner_words,
    pace_words,
    place_words,
    reading_sentences,
    source_words,
    title_words,
    whose,
)
from junheng.publish.terminal.looks import WARNING_STYLE, items, ruled, section
from junheng.publish.terminal.prose import Prose
from junheng.publish.wording import DEMONSTRATION
from junheng.studies.targets import TargetStudy

LIGHT_STYLE = {
    Light.OVERDUE: "bold red",
    Light.BEHIND: "bold yellow",
    Light.ON_COURSE: "bold green",
    Light.MET: "bold green",
    Light.NO_DATA: "bold magenta",
    Light.NO_NUMBER: "dim",
}
OPENED = (Light.OVERDUE, Light.BEHIND)
MOST_IGNORED = 10


def show_targets(study: TargetStudy) -> RenderableType:
    """Every light of the study, the heaviest first."""
    return Group(
        Text(),
        _head(study),
        *(section(f"{light.value}（{len(found)}）", *_light(light, found, study))
          for light in Light if (found := study.at(light))),
        *_open_points(study),
        *_ignored(study),
    )  # fmt: skip


def _head(study: TargetStudy) -> Panel:
    worst = next((light for light in Light if study.at(light)), Light.NO_DATA)
    style = LIGHT_STYLE[worst]
    lines: list[RenderableType] = [
        Prose(f"政策目标：{whose(study)}，{study.on}", style),
        Prose(counts_words(study)),
        *(Prose(sentence) for sentence in document_sentences(study)),
        *(Prose(sentence, WARNING_STYLE) for sentence in reading_sentences(study)),
    ]
    if is_invented(study):
        lines.append(
            Prose(f"{DEMONSTRATION}：数字由程序生成，不是任何真实单位的情况", WARNING_STYLE)
        )
    return Panel(Group(*lines), border_style=style, padding=(0, 1))


def _light(
    light: Light, found: Sequence[TargetVerdict], study: TargetStudy
) -> Iterator[RenderableType]:
    if light in OPENED:
        for each in found:
            yield from _opened(each, study)
    elif light is Light.NO_NUMBER:
        yield _listed(found, study, ("目标", "单位", "为什么没有"), lambda v: v.outcome.reason)
    elif light is Light.NO_DATA:
        yield _listed(found, study, ("目标", "单位", "缺什么"), lambda v: v.outcome.reason)
    else:
        yield _listed(found, study, ("目标", "单位", "情况"), _told)


def _told(each: TargetVerdict) -> str:
    return "；".join((each.outcome.reason, *each.outcome.hints))


def _listed(
    found: Sequence[TargetVerdict],
    study: TargetStudy,
    names: tuple[str, ...],
    last: Callable[[TargetVerdict], str],
) -> Table:
    table = ruled(*names)
    for each in found:
        title = f"{title_words(each)}（{each.promise.target.article}）"
        table.add_row(Prose(title), Prose(place_words(each.place, study)), Prose(last(each)))
    return table


def _opened(each: TargetVerdict, study: TargetStudy) -> Iterator[RenderableType]:
    target, outcome = each.promise.target, each.outcome
    style = LIGHT_STYLE[each.light]
    place = place_words(each.place, study)
    yield Prose(f"{each.light.value}　{title_words(each)}　{place}　{outcome.word}", style, hang=2)
    lines = [
        outcome.reason,
        f"要求：{goal_words(target)}；期限：{due_words(target)}；依据：{each.promise.citation}",
        f"责任单位：{owner_words(target)}",
        pace_words(each),
        *(f"注意：{hint}" for hint in outcome.hints),
        f"数据：{source_words(outcome)}",
        *beside_words(each),
    ]
    yield Group(*(Prose(f"  {line}", hang=2) for line in lines if line))


def _open_points(study: TargetStudy) -> Iterator[RenderableType]:
    codes = {v.code for v in study.board.verdicts}
    points = [
        f"{point.title}：{point.question}（{code}；涉及 {'、'.join(point.touches)}）"
        for code, (point, _) in study.board.policy.open_points.items()
        if codes & set(point.touches)
    ]
    if points:
        yield section(f"待主管部门明确的口径（{len(points)}）", items(points))


def _ignored(study: TargetStudy) -> Iterator[RenderableType]:
    ignored = study.board.ignored
    if not ignored:
        return
    lines = [
        " ".join(x for x in (i.commitment, i.place, str(i.measured_on or "")) if x)
        + f"：{i.reason}"
        for i in ignored[:MOST_IGNORED]
    ]
    rest = len(ignored) - MOST_IGNORED
    more = [f"另有 {rest} 条"] if rest > 0 else []
    yield section(f"没有采用的记录（{len(ignored)}）", items([*lines, *more], style=WARNING_STYLE))
