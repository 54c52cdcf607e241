"""What an import took, what it did not know, and what is still to be typed, in plain lines."""

from collections.abc import Iterator

from junheng.registry.filing import Level
from junheng.registry.reading.addresses import letters
from junheng.registry.statistics.nouns import Imported, Page, Taken

MOST_COLUMNS = 8


def importing_lines(imported: Imported) -> Iterator[str]:
    """The findings, gravest first, each in one line with file, sheet and cell."""
    for level in Level:
        found = [each for each in imported.findings if each.level is level]
        if found:
            yield f"【{level.value}】{len(found)} 处"
            yield from (f"  {each.check} {each.sentence}" for each in found)


def heading_lines(imported: Imported) -> Iterator[str]:
    """For every sheet: by what it was known, which heading gives which field, what is left over."""
    for page in imported.pages:
        yield _title(page)
        for taken in page.taken:
            yield f"  {_headings(taken)} → {_field(taken)}"
        if page.unknown:
            left = "、".join(f"{each.cell}“{each.shown}”" for each in page.unknown)
            yield f"  没有认出（不取）：{left}"


def _title(page: Page) -> str:
    year = f"{page.year}—{page.year + 1} 学年" if page.year else "没有写学年"
    return (
        f"{page.file} {page.sheet}：{page.form.form} {page.form.title}"
        f"（凭{page.known_how}），{year}，{len(page.rows) - len(page.subtotals)} 行"
    )


def _headings(taken: Taken) -> str:
    return " ＋ ".join(f"{letters(each.column)}列“{each.shown}”" for each in taken.headings)


def _field(taken: Taken) -> str:
    column = taken.field.reads("")
    if taken.unit and column.unit and taken.unit != column.unit:
        return f"{column.label}（由{taken.unit}换算成{column.unit}）"
    return column.heading


def asked_lines(imported: Imported) -> Iterator[str]:
    """Table by table: how many cells are filled and how many the county must still type."""
    yield f"共 {len(imported.values)} 所学校："
    for each in imported.asked:
        perhaps = f"，视其他回答另有至多 {each.perhaps} 格" if each.perhaps else ""
        yield f"  {each.label}：已填 {each.filled} 格，还要填 {each.left} 格{perhaps}"
        if each.left:
            more = "等" if len(each.columns) > MOST_COLUMNS else ""
            yield f"    要填：{'、'.join(each.columns[:MOST_COLUMNS])}{more}"
    filled, left = (sum(getattr(e, name) for e in imported.asked) for name in ("filled", "left"))
    yield f"合计：已填 {filled} 格，还要填 {left} 格。清单、佐证材料等表没有导入，不在其内。"
