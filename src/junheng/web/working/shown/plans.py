"""The pages of plans: what to do, what it costs, what it brings, what is proven."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from junheng.plan.class_size import Outcome
from junheng.publish import class_sizes, compliances
from junheng.publish.digits import at_places, cv_text
from junheng.studies import ClassSizeStudy, ComplianceStudy
from junheng.web.working.result_page import (
    Cell,
    Figure,
    ResultPage,
    ShownTable,
    headings,
    number,
    toned,
)
from junheng.years import SchoolYear

TEN_THOUSAND = 10_000


def money(yuan: Fraction) -> Cell:
    """万元 with one place for people, yuan for the file."""
    return number(Decimal(at_places(yuan, 2)), compliances.wan(yuan))


def compliance_page(study: ComplianceStudy, used: Sequence[tuple[str, str]] = ()) -> ResultPage:
    """The plan with its frontier and its certificate; `used`: files of pupils and classes, in words."""
    answer, certificate = study.answer, study.certificate
    names = answer.counties
    return ResultPage(
        lead=[compliances.headline(study)],
        warnings=[compliances.NOTICE, f"价格：{answer.prices.title}（{answer.prices.status}），来源：{answer.prices.source}"],
        figures=[
            Figure("费用", compliances.wan(answer.cost), f"下界{compliances.wan(Fraction(answer.bound).limit_denominator(100))}，差距{answer.gap:.2%}"),
            Figure("今天没有达到的要求", f"{len(answer.before):,}项"),
            Figure(f"{answer.by}学年还达不到", f"{len(answer.left):,}项", tone="fail" if answer.left else "pass"),
            Figure("证书", "成立" if certificate.holds else "不成立", "推演的事实由评估引擎重判", tone="pass" if certificate.holds else "fail"),
        ],
        tables=[
            ShownTable(
                "措施与费用",
                headings("措施|sticky", "数量|num", "学校|num", "费用|num"),
                [
                    [compliances.label_of(i), number(i.amount, f"{i.amount:,}{i.unit}"), number(i.schools, f"{i.schools}所"), money(i.cost)]
                    for i in compliances.item_figures(study)
                ],
            ),
            ShownTable(
                "经费与达标（前沿）",
                headings("经费|sticky", "用去|num", "还达不到的要求|num", "已证明至少|num", "达标学校|num", "达标项目|num"),
                [
                    [money(p.budget), money(p.cost), number(len(p.left), f"{len(p.left)}项"), number(p.fewest, f"{p.fewest}项"),
                     f"{p.schools_passing}/{p.schools}", f"{p.lines_passing}/{p.lines}"]
                    for p in (*study.frontier, *study.what_if)
                ],
            ),
            ShownTable(
                "逐校措施",
                headings("学校代码|sticky", "措施|wide", "数量|num", "学年|num", "费用|num", "条款"),
                [
                    [a.school, a.reason, number(a.amount, f"{a.amount:,}{a.unit}"), str(a.year), money(compliances.cost_of(a, study)), a.clause]
                    for a in answer.plan.actions
                ],
                keys=2, folded=True,
            ),
            ShownTable(
                "证书：各项前后（同一引擎评估）",
                headings("区县|sticky", "指标|sticky", "内容|wide", "今天", f"{answer.by}学年", "与本方案"),
                [
                    [names.get(x.county, x.county), x.code, x.label, toned(x.before.value), toned(x.after.value), x.reach]
                    for x in certificate.lines
                ],
                keys=2, folded=True,
            ),
            ShownTable(
                "差异系数前后",
                headings("区县|sticky", "学段|sticky", "指标|sticky", "今天|num", f"{answer.by}学年|num", "今天的结论", "之后的结论"),
                [
                    [a.name, one.stage.label, one.indicator, cv_text(one.cv, one.limit, one.verdict),
                     cv_text(other.cv, other.limit, other.verdict), toned(one.verdict.value), toned(other.verdict.value)]
                    for a, b in zip(study.today.counties, study.ahead.counties, strict=True)
                    for one, other in zip(a.spreads, b.spreads, strict=True)
                ],
                keys=3, folded=True,
            ),
            *([ShownTable("还达不到的要求", headings("要求|sticky", "原因|wide"),
                          [[compliances.failing_text(study, x), x.reason] for x in answer.left])] if answer.left else []),
        ],
        notes=[*(f"{label}：{file}" for label, file in used), *compliances.proof(study), *answer.assumptions],
        settings=[("要求的日期", answer.on.isoformat()), ("达标学年", str(answer.by)), ("范围", "、".join(names.values())), *used],
    )  # fmt: skip


def class_size_page(study: ClassSizeStudy) -> ResultPage:
    """Class by class down to the limit: what each county does, what it costs, who cannot."""
    answer = study.answer
    figures = class_sizes.county_figures(study)
    last = answer.years[-1]
    return ResultPage(
        lead=[
            f"现在{sum(f.over_now for f in figures):,}个班超过限额；按方案做，到{SchoolYear(last)}还有{sum(f.over for f in figures):,}个班超限，"
            f"{answer.years[0]}—{last}年合计费用{class_sizes.wan(sum((f.cost for f in figures), Fraction(0)))}。"
        ],
        warnings=[class_sizes.NOTICE, f"价格：{answer.prices.title}（{answer.prices.status}）"],
        figures=[
            Figure("现在超限的班", f"{sum(f.over_now for f in figures):,}"),
            Figure(f"{last}学年超限的班", f"{sum(f.over for f in figures):,}"),
            Figure("费用", class_sizes.wan(sum((f.cost for f in figures), Fraction(0)))),
        ],
        tables=[
            ShownTable(
                "各区县",
                headings("区县|sticky", "现在超限|num", f"{last}学年超限|num", "大班额|num", "超大班额|num",
                         *(f"{o.value}的学校|num" for o in Outcome), "费用|num"),
                [
                    [f.county.name, number(f.over_now), number(f.over), number(f.large), number(f.super_large),
                     *(number(f.schools[o]) for o in Outcome), money(f.cost)]
                    for f in figures
                ],
            ),
            ShownTable(
                "措施与费用",
                headings("措施|sticky", "数量|num", "学校|num", "费用|num", "价格"),
                [
                    [o.label, number(o.amount, f"{o.amount:,}{o.unit}"), number(o.schools, f"{o.schools}所"), money(o.cost), o.price]
                    for o in class_sizes.option_figures(study, answer.actions)
                ],
            ),
            ShownTable(
                "现有办法解决不了的学校",
                headings("区县|sticky", "学校|sticky", "原因|wide"),
                [
                    [f.county.name, s.now.name, s.reason]
                    for f in figures for s in class_sizes.with_outcome(f.county, Outcome.UNMENDED)
                ],
                keys=2, folded=len(figures) > 1,
            ),
        ],
        notes=list(answer.assumptions),
        settings=[("要求的日期", answer.on.isoformat()), ("看到学年", str(last)), ("邻校距离", f"{answer.within_m}米"),
                  ("重新编班", "允许" if answer.reorganise else "不允许")],
    )  # fmt: skip
