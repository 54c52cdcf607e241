"""Is the set of forms whole, for each type of school and for each school?"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from junheng.registry.catalogue import school_columns
from junheng.registry.filing import Finding, Level
from junheng.registry.statistics.findings import file_place, finding, names
from junheng.registry.statistics.gathering import Rows
from junheng.registry.statistics.mappings import Mapping
from junheng.registry.statistics.nouns import Page
from junheng.registry.statistics.uniting import Schools


def set_findings(
    pages: Sequence[Page], rows: Rows, schools: Schools, mapping: Mapping, *, partial: bool
) -> Iterator[Finding]:
    """Forms that a type of school needs and no file holds; schools that a form does not list."""
    there = {page.form.form: page for page in pages}
    listed: dict[str, set[str]] = defaultdict(set)
    for row in rows.rows:
        listed[row.page.form.form].add(row.code)
    by_type: dict[str, list[str]] = defaultdict(list)
    for code in schools.values:
        if schools.type_of(code):
            by_type[schools.type_of(code)].append(code)
    words = school_columns()["school_type"].choices
    for kind, codes in by_type.items():
        needed = mapping.sets.get(kind, ())
        lacking = [form for form in needed if form not in there and _used(form, mapping)]
        if lacking:
            yield _half(words[kind], len(codes), lacking, mapping, partial=partial)
    for form, page in there.items():
        absent = [
            code
            for kind, codes in by_type.items()
            if form in mapping.sets.get(kind, ())
            for code in codes
            if code not in listed[form]
        ]
        if absent:
            yield finding(
                "I15",
                Level.EXPLAIN,
                file_place(page.file, page.sheet),
                f"{form} 里没有 {len(absent)} 所学校：{names(absent)}",
                "按学校类型，它们应当在这张表里",
                "请核对是否漏了；确实没有的，相应栏目留空待填",
            )


def _used(form: str, mapping: Mapping) -> bool:
    return any(each.form == form and each.field for each in mapping.form)


def _half(
    kind: str, count: int, lacking: Sequence[str], mapping: Mapping, *, partial: bool
) -> Finding:
    titles = {each.form: each.title for each in mapping.form}
    said = "、".join(f"{form}（{titles[form]}）" for form in lacking)
    return finding(
        "I14", Level.EXPLAIN if partial else Level.MUST_FIX, file_place("全部文件"),
        f"有 {count} 所{kind}，却缺 {said}", "一套表要全，才能填满模板",
        "请补上这些表；先填已有的，请加 --partial，缺的栏目留空",
    )  # fmt: skip
