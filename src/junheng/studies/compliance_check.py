"""A written compliance plan against what its actions give: everything that can be said again, is.

Bounds, and what less money achieves, are work of a solver; they are named as claims."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from importlib.metadata import version
from typing import Any

import msgspec

from junheng.diagnosis import Verdict
from junheng.plan.compliance import LATEST, NOTHING, Forecast, Limits, as_priced, pose
from junheng.plan.compliance.ahead.rules import faults_of, resaved
from junheng.plan.compliance.ahead.rules import unlike as unlike_given
from junheng.plan.compliance.checking import unmet
from junheng.plan.compliance.funding import paid_by_budget
from junheng.plan.compliance.question import action_of
from junheng.plan.pricing import PriceList
from junheng.registry import Snapshot
from junheng.studies.certificate import BOUND, LineStanding, YearStanding
from junheng.studies.compliance import certify, spreads_of
from junheng.studies.compliance_file import Written
from junheng.studies.compliance_record import certificate_record, paid_record, unlike
from junheng.studies.receipt import code_sha256

GOALS = [["没有满足的要求", "项"], ["费用", "元"], ["调动的教师", "人"]]
FAILING = ("kind", "county", "school", "name", "line", "stage", "year")
SHOWN = 20
FEN = Fraction(1, 50)
"""The bound is written twice, once rounded."""


@dataclass(frozen=True)
class Checked:
    """What looking at a written plan anew found."""

    asked: tuple[str, ...]
    """What was chosen, in sentences: it is the file's own."""
    wrong: tuple[str, ...]
    claims: tuple[str, ...]
    """What was not proven again."""
    lines: tuple[LineStanding, ...]
    """Of the year of compliance."""
    later: tuple[str, ...]
    """What was found of each later year, in sentences."""
    cost: Fraction
    left: int
    fewest: int
    """What the file says is proven: no plan leaves less."""
    holds: bool

    @property
    def verdict(self) -> str:
        if not self.holds:
            return "核对不一致：这份方案不能采用。"
        if self.left > self.fewest:
            return (
                f"核对一致：方案成立，但有{self.left}项达不到；求解停在这里，求解器只说至少有{self.fewest}项达不到，"
                "没有重新证明。"
            )
        if self.left:
            return f"核对一致：方案成立，但有{self.left}项达不到；不能再少是求解器的说法，没有重新证明。"
        return "核对一致：方案成立。"


def check_written(
    held: Written, snapshot: Snapshot, *, prices: PriceList, limits: Limits,
    given: Forecast | None = None,
) -> Checked:  # fmt: skip
    """The file compared with what its actions, the snapshot, the prices and the limits give.

    `given` is the table of pupils and the class-size plan read anew; None leaves what the file says of
    them unchecked. Raises RefusedError for other facts, MisuseError for a choice that cannot be."""
    held.read.refuse_others(snapshot.facts)
    prices = as_priced(prices, held.plan.settings.prices_sha256)
    asked = (*_asked(held, prices, limits), *_same(held, given))
    claims = tuple(_claims(held, given))
    taken, fewest = held.plan.settings, held.fewest_unmet_proven
    told = taken.pupils or NOTHING
    cannot = [
        f"方案里的学生数：{each}"
        for each in faults_of(told, snapshot.facts, by=taken.by, latest=LATEST)
    ]
    if cannot:  # no returns can be drawn from it
        bare = held.read
        return Checked(
            asked,
            tuple(cannot[:SHOWN]),
            claims,
            (),
            (),
            bare.cost_by(bare.last_year),
            0,
            fewest,
            False,
        )
    plan = held.on_facts(snapshot.facts)
    settings = plan.settings
    wrong = [*unlike(plan, held.certificate.plan, prices, limits)]
    wrong += [] if given is None else unlike_given(told, given)
    question = pose(
        snapshot.facts, on=taken.on, by=taken.by, counties=taken.counties, scheme=taken.scheme,
        switches=taken.switches, prices=prices, limits=limits, forecast=told,
    )  # fmt: skip
    ways = {(site.code, way.item, way.label): (site, way) for site, way in question.asked.ways}
    foreign = []
    for each in plan.actions:
        way = ways.get((each.school, each.item, each.reason))
        if way is None or each != action_of(*way, each.amount, each.year):
            foreign.append(
                f"{each.school} {each.reason}：没有这样的措施，或费用、作用与价格表、填报表不符"
            )
    if foreign:  # what it would lead to cannot be drawn
        cost = plan.cost_by(plan.last_year)
        return Checked(asked, (*wrong, *foreign), claims, (), (), cost, 0, fewest, False)
    today, ahead, certificate = certify(
        plan, snapshot, prices=prices, limits=limits, known=question.today
    )
    wrong += certificate.wrong
    nothing = tuple(0 for _ in question.problem.levers)
    again: dict[str, Any] = {
        "cost_yuan": str(certificate.cost),
        "on": settings["on"],
        "by": settings["by"],
        "assumptions": list(question.assumptions),
        "unmet_before": [vars(e) for e in question.failing(unmet(question.problem, nothing))],
        "counties": {c.code: c.name for c in today.counties},
        "prices": {"title": prices.title, "status": prices.status, "source": prices.source},
        "spreads": spreads_of(today, ahead),
    }
    if not certificate.wrong:
        county_of = {site.code: site.county for site, _ in question.asked.ways}
        again["paid_by_budget"] = paid_record(paid_by_budget(plan.actions, county_of, limits))
    said: dict[str, Any] = json.loads(msgspec.json.encode(held))
    wrong += _unlike(said, again, "")
    theirs, ours = said["certificate"], certificate_record(certificate)
    for key in ("plan", "code_version", "code_sha256"):
        theirs.pop(key), ours.pop(key)
    wrong += _unlike(theirs, ours, "certificate.")
    after = [tuple(e.get(key) for key in FAILING) for e in said["unmet_after"]]
    if after != [tuple(getattr(e, key) for key in FAILING) for e in certificate.left]:
        wrong.append("unmet_after（达不到的要求）与按措施重新核对的不同")
    wrong += certificate.faults[len(certificate.wrong) :]
    wrong += _contradictions(held, snapshot.facts.year, [each.year for each in plan.outlooks])
    return Checked(
        asked, tuple(wrong), claims, certificate.lines,
        tuple(_told(each) for each in certificate.years[1:]),
        certificate.cost, len(certificate.left), fewest, certificate.holds and not wrong,
    )  # fmt: skip


