"""How a figure was counted, and what is left to type, in words."""

from collections.abc import Iterator, Mapping, Sequence

from junheng.registry.catalogue import tables
from junheng.registry.filing import Level
from junheng.registry.rosters.declaring import Figure, Roster
from junheng.registry.rosters.taking import Counted

MOST = 8
_CHOICES = {"primary": "小学", "junior": "初中", "senior": "高中", "kindergarten": "学前"}


def how(figure: Figure, roster: Roster) -> str:
    """由学籍汇总：学段为小学、是否随迁子女为是的人数."""
    columns = roster.columns()
    said = []
    for name, codes in figure.where.items():
        choices = columns[name].choices if name in columns else _CHOICES
        label = columns[name].label if name in columns else "学段"
        said.append(f"{label}为{'或'.join(choices[code] for code in codes)}")
    said += [f"{columns[each].label}为是" for each in figure.flag[:1]]
    match figure.kind:
        case "classes":
            what = "班数"
        case "class_bins":
            what = f"{figure.low}{'—' + figure.high if figure.high else ''}人{'' if figure.high else '及以上'}的班数"
        case "largest_class":
            what = "人数最多的班的人数"
        case "room_bins":
            to = f"、不足{figure.high}㎡" if figure.high else ""
            what = f"{columns['area_m2'].label}{figure.low}㎡及以上{to}的间数"
        case "sum":
            what = f"{columns[figure.of].label}之和"
        case _:
            what = {"人": "人数", "间": "间数"}[roster.unit]
    return f"由{roster.label}汇总：{'、'.join(said)}的{what}"


def origins(rosters: Sequence[Roster]) -> Mapping[str, tuple[Roster, str]]:
    """Template column → the register that gives it, and how."""
    return {
        column: (roster, how(figure, roster))
        for roster in rosters
        for figure in roster.figure
        for column in figure.columns
    }


def counting_lines(counted: Counted) -> Iterator[str]:
    """The findings, gravest first, each in one line with file and rows."""
    for level in Level:
        found = [each for each in counted.findings if each.level is level]
        if found:
            yield f"【{level.value}】{len(found)} 处"
            yield from (f"  {each.check} {each.sentence}" for each in found)
    for taken in counted.taken:
        files = "、".join(taken.files[:3]) + (
            f"等 {len(taken.files)} 个文件" if len(taken.files) > 3 else ""
        )
        yield f"{taken.roster.label}：{files}，{taken.rows} 行"


def left_lines(counted: Counted) -> Iterator[str]:
    """Table by table: cells filled, and the columns that no register gave."""
    schools = counted.schools
    for table in tables().values():
        if not table.per_school:
            continue
        columns = [c for c in table.column if c.name not in table.key]
        held = [c for c in columns if c.name in schools.columns and schools[c.name].count()]
        filled = sum(schools[c.name].count() for c in held)
        blank = [c.label for c in columns if c not in held and c.required != "never"]
        more = f"等 {len(blank)} 栏" if len(blank) > MOST else ""
        left = f"；没有汇总、还要填：{'、'.join(blank[:MOST])}{more}" if blank else ""
        yield f"  {table.label}：{len(held)} 栏 {filled} 格由台账得出{left}"
