"""指标定义 and 规则与条款: what was computed, how, and on whose word."""

from collections.abc import Iterator

from junheng.diagnosis import CountyVerdict
from junheng.indicators import CATALOGUE
from junheng.publish.book.cells import Cell, exact_cell
from junheng.publish.book.columns import chosen, county_cell, county_heading
from junheng.publish.book.listing import Heading, Listing
from junheng.publish.rule_words import KIND_WORDS, numbers_told
from junheng.publish.wording import CONFIDENCE
from junheng.schema import Stage
from junheng.standards import Clause, Demand, Relaxation, Standard
from junheng.studies import Study

UNCHECKED = "我们没有见到正式文本的，条号写“未核对”，不编造；来源代号见项目文档《标准》来源表。"
BASIS = (
    Heading("依据文件", 26),
    Heading("条号", 8, "center"),
    Heading("来源", 14),
    Heading("可信度", 22),
)


def definitions(study: Study) -> Listing:
    """One row an indicator of a county's standard."""
    stages = list({s: None for c in study.assessment.counties for s in c.standard.stages})
    return Listing(
        name="指标定义",
        title="指标定义：公式、标准与依据",
        notes=[
            "公式由程序直接从计算式生成。标准含本数：等于标准即为达标；比较用精确分数，不四舍五入。",
            UNCHECKED,
        ],
        headings=[
            *county_heading(study),
            Heading("指标", 5, "center"),
            Heading("名称", 22),
            Heading("单位", 8, "center"),
            Heading("公式", 38),
            *(Heading(stage.label, 8, above=("标准（不低于）",)) for stage in stages),
            *(Heading(stage.label, 8, above=("底线（不低于）",)) for stage in stages),
            Heading("学段分摊", 8, "center"),
            Heading("条款要点", 30),
            *BASIS,
        ],
        rows=[
            [*county_cell(study, county), *_indicator(county.standard, code, stages)]
            for county in study.assessment.counties
            for code in county.standard.indicators
        ],
        sticky=len(county_heading(study)) + 2,
    )


def _indicator(standard: Standard, code: str, stages: list[Stage]) -> list[Cell]:
    each, demand = CATALOGUE[code], standard.demands[code]
    return [
        code,
        each.label,
        each.unit,
        each.formula,
        *(exact_cell(standard.limit(code, stage)) for stage in stages),
        *(exact_cell(standard.floor(code, stage)) for stage in stages),
        "分摊" if each.shared else "按学段填报",
        demand.clause.gist,
        *_basis(demand),
    ]


def _basis(demand: Demand) -> list[Cell]:
    clause, document = demand.clause, demand.document
    title = (
        document.name if document.name == document.title else f"{document.name} {document.title}"
    )
    return [title, clause.article, clause.source, CONFIDENCE[clause.confidence]]


# --- every clause that took part ---------------------------------------------------------------


def clauses(study: Study) -> Listing:
    """One row a clause or switched-on exception."""
    return Listing(
        name="规则与条款",
        title="规则与条款：本次评估用到的全部规定",
        notes=[
            "包括学校标准、差异系数限值与算法、学段分摊比例、计算范围、临界提示以及启用的例外。",
            UNCHECKED,
        ],
        headings=[
            *county_heading(study),
            Heading("用途", 13, "center"),
            Heading("要点", 44),
            Heading("数值", 30),
            *BASIS,
            Heading("文本核对", 9, "center"),
            Heading("备注", 30),
            Heading("条款代号", 22),
        ],
        rows=[
            [*county_cell(study, county), *cells]
            for county in study.assessment.counties
            for cells in (*_demands(county), *_relaxations(county))
        ],
        sticky=len(county_heading(study)) + 1,
    )


ROLES = {
    "school_count": "学校标准",
    "school_floor": "学校标准",
    "spread": "差异系数限值",
    "split": "学段分摊",
    "scope": "计算范围",
    "scope_point": "计算范围",
    "scope_merge": "计算范围",
    "near": "临界提示",
}
"""Roles of a scheme → what a reader calls them."""
USED, COMPARED = "采用的算法", "比较的算法"
ORDER = (
    KIND_WORDS["limit"],
    *dict.fromkeys(ROLES.values()),
    USED,
    COMPARED,
    *(KIND_WORDS[kind] for kind in ("share", "every", "spread", "evidence")),
    *(KIND_WORDS[kind] for kind in ("official_result", "statement", "norm")),
)


def _demands(county: CountyVerdict) -> Iterator[list[Cell]]:
    standard = county.standard
    roles = {code: ROLES[role] for role, code in standard.scheme.roles.items()}
    uses = {
        code: roles.get(code) or _use(standard, each) for code, each in standard.demands.items()
    }
    for code, use in sorted(uses.items(), key=lambda pair: (ORDER.index(pair[1]), pair[0])):
        demand = standard.demands[code]
        yield [
            use,
            demand.clause.gist,
            _numbers(demand.clause),
            *_basis(demand),
            demand.document.checked,
            demand.clause.note,
            code,
        ]


def _use(standard: Standard, demand: Demand) -> str:
    variant = demand.clause.variant
    if variant:
        return USED if variant == standard.variant else COMPARED
    return KIND_WORDS[demand.clause.kind]


def _numbers(clause: Clause | Relaxation) -> str:
    told = numbers_told(clause)
    if isinstance(clause, Clause):
        told += [chosen("school_type", each) for each in clause.excluded_types]
    return "；".join(told)


def _relaxations(county: CountyVerdict) -> Iterator[list[Cell]]:
    standard = county.standard
    for code in standard.switches.relaxations:
        relaxation, document = standard.relaxations[code]
        yield [
            "启用的例外",
            relaxation.gist,
            _numbers(relaxation),
            document.name,
            relaxation.article,
            relaxation.source,
            CONFIDENCE[relaxation.confidence],
            document.checked,
            f"须有佐证：{relaxation.evidence}。默认关闭的原因：{relaxation.reason_off}",
            code,
        ]