def _told(standing: YearStanding) -> str:
    """A later year in a sentence: what the plan answers for, and what of it is met then."""
    bound = [each for each in standing.lines if each.reach in BOUND]
    missed = [f"{e.county} {e.code}" for e in bound if e.after is not Verdict.PASS]
    told = f"没有达标：{'、'.join(missed)}" if missed else "全部达标"
    left = f"；另有{len(standing.left)}项要求达不到" if standing.left else ""
    return f"{standing.year}学年（{standing.on}的要求）：方案约束的{len(bound)}项{told}{left}"


def _unlike(said: dict[str, Any], again: dict[str, Any], where: str) -> Iterator[str]:
    for key, value in again.items():
        if said.get(key) != json.loads(json.dumps(value)):
            yield f"{where}{key} 与重新算出的不同"


def _contradictions(held: Written, year: int, years: Sequence[int]) -> Iterator[str]:
    """Where the file says two things, or a bound that cannot be."""
    plan, (unmet, cost, moved) = held.read, held.read.goals
    if [[each.goal, each.unit] for each in plan.goals] != GOALS:
        yield "plan.goals 的名称或单位不对"
    if plan.base_year != year or held.plan.years != tuple(years) or years[0] != plan.settings["by"]:
        yield f"方案的学年与封存（{year}学年）、达标的学年（{plan.settings['by']}）不符"
    if any(each.bound > each.value for each in plan.goals):
        yield "plan.goals 的下界大于所求的值"
    if abs(Fraction(held.bound_yuan) - cost.bound) > FEN:
        yield "bound_yuan 与 plan.goals 的下界不同"
    gap = float((cost.value - cost.bound) / cost.value) if cost.value else 0.0
    if abs(held.gap - gap) > 2e-6:  # written with six places
        yield "gap 不是（费用－下界）÷费用"
    pairs: Sequence[tuple[str, int, Fraction]] = (
        ("fewest_unmet_proven", held.fewest_unmet_proven, unmet.bound),
        ("teachers_moved", held.teachers_moved, moved.value),
        ("fewest_moved_proven", held.fewest_moved_proven, moved.bound),
    )
    for key, number, goal in pairs:
        if number != goal:
            yield f"{key} 与 plan.goals 不同"


def _asked(held: Written, prices: PriceList, limits: Limits) -> Iterator[str]:
    chosen = held.plan.settings
    yield f"方案问的是：{chosen.on}有效的要求（{chosen.scheme}），{chosen.by}学年起达标，区县{'、'.join(chosen.counties)}"
    taken = chosen.switches
    yield f"口径：{taken.variant or '默认'}；例外：{'、'.join(taken.relaxations) or '没有'}；读法：{taken.readings or '默认'}"
    if chosen.pupils is not None:
        yield f"学生数：{'、'.join(each.file for each in chosen.pupils.files)}（内容在方案里，指纹{chosen.pupils.sha256[:12]}）"
    yield f"价格：{prices.title}（{prices.status}）"
    budget = "没有经费上限" if limits.budget is None else f"经费上限{limits.budget}元"
    yield f"限制：{limits.file or '没有给出限制'}；{budget}"
    made, now = held.certificate, (version("junheng"), code_sha256())
    if (made.code_version, made.code_sha256) != now:
        yield f"程序：方案由 junheng {made.code_version} 做出，核对用的是 {now[0]}，代码不同；下面的结论是核对用的程序的"


def _same(held: Written, given: Forecast | None) -> Iterator[str]:
    """What is to be said of the files of pupils that were given: the same content in another file."""
    told = held.plan.settings.pupils
    if told and given and not [*unlike_given(told, given)]:
        other = "；文件不是做方案时的那一份（另存过）" if resaved(told, given) else ""
        yield f"给出的学生数表、班额方案与方案里写的内容相同{other}"


def _claims(held: Written, given: Forecast | None) -> Iterator[str]:
    if held.plan.settings.pupils and given is None:
        yield "学生数、班数（没有给出学生数表、班额方案，没有与它们核对）"
    yield f"费用下界{held.bound_yuan}元"
    yield f"达不到的要求最少{held.fewest_unmet_proven}项（求解器的说法）"
    yield f"调动教师最少{held.fewest_moved_proven}人"
    yield "做不到的原因、是否提前结束、分档经费、条款费用"
