"""The lists of the class-size book: schools, grades by year, actions, the unmendable, assumptions, clauses."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from math import ceil

from junheng.plan.class_size import (
    CountyPlan,
    GradeYear,
    Outcome,
    SchoolNow,
    SchoolPlan,
    Unknown,
)
from junheng.plan.nouns import Action
from junheng.publish.book.cells import Cell, Number, Tone, Word
from junheng.publish.book.class_size_counties import TONES, counties
from junheng.publish.book.listing import Heading, Listing
from junheng.publish.class_sizes import (
    OPTION_LABELS,
    over_if_nothing,
    with_outcome,
    years_text,
)
from junheng.publish.digits import at_places
from junheng.publish.wording import CONFIDENCE
from junheng.studies import ClassSizeStudy

TODAY = (
    "学生",
    "班数",
    "超限班",
    "大班额",
    "超大班额",
    "最大班额",
    "空余教室",
    "专任教师",
    "编制标准",
)
SCHOOL = (Heading("学校代码", 11.5, "center"), Heading("学校（校区、教学点单列）", 28))
COUNTY = Heading("区县", 16)


def _several(study: ClassSizeStudy) -> bool:
    return len(study.answer.counties) > 1


def _headings(study: ClassSizeStudy) -> list[Heading]:
    """Who a row is about; the county too where there are several."""
    return [COUNTY, *SCHOOL] if _several(study) else [*SCHOOL]


def _who(study: ClassSizeStudy, county: CountyPlan, school: SchoolNow | Unknown) -> list[Cell]:
    return [*([county.name] if _several(study) else []), school.code, school.name]


def _schools(study: ClassSizeStudy) -> Iterator[tuple[CountyPlan, SchoolPlan]]:
    for county in study.answer.counties:
        for school in county.schools:
            yield county, school


def schools(study: ClassSizeStudy) -> Listing:
    """One row a school: today, what it needs by year, what becomes of it."""
    years = study.answer.years
    ahead = [
        Heading(text, 7, "center", above=(f"{year}学年",))
        for year in years
        for text in ("最少班数", "须增班", "缺教室", "缺教师", "按方案班数", "最大班额")
    ]
    today = [Heading(text, 7, "center", above=("现状",)) for text in TODAY]
    return Listing(
        name="分校汇总",
        title="分校汇总：现状、各年需要、按方案做的结果",
        notes=[
            "最少班数、须增班、缺教室、缺教师：学生都不动时，使每班不超过限额至少需要的数。按方案班数、最大班额：采取措施以后。",
            "编制标准：今年学生数按统一编制标准可核的教职工（不是专任教师），只作参考；缺教师按本校每班专任教师数算。",
            "空余教室＝普通教室－高中占用－现有班级；负数表示有班级不在普通教室。",
        ],
        headings=[*_headings(study), Heading("结果", 9, "center"), *today, *ahead],
        rows=[
            *(
                [*_who(study, county, school.now), *_school(county, school)]
                for county, school in _schools(study)
            ),
            *_unknown(study, len(today + ahead)),
        ],
        sticky=len(_headings(study)) + 1,
    )


def _school(county: CountyPlan, school: SchoolPlan) -> list[Cell]:
    now, counts = school.now, list(school.now.counts.values())
    cells: list[Cell] = [Word(school.outcome.value, TONES[school.outcome])]
    cells += [
        now.everyone, sum(c.classes for c in counts), sum(c.over for c in counts), sum(c.large for c in counts),
        sum(c.super_large for c in counts), max(c.largest for c in counts), now.free_rooms,
        sum(now.teachers.values()), _posts(county, school),
    ]  # fmt: skip
    for year in school.years:
        tone = Tone.PLAIN if year.legal else Tone.BAD
        cells += [
            year.classes_needed, year.to_open, year.rooms_lacking, sum(year.teachers_lacking.values()),
            year.classes, Word(str(year.large), tone),
        ]  # fmt: skip
    return cells


def _posts(county: CountyPlan, school: SchoolPlan) -> int:
    """Staff posts that the unified norm gives for the pupils of today, rounded up for the school."""
    rates = county.law.pupils_a_post
    return ceil(sum(school.now.pupils_of(stage) / rates[stage] for stage in school.now.stages))


def _unknown(study: ClassSizeStudy, columns: int) -> Iterator[list[Cell]]:
    for county in study.answer.counties:
        for each in county.unknown:
            told = Word(Outcome.NO_DATA.value, Tone.OPEN)
            yield [*_who(study, county, each), told, *[None] * columns]


def grades(study: ClassSizeStudy) -> Listing:
    """One row a school, grade and year."""
    return Listing(
        name="分校分年级",
        title="分校、分年级、分学年",
        notes=[
            "不采取措施：同一届沿用现有班数，均匀分班；起始年级沿用今年班数，教室不够的减到放得下（至少一个班）。最少班数＝人数÷限额，向上取整。",
            "“推算”：没有班级清单，各年级现有班数由班级总数与各年级人数推算。",
        ],
        headings=[
            *_headings(study),
            Heading("学年", 6, "center"),
            Heading("学段", 5, "center"),
            Heading("年级", 5, "center"),
            Heading("限额", 5, "center"),
            *(Heading(t, 8, "center", above=("不采取措施",)) for t in ("学生", "班数", "最大班额", "超限班")),
            Heading("最少班数", 7, "center"),
            *(Heading(t, 8, "center", above=("按方案",)) for t in ("学生", "班数", "最大班额", "超限班")),
            Heading("年级班数", 8, "center"),
        ],
        rows=[
            [*_who(study, county, school.now), *_grade(school, year.year, grade)]
            for county, school in _schools(study)
            for year in school.years
            for grade in year.grades
            if grade.pupils_before or grade.pupils or grade.sizes
        ],
        sticky=len(_headings(study)) + 3,
    )  # fmt: skip


def _grade(school: SchoolPlan, year: int, grade: GradeYear) -> list[Cell]:
    over = over_if_nothing(grade)
    return [
        str(year), grade.stage.label, grade.grade, grade.limit,
        grade.pupils_before, len(grade.sizes_if_nothing), max(grade.sizes_if_nothing, default=0),
        Word(str(over), Tone.NEAR_BAD if over else Tone.PLAIN),
        grade.needed, grade.pupils, len(grade.sizes), grade.largest,
        Word(str(grade.over), Tone.BAD if grade.over else Tone.PLAIN),
        "清单" if school.now.listed else "推算",
    ]  # fmt: skip


def actions(study: ClassSizeStudy) -> Listing:
    """Every action in order of year, school and cost."""
    homes = {school.now.code: (county, school.now) for county, school in _schools(study)}
    names = {code: now.name for code, (_, now) in homes.items()}
    last = study.answer.years[-1]
    return Listing(
        name="措施",
        title="措施清单",
        notes=[
            f"价格：{study.answer.prices.title}（{study.answer.prices.status}）。方案期内费用算到{last}学年末。",
            "“缓解”：学校做了以后仍超过限额，只是把班额降下来。分流、转学只写人数，不涉及任何学生姓名。距离为直线距离。",
        ],
        headings=[
            Heading("学年", 6, "center"), *_headings(study), Heading("措施", 17), Heading("学段", 5, "center"),
            Heading("年级", 5, "center"), Heading("数量", 6, "center"), Heading("单位", 5, "center"),
            Heading("接收学校", 26), Heading("距离（米）", 7, "center"), Heading("一次性（元）", 12),
            Heading("每年（元）", 12), Heading("方案期内（元）", 13), Heading("作用", 6, "center"),
            Heading("说明", 40), Heading("条款", 6, "center"),
        ],
        rows=[
            [str(each.year), *_who(study, *homes[each.school]), *_action(each, names, last)]
            for each in study.answer.actions
        ],
        sticky=len(_headings(study)) + 1,
        empty="不需要任何措施",
    )  # fmt: skip


def _action(action: Action, names: dict[str, str], last: int) -> list[Cell]:
    return [
        OPTION_LABELS[action.item],
        action.stage.label if action.stage else "", action.grade, action.amount, action.unit,
        names.get(action.to, ""), action.distance_m, _yuan(action.cost_yuan),
        _yuan(action.yearly_cost_yuan), _yuan(action.cost_by(last)),
        Word("解决", Tone.GOOD) if action.completes else Word("缓解", Tone.NEAR),
        action.reason, action.clause,
    ]  # fmt: skip


def _yuan(amount: Fraction) -> Number:
    return Number(at_places(amount, 0), 0)


def unmended(study: ClassSizeStudy) -> Listing:
    """The schools that no option mends."""
    build = study.answer.prices.amount("classroom_building")
    return Listing(
        name="解决不了的学校",
        title="现有办法解决不了的学校",
        notes=["缺教室：学生都不动时，三年内最多缺的普通教室。新建费用只是按价格表估算，不含征地，也没有计入方案费用。"],
        headings=[
            *_headings(study), Heading("超限学年", 16, "center"), Heading("最大班额", 7, "center"),
            Heading("缺教室（间）", 7, "center"), Heading("新建估算（万元）", 10), Heading("原因", 62),
        ],
        rows=[
            [
                *_who(study, county, school.now), years_text(school.unmended_years),
                max(year.large for year in school.years if not year.legal), school.rooms_to_build,
                Number(at_places(build * school.rooms_to_build / 10_000, 1), 1), school.reason,
            ]
            for county in study.answer.counties
            for school in with_outcome(county, Outcome.UNMENDED)
        ],
        sticky=len(_headings(study)),
        empty="没有",
    )  # fmt: skip


def assumptions(study: ClassSizeStudy) -> Listing:
    """What was taken for granted, and what the plan was made from."""
    answer, receipt = study.answer, study.receipt
    rows: list[list[Cell]] = [["假设", each] for each in answer.assumptions]
    rows += [
        ["缺数据", f"{u.code} {u.name}：{'、'.join(u.wanting)}"]
        for county in answer.counties
        for u in county.unknown
    ]
    rows += [
        ["凭据", f"事实指纹 {receipt.facts}"],
        ["凭据", f"封存 {receipt.seal}"],
        ["凭据", f"方案 {receipt.plan}"],
        ["凭据", f"价格表 {answer.prices.file}，SHA-256 {answer.prices.sha256}"],
        ["凭据", f"程序 {receipt.code_version}，SHA-256 {receipt.code_sha256}"],
    ]
    return Listing(
        name="假设与凭据",
        title="假设与凭据",
        notes=["方案只在这些假设下成立；有不符的，改了输入重新做。"],
        headings=[Heading("类别", 9, "center"), Heading("内容", 120)],
        rows=rows,
        sticky=1,
    )


def clauses(study: ClassSizeStudy) -> Listing:
    """The clauses whose numbers the plan uses."""
    found = {
        (d.clause.code, d.document.name): d for c in study.answer.counties for d in c.law.demands
    }
    return Listing(
        name="依据",
        title="方案用到的条款与约定",
        notes=["条号未核对的，没有见过正式文本。平台约定不是法律。"],
        headings=[
            Heading("代码", 20), Heading("内容", 56), Heading("文件", 36), Heading("条号", 10, "center"),
            Heading("可信度", 34), Heading("备注", 40),
        ],
        rows=[
            [
                demand.clause.code, demand.clause.gist,
                demand.document.title if demand.document.number == "未核对" else f"{demand.document.name} {demand.document.title}",
                demand.clause.article, CONFIDENCE[demand.clause.confidence], demand.clause.note,
            ]
            for demand in found.values()
        ],
        sticky=1,
    )  # fmt: skip


Build = Callable[[ClassSizeStudy], Listing]


def lists_of(study: ClassSizeStudy) -> tuple[tuple[Build, str], ...]:
    """The lists of a study and what each holds; the counties side by side where there are several."""
    return ((counties, "各区县的现状、结果与费用"), *LISTS) if _several(study) else LISTS


LISTS: tuple[tuple[Build, str], ...] = (
    (schools, "每所学校的现状、各年需要、按方案做的结果"),
    (grades, "分年级、分学年：不采取措施与按方案"),
    (actions, "每一项措施：学校、年份、数量、费用、说明"),
    (unmended, "须新建、改扩建的学校与原因"),
    (assumptions, "方案成立的条件，输入与程序的凭据"),
    (clauses, "限额、大班额、邻校距离等出自哪里"),
)
