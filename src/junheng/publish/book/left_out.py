"""不参加计算: who is not measured or not by itself, who is missing, which exceptions were claimed."""

from collections.abc import Iterator

from junheng.diagnosis import CountyVerdict
from junheng.publish.book.cells import Cell, Tone, Word
from junheng.publish.book.columns import county_cell, county_heading
from junheng.publish.book.listing import Heading, Listing
from junheng.studies import Study


def left_out(study: Study) -> Listing:
    """One row a school or use, grouped by kind."""
    names = dict(study.snapshot.facts["schools"].select("school_code", "school_name").iter_rows())
    return Listing(
        name="不参加计算",
        title="不参加计算、并入主校、缺报与例外",
        notes=[
            "“不参加”的学校不影响结论；“并入主校”的校区、教学点随主校一起计算；“缺报”的学校使所在学段的差异系数不能下结论。"
        ],
        headings=[
            *county_heading(study),
            Heading("类别", 11, "center"),
            Heading("学校代码", 12, "center"),
            Heading("学校名称", 32),
            Heading("学段", 12, "center"),
            Heading("原因", 50),
            Heading("处理", 32),
        ],
        rows=[
            [*county_cell(study, county), *cells]
            for county in study.assessment.counties
            for cells in (*_missing(county), *_out(county), *_merged(county, names), *_uses(county))
        ],
        sticky=len(county_heading(study)) + 3,
        empty="没有",
    )


def _missing(county: CountyVerdict) -> Iterator[list[Cell]]:
    for each in county.missing:
        stages = "、".join(stage.label for stage in each.stages)
        todo = "请补报；补报前不下差异系数的结论"
        yield [Word("缺报", Tone.OPEN), each.code, each.name, stages, each.reason, todo]


def _out(county: CountyVerdict) -> Iterator[list[Cell]]:
    for each in county.left_out:
        yield [Word("不参加"), each.code, each.name, None, each.reason, "不计入学校达标与差异系数"]


def _merged(county: CountyVerdict, names: dict[str, str]) -> Iterator[list[Cell]]:
    basis = county.standard.role("scope_merge")
    heads = {part.school_code: part for part in county.parts if part.merged}
    for part in heads.values():
        for code in part.merged.split("、"):
            into = f"并入{part.school_name}（{part.school_code}）计算"
            reason = f"不计校数；{basis.clause.gist}（{basis.citation}）"
            yield [Word("并入主校"), code, names.get(code, ""), None, reason, into]


def _uses(county: CountyVerdict) -> Iterator[list[Cell]]:
    for use in county.relaxations:
        word = Word(f"例外{use.code}", Tone.GOOD if use.granted else Tone.NEAR_BAD)
        yield [word, use.school, use.name, None, use.reason, "采用" if use.granted else "不采用"]
