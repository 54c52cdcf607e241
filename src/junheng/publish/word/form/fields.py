"""What a template may ask for: single figures by name, and lists whose rows are repeated."""

from collections.abc import Iterator
from dataclasses import dataclass

from junheng.diagnosis import CountyVerdict, Line, Verdict
from junheng.publish.digits import exact_text, spread_text
from junheng.publish.line_words import figure_sentence, line_told
from junheng.publish.word.self_report.circumstances import STAGES, filed, pupils_in, school_rows
from junheng.publish.word.telling import chinese_day, count, demanded
from junheng.publish.wording import DEMONSTRATION, basis, is_demonstration, verdict_word
from junheng.schema import Stage
from junheng.studies import Study
from junheng.years import SchoolYear

MEANINGS = {
    "区县名称": "区县的名称",
    "区县代码": "区县的代码",
    "学年": "数据的学年，例如 2025—2026学年",
    "财政年度": "经费和工资所属的年度",
    "评估日期": "按哪一天有效的要求评估",
    "方案": "评估方案的名称",
    "结论": "全部指标的结论",
    "结论依据": "参加计算的学校、差异系数各多少，达标未达标各多少",
    "资源配置结论": "资源配置的结论",
    "政府保障结论": "政府保障的结论",
    "教育质量结论": "教育质量的结论",
    "社会认可结论": "社会认可的结论",
    "一票否决结论": "一票否决事项的结论",
    "达标项数": "达标的指标有几项",
    "未达标项数": "未达标的指标有几项",
    "缺数据项数": "缺数据的指标有几项",
    "学校数": "学校表所列学校（校区、教学点）",
    "民办学校数": "其中民办",
    "参加计算学校数": "参加资源配置计算的学校",
    "缺报学校数": "没有报送填报表的学校",
    "小学学生数": "小学学生",
    "初中学生数": "初中学生",
    "小学班级数": "小学班级",
    "初中班级数": "初中班级",
    "小学专任教师数": "小学专任教师",
    "初中专任教师数": "初中专任教师",
    "封存编号": "数据封存的编号，凭此核对",
    "事实指纹": "数据的指纹，凭此重算",
    "演示标记": "虚构的数据写“演示数据”；真实的数据为空",
}
"""Names of the single figures, and what they hold."""
LISTS = {
    "方面": ("名称", "结论", "项数", "达标", "未达标", "缺数据"),
    "指标": ("代码", "名称", "标准", "数值", "结论", "说明"),
    "差异系数": ("学段", "代码", "指标", "数值", "限值", "结论"),
}
"""Lists, and the columns that a repeated row may ask of them."""
MUST = {
    "区县名称": "否则看不出是哪个区县的表",
    "学年": "否则看不出是哪一年的数",
    "封存编号": "否则表里的数无从核对",
    "演示标记": "否则虚构的数会被当成真的",
}
"""What no template may leave out, and why."""
SPREAD_CLAUSE = "spread"


@dataclass(frozen=True)
class Fields:
    """Everything a template may ask of one county."""

    single: dict[str, str]
    lists: dict[str, list[dict[str, str]]]


def fields_of(study: Study, county: CountyVerdict) -> Fields:
    """The figures of a county, each as it is written everywhere else."""
    single = {**_assessed(study, county), **_counted(study, county)}
    assert list(single) == list(MEANINGS), "every figure is documented"
    return Fields(
        single,
        {"方面": list(_areas(county)), "指标": list(map(_line, county.lines)),
         "差异系数": list(_spreads(county))},
    )  # fmt: skip


def _assessed(study: Study, county: CountyVerdict) -> dict[str, str]:
    year, verdicts = SchoolYear(study.assessment.year), [line.verdict for line in county.lines]
    areas = {area.code: area.verdict.value for area in county.areas}
    codes = ("resource", "guarantee", "quality", "social", "veto")
    titles = ("资源配置", "政府保障", "教育质量", "社会认可", "一票否决")
    none = "方案没有这一方面"
    return {
        "区县名称": county.name,
        "区县代码": county.code,
        "学年": str(year),
        "财政年度": f"{year.fiscal_year}年度",
        "评估日期": chinese_day(study.assessment.on),
        "方案": county.standard.scheme.title,
        "结论": county.verdict.value,
        "结论依据": basis(county),
        **{f"{title}结论": areas.get(code, none) for title, code in zip(titles, codes, strict=True)},
        **{f"{v}项数": str(verdicts.count(v)) for v in (Verdict.PASS, Verdict.FAIL, Verdict.NO_DATA)},
    }  # fmt: skip


def _counted(study: Study, county: CountyVerdict) -> dict[str, str]:
    rows = school_rows(study, county)
    receipt = study.receipt

    def total(what: str, stage: Stage) -> str:
        return count(filed(rows, f"{what}_{stage}", stage)) if rows else Verdict.NO_DATA.value

    def pupils(stage: Stage) -> str:
        return count(pupils_in(rows, stage)) if rows else Verdict.NO_DATA.value

    return {
        "学校数": str(len(rows)),
        "民办学校数": str(sum(row["ownership"] == "private" for row in rows)),
        "参加计算学校数": str(len(county.schools)),
        "缺报学校数": str(len(county.missing)),
        **{f"{stage.label}学生数": pupils(stage) for stage in STAGES},
        **{f"{stage.label}班级数": total("class_count", stage) for stage in STAGES},
        **{f"{s.label}专任教师数": total("full_time_teachers", s) for s in STAGES},
        "封存编号": receipt.seal,
        "事实指纹": receipt.facts,
        "演示标记": DEMONSTRATION if is_demonstration(county) else "",
    }


def _areas(county: CountyVerdict) -> Iterator[dict[str, str]]:
    for area in county.areas:
        verdicts = [line.verdict for line in area.lines]
        shown = (Verdict.PASS, Verdict.FAIL, Verdict.NO_DATA)
        yield {"名称": area.title, "结论": area.verdict.value, "项数": str(len(verdicts)),
               **{v.value: str(verdicts.count(v)) for v in shown}}  # fmt: skip


def _line(line: Line) -> dict[str, str]:
    figures = [f for c in line.clauses if c.demand.clause.kind != SPREAD_CLAUSE for f in c.figures]
    return {
        "代码": line.code,
        "名称": line.label,
        "标准": demanded(line),
        "数值": "；".join(figure_sentence(figure) for figure in figures) or "见说明",
        "结论": line.verdict.value,
        "说明": line_told(line),
    }


def _spreads(county: CountyVerdict) -> Iterator[dict[str, str]]:
    labels = {line.code: line.label for line in county.lines}
    for spread in county.spreads:
        yield {
            "学段": spread.stage.label,
            "代码": spread.indicator,
            "指标": labels.get(spread.indicator, spread.indicator),
            "数值": spread_text(spread),
            "限值": exact_text(spread.limit, least=2),
            "结论": verdict_word(spread.verdict, near=spread.near),
        }
