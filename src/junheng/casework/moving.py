"""Taking a step: which moves a role has, and what a move still demands. Pure: nothing is written."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from junheng.casework.calendar import Calendar
from junheng.casework.deadlines import Due, due_after
from junheng.casework.nouns import CaseFile, Move, Reason
from junheng.errors import RefusedError
from junheng.registry import Finding, Level, Origin

LONGEST_REASON = 500
"""Characters of a reason: what an official writes, not a document."""


@dataclass(frozen=True)
class Step:
    """What a move comes to."""

    move: Move
    state: str
    """Where the case stands: the move's end, or where it stood while something is unmet."""
    unmet: tuple[Finding, ...]
    due: Due

    @property
    def taken(self) -> bool:
        return not self.unmet


def moves_open_to(case: CaseFile, role: str) -> tuple[Move, ...]:
    """The moves that a role may take from where the case stands, in the order of the register."""
    return tuple(
        each
        for each in case.register.move
        if case.state in each.begins and role in each.by.get(case.subject, ())
    )


def move(case: CaseFile, name: str, *, by: str, on: date, days: Calendar, reason: str = "") -> Step:
    """Take the move `name` as a person of role `by` on `on`.

    What is demanded and not there comes back as findings, all at once, and the case stays.
    Raises RefusedError where the state has no such move or the role may not take it.
    """
    step = next((each for each in moves_open_to(case, by) if each.name == name), None)
    if step is None:
        raise RefusedError(_refusal(case, name, by))
    unmet = tuple(_unmet(case, step, on, reason.strip()))
    state = case.state if unmet else step.ends
    due = due_after(case, state, on=on, days=days)
    return Step(step, state, unmet, due)


def _refusal(case: CaseFile, name: str, role: str) -> str:
    register, here = case.register, case.register.states[case.state].label
    wanted = register.moves[name].label if name in register.moves else name
    may = [each.label for each in moves_open_to(case, role)]
    left = f"现在可以：{'、'.join(may)}" if may else "现在没有您可以做的动作"
    return f"“{register.label}”处于“{here}”，您不能“{wanted}”。{left}。请刷新页面看最新状态。"


def _unmet(case: CaseFile, step: Move, on: date, reason: str) -> Iterator[Finding]:
    late = case.due is not None and on > case.due
    if not reason and (step.reason is Reason.ALWAYS or (step.reason is Reason.LATE and late)):
        found = f"期限是 {case.due}，已经过了，没有写原因" if late else "没有写原因"
        yield _finding(case, step, "理由", found, f"“{step.label}”必须写明原因", "请写明原因")
    if len(reason) > LONGEST_REASON:
        yield _finding(
            case, step, "理由", f"原因有 {len(reason)} 个字", f"不超过 {LONGEST_REASON} 个字",
            "请写短一些，详细材料作为附件上传",
        )  # fmt: skip
    for name in step.fields:
        if case.values.get(name) in (None, ""):
            column = case.register.columns[name]
            yield _finding(
                case, step, column.label, "没有填", f"“{step.label}”之前必须填写",
                column.note or "请填写", name,
            )  # fmt: skip
    if (held := len(case.attachments)) < step.attachments:
        yield _finding(
            case, step, "附件", f"只有 {held} 份" if held else "还没有附件", f"至少 {step.attachments} 份",
            "请上传佐证材料",
        )  # fmt: skip
    if step.clean and case.clean is not True:
        told = case.register.check
        assert told is not None, "soundness has seen to that"
        found, mend = (
            (told.absent, told.absent_mend)
            if case.clean is None
            else (told.failed, told.failed_mend)
        )
        yield _finding(case, step, "核对", found, told.demand, mend)


def _finding(
    case: CaseFile, step: Move, what: str, found: str, allowed: str, mend: str, column: str = ""
) -> Finding:
    origin = Origin(case.register.label, f"“{step.label}”的{what}", "")
    return Finding(
        Level.MUST_FIX, "M1", origin, found, allowed, mend, case.register.name, (), column
    )
