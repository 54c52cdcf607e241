"""Who is counted, and what merging adds up to."""

from collections.abc import Iterator

from making.grids import grid
from making.method import written
from making.method.written import valued


def counted(name: str) -> Iterator[str]:
    """Each school of a worked example: part, left out, missing or merged, with the reason."""
    county = written.county(name)
    rows = []
    for school in written.example(name).school:
        said = "；".join(_said(name, school.code)) or "并入主校"
        rows.append((school.code, written.filed_of(name, school.code) or "—", said))
    absent = {each.code for each in written.example(name).school}
    rows += [
        (m.code, "没有填报", f"缺报：{m.reason}") for m in county.missing if m.code not in absent
    ]
    yield from grid(("单位", "填报（与此有关的）", "结果"), rows)


def _said(name: str, code: str) -> Iterator[str]:
    county = written.county(name)
    for part in county.parts:
        if part.school_code == code:
            merged = f"，并入 {part.merged}" if part.merged else ""
            yield f"参加：{part.stage.label} {part.pupils} 人{merged}"
    yield from (f"不参加：{each.reason}" for each in county.left_out if each.code == code)
    yield from (f"缺报：{each.reason}" for each in county.missing if each.code == code)


def value(name: str, school: str, stage: str, code: str) -> Iterator[str]:
    """A value after merging, with the numbers it comes from."""
    judged = written.part(name, school, stage).of(code)
    shown = "缺数据" if judged.value is None else valued(judged.value)
    yield f"{judged.numbers} ＝ {shown}"
