"""Lists of the compliance plan's book: actions, what is unmet, before and after, the certificate."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from junheng.plan import Action
from junheng.plan.compliance import Failing
from junheng.publish.book.cells import (
    Cell,
    Number,
    Tone,
    Word,
    cv_cell,
    exact_cell,
    tone_of,
    value_cell,
    verdict_cell,
)
from junheng.publish.book.listing import Heading, Listing
from junheng.publish.compliance_changes import (
    PartChange,
    failing_name,
    part_changes,
    spread_changes,
)
from junheng.publish.compliance_figures import (
    effect_text,
    price_rows,
    school_names,
    school_works,
    what_text,
)
from junheng.publish.compliance_proof import MEANING, certificate_rows
from junheng.publish.compliances import cost_of, undone
from junheng.publish.digits import at_places
from junheng.publish.wording import short_label
from junheng.schema import Stage
from junheng.studies import ComplianceStudy

KINDS = {"part": "学校（学段部）", "spread": "校际差异系数", "clause": "其他条款"}
SAME_ENGINE = "“今天”与“做完以后”由同一引擎、同一算法计算；“做完以后”是推演，不是填报数据。"


def actions(study: ComplianceStudy) -> Listing:
    """Every action by itself, with what it adds to the returns."""
    names = school_names(study)
    return Listing(
        name="措施",
        title="措施清单",
        notes=[f"费用算到{study.answer.last}学年末。教师调动只写人数，不涉及任何姓名。“填报数的变化”是这项措施加到填报表上的数。"],
        headings=[
            Heading("区县", 16), Heading("学校代码", 11.5, "center"), Heading("学校", 28), Heading("学年", 7, "center"),
            Heading("措施", 26), Heading("数量", 9, "center"), Heading("单位", 6, "center"),
            Heading("一次性（元）", 13), Heading("每年（元）", 13), Heading("合计（元）", 13),
            Heading("为了", 8, "center"), Heading("填报数的变化", 44),
        ],
        rows=[_action(each, names, study) for each in study.answer.plan.actions],
        sticky=3,
        empty="不需要任何措施",
    )  # fmt: skip


def _action(each: Action, names: dict[str, tuple[str, str]], study: ComplianceStudy) -> list[Cell]:
    county, school = names[each.school]
    money = [Number(at_places(n, 2), 0) for n in (each.cost_yuan, each.yearly_cost_yuan, cost_of(each, study))]  # fmt: skip
    return [
        county, each.school, school, str(each.year), each.reason, each.amount, each.unit, *money, each.clause,
        effect_text(each),
    ]  # fmt: skip


def works(study: ComplianceStudy) -> Listing:
    """School by school, with what the engine finds changed."""
    return Listing(
        name="逐校",
        title="逐校措施、费用和作用",
        notes=["作用是引擎评估推演事实的结果，按学校全部措施做完计。"],
        headings=[
            Heading("区县", 16), Heading("学校代码", 11.5, "center"), Heading("学校", 28), Heading("学年", 7, "center"),
            Heading("措施", 48), Heading("费用（元）", 14), Heading("为了", 12), Heading("作用（现状→做完以后）", 40),
        ],
        rows=[
            [
                each.county, each.code, each.name, str(each.year), "，".join(map(what_text, each.actions)),
                Number(at_places(each.cost, 2), 0), "、".join(each.clauses), "；".join(each.effects),
            ]
            for each in school_works(study)
        ],
        sticky=3,
        empty="不需要任何措施",
    )  # fmt: skip


def unmet(study: ComplianceStudy) -> Listing:
    """What is not met today, and whether it is after the plan."""
    left = {_key(each): each.reason for each in study.answer.left}
    why = [Heading("为什么达不到", 60)] if any(left.values()) else []
    return Listing(
        name="要求",
        title=f"{undone(study)}没有达到的要求，做完以后怎样",
        notes=["一项要求：一个学段部的一项指标，一个差异系数，或一所学校的一条款。每个学段部允许一项低于标准，但不低于底线。"],
        headings=[
            Heading("类别", 16, "center"), Heading("代码", 11.5, "center"), Heading("名称", 56),
            Heading("学段", 7, "center"), Heading("项目", 8, "center"), Heading("做完以后", 10, "center"), *why,
        ],
        rows=[
            [
                KINDS[each.kind], each.school, failing_name(study, each),
                Stage(each.stage).label if each.stage else "", each.line,
                Word("达不到", Tone.BAD) if _key(each) in left else Word("达到", Tone.GOOD),
                *([left.get(_key(each), "")] if why else []),
            ]
            for each in {_key(e): e for e in (*study.answer.before, *study.answer.left)}.values()
        ],
        sticky=3,
        empty=f"{undone(study)}全部达到",
    )  # fmt: skip


def _key(each: Failing) -> tuple[str | int, ...]:
    return (each.kind, each.county, each.school, each.name, each.line, each.stage, each.year)


def matrix(study: ComplianceStudy) -> Listing:
    """Every stage part and indicator, before and after."""
    codes = study.today.counties[0].standard.indicators
    pairs = [(f"{code} {short_label(code)}",) for code in codes]
    return Listing(
        name="前后对比",
        title="学校与七项指标，前后对比",
        notes=[SAME_ENGINE],
        headings=[
            Heading("区县", 16), Heading("学校代码", 11.5, "center"), Heading("学校", 28), Heading("学段", 6, "center"),
            Heading("学生数", 8), *_twice(("结论",), 10), *(h for above in pairs for h in _twice(above, 9)),
        ],
        rows=[_part(each) for each in part_changes(study)],
        sticky=4,
    )  # fmt: skip


def _twice(above: tuple[str, ...], width: float) -> list[Heading]:
    return [Heading(text, width, "center", above=above) for text in ("今天", "做完以后")]


def _part(part: PartChange) -> list[Cell]:
    before, after = part.before, part.after
    cells: list[Cell] = [
        part.county, before.school_code, before.school_name, before.stage.label, before.pupils,
        verdict_cell(before.verdict, near=before.near), verdict_cell(after.verdict, near=after.near),
    ]  # fmt: skip
    for one, other in part.pairs:
        cells += [value_cell(one), value_cell(other)]
    return cells


def spreads(study: ComplianceStudy) -> Listing:
    """Every coefficient of variation, before and after."""
    return Listing(
        name="差异系数",
        title="校际差异系数，前后对比",
        notes=[SAME_ENGINE],
        headings=[
            Heading("区县", 18), Heading("学段", 7, "center"), Heading("代码", 8, "center"), Heading("指标", 28),
            Heading("限值", 8, "center"), Heading("今天", 10, "center"), Heading("做完以后", 10, "center"),
        ],
        rows=[
            [
                county.name, one.stage.label, one.indicator, short_label(one.indicator),
                exact_cell(one.limit, least=2),
                *(cv_cell(s.cv, s.limit, s.verdict, near=s.near) for s in (one, other)),
            ]
            for county, one, other in spread_changes(study)
        ],
        sticky=3,
    )  # fmt: skip


def lines(study: ComplianceStudy) -> Listing:
    return Listing(
        name="证书",
        title="全部指标与一票否决：方案管到哪里",
        notes=[MEANING],
        headings=[
            Heading("区县", 18), Heading("代码", 8, "center"), Heading("名称", 34), Heading("今天", 10, "center"),
            Heading("做完以后", 10, "center"), Heading("方案", 16, "center"),
            *([Heading("学年", 8, "center")] if len(study.certificate.years) > 1 else []),
        ],
        rows=list(_line_rows(study)),
        sticky=3,
    )  # fmt: skip


def _line_rows(study: ComplianceStudy) -> Iterator[list[Cell]]:
    years = study.certificate.years
    for standing in years:
        year = [str(standing.year)] if len(years) > 1 else []
        for each in standing.lines:
            words = [Word(v.value, tone_of(v)) for v in (each.before, each.after)]
            county = study.answer.counties[each.county]
            yield [county, each.code, each.label, *words, each.reach, *year]


def proofs(study: ComplianceStudy) -> Listing:
    """What the certificate says, and by what it can be found again."""
    return Listing(
        name="凭据",
        title="方案证书：证明了什么，凭什么核对",
        notes=["任何人拿着方案.json和封存数据都可以重新核对。"],
        headings=[Heading("项目", 20), Heading("内容", 90)],
        rows=[list(row) for row in certificate_rows(study)],
        sticky=1,
    )


def land(study: ComplianceStudy) -> Listing:
    """Schools whose new sports ground is more than their land holds."""
    counties = {row["school_code"]: row["location_unit"] for row in _schools(study)}
    names = study.answer.counties
    return Listing(
        name="新增用地",
        title="新建体育运动场地超出现有占地的学校",
        notes=[f"按{study.answer.last}学年做完以后的校内体育场面积与现有占地面积相比；没有地可增的学校，请写进限制表后重做。"],
        headings=[
            Heading("区县", 18), Heading("学校代码", 11.5, "center"), Heading("学校", 28),
            Heading("新增用地（㎡）", 16),
        ],
        rows=[
            [names.get(counties[each.school], ""), each.school, each.name, exact_cell(Fraction(each.area_m2), least=2)]
            for each in study.certificate.land
        ],
        sticky=3,
    )  # fmt: skip


def _schools(study: ComplianceStudy) -> Iterator[dict[str, str]]:
    yield from study.snapshot.facts["schools"].iter_rows(named=True)


def prices(study: ComplianceStudy) -> Listing:
    found = study.answer.prices
    rows: Sequence[Sequence[Cell]] = [list(row) for row in price_rows(study)]
    return Listing(
        name="价格",
        title="方案用到的价格",
        notes=[f"{found.title}（{found.status}），{found.date}。来源：{found.source}。"],
        headings=[
            Heading("项目", 40), Heading("单价", 20), Heading("来源", 40), Heading("日期", 12, "center"),
            Heading("置信", 6, "center"),
        ],
        rows=rows,
        sticky=1,
        empty="没有用到任何价格",
    )  # fmt: skip
