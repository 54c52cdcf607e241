"""差异系数 and 算法比较: every CV with its limit, verdict, variants and what would turn it."""

from junheng.diagnosis import CountyVerdict, Flip, SpreadVerdict, Verdict
from junheng.indicators import CATALOGUE
from junheng.publish.book.cells import (
    Cell,
    Tone,
    Word,
    amount_cell,
    cv_cell,
    exact_cell,
    float_cell,
    verdict_cell,
)
from junheng.publish.book.columns import county_cell, county_heading
from junheng.publish.book.listing import Heading, Listing
from junheng.publish.wording import (
    flip_sentence,
    listed,
    spread_sentence,
    variant_label,
)
from junheng.studies import Study

WHAT_IT_IS = (
    "差异系数＝标准差÷均值，反映学校之间差距的大小：0表示各校完全一样，数值越大差距越大。"
    "每个学段、每项指标都不得超过限值；缺一所学校的数据，就不下结论。"
)
WHAT_FLIPS = "“最小改动”是只改动一所学校、使结论翻转所需的最小数量（全校口径）。减少只说明差距所在，不是要求减少。"
ABSENT_NAMED = 20
ONE = [Heading("学段", 5, "center"), Heading("指标", 5, "center"), Heading("指标名称", 31)]


def spreads(study: Study) -> Listing:
    """One row a stage and indicator."""
    headings = [
        *county_heading(study),
        *ONE,
        Heading("限值", 6),
        Heading("差异系数", 9),
        Heading("结论", 9, "center"),
        Heading("均值", 10),
        Heading("标准差", 10),
        Heading("单位", 7, "center"),
        Heading("参加计算的学段部", 8, "center"),
        *_flip_headings("使结论翻转的最小改动"),
        *_flip_headings("只增不减时的最小增加"),
        Heading("改动单位", 5, "center"),
        Heading("翻转后", 8, "center"),
        Heading("说明", 30),
    ]
    return Listing(
        name="差异系数",
        title="校际差异系数",
        notes=[_variant(study), WHAT_IT_IS, WHAT_FLIPS],
        headings=headings,
        rows=[
            [*county_cell(study, county), *_spread(each)]
            for county in study.assessment.counties
            for each in county.spreads
        ],
        sticky=len(county_heading(study)) + len(ONE),
    )


def _variant(study: Study) -> str:
    told = {
        f"本册采用的算法：{variant_label(c.standard)}（{c.standard.variants[c.standard.variant].clause.gist}）。"
        + ("" if c.standard.switches.variant else f"采用理由：{c.standard.scheme.variant_reason}。")
        for c in study.assessment.counties
    }
    return "".join(sorted(told))


def _flip_headings(above: str) -> list[Heading]:
    return [
        Heading("学校", 20, above=(above,)),
        Heading("数量", 11, above=(above,)),
    ]


def _name(spread: SpreadVerdict) -> list[Cell]:
    return [spread.stage.label, spread.indicator, CATALOGUE[spread.indicator].label]


def _spread(spread: SpreadVerdict) -> list[Cell]:
    return [
        *_name(spread),
        exact_cell(spread.limit, least=2),
        cv_cell(spread.cv, spread.limit, spread.verdict, near=spread.near),
        verdict_cell(spread.verdict, near=spread.near),
        float_cell(spread.mean),
        float_cell(spread.deviation),
        CATALOGUE[spread.indicator].unit,
        spread.parts,
        *_flip(spread.flip),
        *_flip(spread.flip_by_adding),
        spread.flip.unit if spread.flip else None,
        spread.flip.becomes.value if spread.flip else None,
        _remark(spread),
    ]


def _remark(spread: SpreadVerdict) -> str:
    """What the figures of the row do not say by themselves."""
    told = [_absent(spread)] if spread.missing else []
    if not told and (spread.verdict is Verdict.NO_DATA or spread.one_school):
        told.append(spread_sentence(spread))
    if spread.verdict is Verdict.FAIL:
        told.append(flip_sentence(spread))
    if spread.disagree:
        told.append("换用其他算法结论不同，见“算法比较”")
    return "".join(f"{each}。" for each in told)


def _flip(flip: Flip | None) -> list[Cell]:
    if flip is None:
        return [None, None]
    return [flip.school_name, amount_cell(flip.change, signed=True)]


# --- every variant side by side ----------------------------------------------------------------


def variants(study: Study) -> Listing:
    """One row a stage and indicator, two columns a variant."""
    counties = study.assessment.counties
    names = list(counties[0].standard.variants) if counties else []
    used = counties[0].standard.variant if counties else ""
    pairs = [each for name in names for each in _pair(counties[0], name, used)]
    return Listing(
        name="算法比较",
        title="差异系数各种算法的比较",
        notes=[
            "现行办法没有写明计算公式，不同算法可能得出不同结论；结论只按本册采用的算法下，其余只作比较。"
            "“不一致”的，请先与主管部门确认算法。"
        ],
        headings=[
            *county_heading(study),
            *ONE,
            Heading("限值", 6),
            *pairs,
            Heading("各算法结论", 11, "center"),
            Heading("说明", 34),
        ],
        rows=[
            [*county_cell(study, county), *_side_by_side(each)]
            for county in counties
            for each in county.spreads
        ],
        sticky=len(county_heading(study)) + len(ONE),
    )


def _pair(county: CountyVerdict, name: str, used: str) -> list[Heading]:
    mark = "（采用）" if name == used else "（比较）"
    above = (f"{variant_label(county.standard, name)}{mark}",)
    return [Heading("差异系数", 12, above=above), Heading("结论", 10, "center", above=above)]


def _side_by_side(spread: SpreadVerdict) -> list[Cell]:
    cells: list[Cell] = [*_name(spread), exact_cell(spread.limit, least=2)]
    for reading in spread.readings.values():
        cells += [cv_cell(reading.cv, spread.limit, reading.verdict), verdict_cell(reading.verdict)]
    agreed = Word("—" if spread.verdict is Verdict.NO_DATA else "一致")
    if spread.disagree:
        agreed = Word("不一致", Tone.NEAR_BAD)
    told = f"{_absent(spread)}。" if spread.missing else "请先与主管部门确认算法。"
    return [*cells, agreed, told if spread.disagree or spread.missing else None]


def _absent(spread: SpreadVerdict) -> str:
    names = listed([f"{name}（{code}）" for code, name in spread.missing], most=ABSENT_NAMED)
    return f"缺数据，不下结论：{names}"
