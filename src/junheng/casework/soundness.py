"""Whether a register holds together: states, moves, roles, ends, what the public sees.

`faults_of` yields every fault; loading refuses a register that has one, and the house test walks
all registers with the roles of the desk.
"""

from collections import Counter
from collections.abc import Collection, Iterator

from junheng.casework.nouns import Register
from junheng.registry import tables

CONFIDENCE = "HMLBD"
"""Letters of standards.md §0."""


def faults_of(register: Register, roles: Collection[str] | None = None) -> list[str]:
    """Every fault in Chinese; with `roles`, also each role that is none of them."""
    found = [*_names(register), *_places(register)]
    if not found:  # where names are missing, a walk would only say so again
        found = [*_walk(register), *_clocks(register), *_seen(register), *_exported(register)]
    return found + ([] if roles is None else list(_roles(register, roles)))


def _names(register: Register) -> Iterator[str]:
    for what, names in (
        ("状态", [each.name for each in register.state]),
        ("状态的名称", [each.label for each in register.state]),
        ("动作", [each.name for each in register.move]),
        ("期限", [each.name for each in register.deadline]),
        ("栏目", [each.name for each in register.column]),
    ):
        for name, count in Counter(names).items():
            if count > 1:
                yield f"{what}“{name}”写了 {count} 次，只能写一次"


def _places(register: Register) -> Iterator[str]:
    """Every name that is used is declared."""
    states, columns = set(register.states), set(register.columns)
    used = [("start", register.start)]
    used += [(f"动作 {m.name}", s) for m in register.move for s in (*m.begins, m.ends)]
    used += [(f"期限 {d.name}", s) for d in register.deadline for s in d.states]
    used += [("public.states", s) for s in register.public.states]
    used += [(f"exported {e.table}", s) for e in register.exported for s in e.states]
    yield from (f"{where} 用到没有声明的状态“{s}”" for where, s in used if s not in states)
    asked = [(f"动作 {m.name}", c) for m in register.move for c in m.fields]
    asked += [("public.columns", c) for c in register.public.columns]
    yield from (f"{where} 用到没有声明的栏目“{c}”" for where, c in asked if c not in columns)
    for move in register.move:
        for subject in move.by:
            if subject not in register.subjects:
                yield f"动作 {move.name} 的对象“{subject}”不在 subjects 里"
        if move.clean and register.check is None:
            yield f"动作 {move.name} 要核对通过，而没有写核对什么（check）"
        if not move.by or not all(move.by.values()):
            yield f"动作 {move.name} 没有写谁可以做"


def _walk(register: Register) -> Iterator[str]:
    """For each kind of subject: every state is reached from the start, and reaches an end."""
    ends = {each.name for each in register.state if each.end}
    if not ends:
        yield "没有一个状态是终点（end = true）"
        return
    for subject in register.subjects:
        steps = [
            (begin, move.ends)
            for move in register.move
            if subject in move.by
            for begin in move.begins
        ]
        reached = closure({register.start}, steps)
        ending = closure(ends, [(end, begin) for begin, end in steps])
        for state in register.state:
            if state.name not in reached:
                yield f"{subject}：从“{register.states[register.start].label}”走不到“{state.label}”"
            elif state.name not in ending:
                yield f"{subject}：从“{state.label}”走不到任何终点"


def closure(seen: Collection[str], steps: Collection[tuple[str, str]]) -> set[str]:
    """All states that some steps lead to from `seen`, these among them."""
    found = set(seen)
    while more := {end for begin, end in steps if begin in found and end not in found}:
        found |= more
    return found


def _clocks(register: Register) -> Iterator[str]:
    running = Counter(state for each in register.deadline for state in each.states)
    for state, count in running.items():
        if count > 1:
            yield f"状态“{state}”上有 {count} 个期限，只能有一个"
        if register.states[state].end:
            yield f"终点“{state}”不能有期限"
    for each in register.deadline:
        if each.column and (each.working_days or each.column not in register.columns):
            yield f"期限 {each.name} 写在栏目里的，栏目要有声明，且不再写天数"
        if not each.column and not 0 <= each.remind <= each.working_days > 0:
            yield f"期限 {each.name} 的天数不对：提前提醒的天数应在 0 与期限之间"
        if each.confidence not in CONFIDENCE or not each.source.strip():
            yield f"期限 {each.name} 没有写出处（source）与置信字母（confidence）"


def _seen(register: Register) -> Iterator[str]:
    """No private column may be public."""
    for name in register.public.columns:
        if register.columns[name].private:
            yield f"public.columns 公开了私密的栏目“{name}”"


def _exported(register: Register) -> Iterator[str]:
    for each in register.exported:
        if each.table not in tables():
            yield f"exported 的表“{each.table}”没有声明"


def _roles(register: Register, roles: Collection[str]) -> Iterator[str]:
    used = {role for move in register.move for names in move.by.values() for role in names}
    for role in sorted((used | set(register.open_by)) - set(roles)):
        yield f"没有“{role}”这个角色"
