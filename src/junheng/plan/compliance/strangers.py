"""Limits of schools, counties and years that are not there: named, never overlooked."""

from dataclasses import dataclass

from junheng.errors import MisuseError
from junheng.plan.compliance.asking import Asked
from junheng.plan.compliance.limits import Limits
from junheng.registry import Facts

SHOWN = 20
"""Codes that a message lists."""


@dataclass(frozen=True)
class Known:
    """The codes that are there: limits of others are somebody's slip."""

    schools: frozenset[str]
    counties: frozenset[str]

    @classmethod
    def of(cls, facts: Facts) -> "Known":
        """Those of the facts, whatever is asked of them."""
        counties = {*facts["schools"]["location_unit"], *facts["county"]["county_code"]}
        return cls(frozenset(facts["schools"]["school_code"]), frozenset(counties))


def refuse_strange(asked: Asked, limits: Limits, known: Known, *, first: int, by: int) -> None:
    """Raises MisuseError for schools, counties and years that are not there, and for a return that
    is counted with another school: its limits would be overlooked. Counties that are there and are
    not asked of may have limits."""
    file = f"限制表“{limits.file}”"
    told = {money.year for money in limits.budgets} | {quota.year for quota in limits.quotas}
    years = sorted(told - {*range(first, by + 1)})
    if years:
        raise MisuseError(
            f"{file}里的{'、'.join(map(str, years))}学年不在方案之内（{first}—{by}学年）。"
        )
    strange = [each.code for each in limits.schools if each.code not in known.schools]
    if strange:
        raise MisuseError(
            f"{file}里的学校 {'、'.join(strange)} 不在封存里。请核对 [[school]] 的 code。"
        )
    entries = [
        *(("county", "code", each.code) for each in limits.counties),
        *(("quota", "county", each.county) for each in limits.quotas),
        *(("budget", "county", each.county) for each in limits.budgets if each.county),
    ]
    unknown = [entry for entry in entries if entry[2] not in known.counties]
    if unknown:
        named = "、".join(
            dict.fromkeys(f"[[{kind}]] {key} = {code}" for kind, key, code in unknown)
        )
        there = sorted(known.counties)
        more = f"等{len(there)}个" if len(there) > SHOWN else ""
        raise MisuseError(
            f"{file}里的 {named} 不是封存里的区县。封存里有：{'、'.join(there[:SHOWN])}{more}。"
        )
    merged = [
        f"{each.code}（并入 {main}）"
        for each in limits.schools
        if (main := asked.mains.get(each.code, each.code)) != each.code
    ]
    if merged:
        raise MisuseError(
            f"{file}里的学校 {'、'.join(merged)} 不单独计校，限制要写在主校名下，管主校和它的全部校区、教学点。"
        )
