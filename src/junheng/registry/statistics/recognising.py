"""Which form a sheet is, and which of its headings give which field."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from junheng.registry.filing import Finding, Level
from junheng.registry.reading.words import unit_of
from junheng.registry.statistics.findings import SEND_IN, file_place, finding, names
from junheng.registry.statistics.mappings import Field, Form, Mapping, units_of
from junheng.registry.statistics.nouns import Head, Heading, Taken
from junheng.registry.statistics.paths import matches
from junheng.registry.statistics.words import form_numbers, segment, units_above
from junheng.schema import Kind


@dataclass(frozen=True)
class Recognised:
    """The form of a sheet and by what it was known."""

    form: Form
    how: str


def recognise(
    mapping: Mapping, head: Head, *, file: str, sheet: str
) -> tuple[list[Recognised], list[str]]:
    """The forms that the sheet may be, and the numbers of forms named that nobody knows.

    Asked in this order: number in the title, in the sheet's name, in the file's name; words of
    the title or the sheet's name; headings. The first that answers decides.
    """
    places = [(text, "标题", False) for text in head.above]
    places += [(sheet, "工作表名", True), (PurePath(file).stem, "文件名", True)]
    unknown: list[str] = []
    for text, where, bare in places:
        numbers = form_numbers(text, bare=bare)
        found = [r for n in numbers for r in _numbered(mapping, n, where)]
        if found:
            return _each_once(found), unknown
        unknown += [] if bare else numbers
    for text, where, _ in places[:-1]:
        name = segment(text)[0]
        found = [
            Recognised(form, f"{where}里的“{word}”")
            for form in mapping.form
            for word in form.words
            if segment(word)[0] in name
        ]
        if found:
            return _each_once(found), unknown
    return [
        Recognised(form, "表头")
        for form in mapping.form
        if form.known_by and all(matches(each, head.headings) for each in form.known_by)
    ], unknown


def _numbered(mapping: Mapping, number: str, where: str) -> Iterator[Recognised]:
    exact = [f for f in mapping.form if form_numbers(f.form, bare=True) == [number]]
    loose = [f for f in mapping.form if f.form.lstrip("教基础统") == number]
    more = [
        f
        for f in mapping.form
        if f.form.lstrip("教基础统").rstrip("续") == number.lstrip("教基础统")
    ]
    for form in exact or loose or more:
        yield Recognised(form, f"{where}里的表号")
        return


def _each_once(found: Iterable[Recognised]) -> list[Recognised]:
    return list({each.form.form: each for each in reversed(list(found))}.values())


def take(
    form: Form, head: Head, *, file: str, sheet: str
) -> tuple[list[Taken], list[Heading], list[Finding]]:
    """What each field of the form gets, the headings left over, and what is wrong."""
    taken: list[Taken] = []
    findings: list[Finding] = []
    stated = units_above(head.above)
    for each in form.field:
        groups, missing = _headings_of(each, head.headings)
        place = file_place(file, sheet, groups[0][0].cell if groups else "")
        label = each.reads("").label
        if not groups:
            wanted = missing or (*each.path, *each.sum_of)[0]
            findings.append(
                finding(
                    "I03",
                    Level.EXPLAIN,
                    place,
                    f"{form.form} 里没有找到表头“{wanted}”",
                    f"“{label}”要从它取",
                    "表头改了名的，请用 --mapping 写明新的路径；没有的，栏目留空待填",
                    column=each.column,
                )
            )
            continue
        if several := next((group for group in groups if len(group) > 1), None):
            findings.append(_several(each, several, file, sheet))
            continue
        headings = tuple(group[0] for group in groups)
        unit = _unit(each, headings[0], stated)
        if unit and unit not in units_of(each.reads("")):
            findings.append(_wrong_unit(each, headings[0], unit, file, sheet))
            continue
        taken.append(Taken(each, headings, unit))
    used = {heading.column for each in taken for heading in each.headings}
    known = {h.column for pattern in form.known for h in matches(pattern, head.headings)}
    left = [h for h in head.headings if h.column not in used | known]
    return taken, left, findings


def _headings_of(each: Field, headings: Sequence[Heading]) -> tuple[list[list[Heading]], str]:
    """One group a heading wanted, several headings in it where they all fit; what is missing."""
    for pattern in each.path:
        if found := matches(pattern, headings):
            return [found], ""
    groups = [matches(pattern, headings) for pattern in each.sum_of]
    missing = [p for p, group in zip(each.sum_of, groups, strict=True) if not group]
    return ([], each.path[0] if each.path else missing[0]) if missing else (groups, "")


def _several(each: Field, group: Sequence[Heading], file: str, sheet: str) -> Finding:
    cells = "、".join(f"{heading.cell}“{heading.shown}”" for heading in group)
    return finding(
        "I02", Level.MUST_FIX, file_place(file, sheet, group[0].cell),
        f"有 {len(group)} 个表头都像“{each.reads('').label}”：{cells}",
        "一个栏目只能取一个表头", f"请用 --mapping 写明取哪一个，例如 path = [\"{group[0].shown}\"]",
        column=each.column,
    )  # fmt: skip


def _unit(each: Field, heading: Heading, stated: Iterable[str]) -> str:
    """Heading before sheet before mapping before template."""
    column = each.reads("")
    if heading.unit:
        return heading.unit
    fitting = [unit for unit in stated if unit in units_of(column)]
    if column.kind is Kind.MONEY and len(fitting) == 1:
        return fitting[0]
    return each.unit or unit_of().get(column.unit, column.unit)


def _wrong_unit(each: Field, heading: Heading, unit: str, file: str, sheet: str) -> Finding:
    column = each.reads("")
    return finding(
        "I08", Level.MUST_FIX, file_place(file, sheet, heading.cell),
        f"“{heading.shown}”的单位是{unit}", f"“{column.label}”只能由 {'、'.join(units_of(column))} 换算",
        "请核对表头；单位不同的，请换算后再导入", column=each.column,
    )  # fmt: skip


def unrecognised(head: Head | None, *, file: str, sheet: str, level: Level) -> Finding:
    """A sheet in which nothing is known."""
    if head is None:
        return finding(
            "I01", level, file_place(file, sheet),
            "找不到“学校（机构）标识码”这一类的表头，没有读取",
            "一校一行的表，要有学校标识码一列", SEND_IN,
        )  # fmt: skip
    seen = names(heading.shown for heading in head.headings)
    return finding(
        "I01", level, file_place(file, sheet, head.headings[0].cell),
        f"不认识这张表，没有读取；看到的表头：{seen}",
        "要能从表号、标题或表头认出是哪一张表", SEND_IN,
    )  # fmt: skip


def ambiguous(found: Sequence[Recognised], *, file: str, sheet: str) -> Finding:
    """A sheet that may be several forms."""
    forms = "、".join(f"{each.form.form}（{each.how}）" for each in found)
    return finding(
        "I18", Level.MUST_FIX, file_place(file, sheet), f"可能是 {forms}，定不下来",
        "一个工作表只能是一张表", "请把表号写进工作表名，例如“教基3112”，再导入",
    )  # fmt: skip
