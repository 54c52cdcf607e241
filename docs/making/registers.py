"""台账: every register with its states, moves and deadlines, and the calendar of working days."""

from collections.abc import Iterator

from junheng.casework import Register, calendar, registers
from junheng.web.roles import Role
from making.grids import grid

SUBJECTS = {"school": "学校的", "county": "区县的"}
REASONS = {"never": "", "late": "过了期限要写原因", "always": "必须写原因"}


def page() -> Iterator[str]:
    yield "# 台账与工作日"
    yield ""
    yield "数据填报、整改都是台账：一个 TOML 文件声明状态、动作、谁可以做、要什么、期限、公开什么。怎样改、怎样加见[台账](../howto/registers.md)。"
    yield ""
    for each in registers().values():
        yield from _register(each)
    yield from _days()


def _register(register: Register) -> Iterator[str]:
    yield f"## {register.label} `{register.name}`"
    yield ""
    yield register.note
    yield ""
    yield from grid(
        ("状态", "代码", "等谁办", "期限（工作日）"),
        ((s.label, f"`{s.name}`", s.waits_for, _term(register, s.name)) for s in register.state),
    )
    yield from grid(
        ("动作", "从", "到", "谁可以做", "要什么"),
        (
            (
                move.label,
                "、".join(register.states[name].label for name in move.begins),
                register.states[move.ends].label,
                "；".join(
                    f"{SUBJECTS[subject]}：{'、'.join(Role(role).label for role in roles)}"
                    for subject, roles in move.by.items()
                ),
                _demands(register, move.name),
            )
            for move in register.move
        ),
    )
    if register.column:
        yield from grid(
            ("栏目", "代码", "单位", "公开"),
            (
                (
                    c.label,
                    f"`{c.name}`",
                    c.unit,
                    "私密" if c.private else "是" if c.name in register.public.columns else "",
                )
                for c in register.column
            ),
        )


def _term(register: Register, state: str) -> str:
    clock = register.deadline_in(state)
    if clock is None:
        return ""
    length = clock.working_days or f"到“{register.columns[clock.column].label}”那一天"
    return f"{length}（{clock.source}，**{clock.confidence}**）"


def _demands(register: Register, name: str) -> str:
    move = register.moves[name]
    told = [REASONS[move.reason]]
    told += [f"填写{'、'.join(register.columns[f].label for f in move.fields)}"] * bool(move.fields)
    told += [f"至少 {move.attachments} 份附件"] * bool(move.attachments)
    told += ["核对没有“必须改”"] * move.clean
    return "；".join(each for each in told if each)


def _days() -> Iterator[str]:
    yield "## 工作日"
    yield ""
    yield "期限按工作日数：周一至周五，减去放假，加上调休上班的周末。没有登记的年份不猜：算到那一年时说明算不出，由人写明日期。"
    yield ""
    yield from grid(
        ("年", "通知", "放假", "调休上班", "核对", "可信度"),
        (
            (
                str(known.year),
                known.document,
                "；".join(
                    f"{h.name} {h.first:%m-%d}" + (f"至{h.last:%m-%d}" if h.last > h.first else "")
                    for h in known.holiday
                ),
                "、".join(f"{day:%m-%d}" for h in known.holiday for day in h.worked),
                known.checked,
                f"**{known.confidence}**",
            )
            for known in calendar().years.values()
        ),
    )
