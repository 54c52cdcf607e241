"""City-wide balance in words: whose it is, on how many schools it stands, what the figures mean."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from junheng.publish.digits import at_places, cv_text, grouped
from junheng.publish.wording import DEMONSTRATION, is_demonstration, variant_label
from junheng.standards import Standard
from junheng.studies import NO_LIMIT, BalanceGroup, BalanceStudy, rounded
from junheng.years import SchoolYear

NATION = "000000"
NONE = "—"
FEW = 3
"""Groups of so few parts say little of inequality inside them."""
MEANING = (
    "“之间”：假如每个区县（每类地方、每类学校）内部都一样、只有均值不同，还剩下多少差距；"
    "其余是“之内”，即同一个区县里学校与学校的差距。两者之和正好是全部。"
)


def whose(study: BalanceStudy) -> str:
    """The place by its name; by the number of its units where the unit table knows no common one."""
    units = study.units[study.years[-1]]
    strangers = study.place == NATION and len(units) > 1
    name = f"{len(units)}个区县" if strangers else study.place_name
    return f"{name}（{DEMONSTRATION}）" if invented(study) and DEMONSTRATION not in name else name


def invented(study: BalanceStudy) -> bool:
    """Whether the figures of some county are made by a program."""
    return any(
        is_demonstration(county)
        for held in study.studies.values()
        for each in held
        for county in each.assessment.counties
    )


def balance_title(study: BalanceStudy) -> str:
    """Whose balance, and of which years."""
    first, last = study.years[0], study.years[-1]
    return f"{whose(study)}市域均衡　{first}—{last + 1}学年"


def standard_of(study: BalanceStudy) -> Standard:
    """By what the latest year was measured."""
    return study.studies[study.years[-1]][0].assessment.counties[0].standard


def no_verdict(study: BalanceStudy) -> Iterator[str]:
    """What stands above every table: that figures are invented, and that none has a limit."""
    if invented(study):
        yield f"以下是{DEMONSTRATION}，不是任何真实学校的情况。"
    yield NO_LIMIT


def preface(study: BalanceStudy) -> Iterator[str]:
    """What must be known before the first figure."""
    yield from no_verdict(study)
    for year, units in study.units.items():
        if year == study.years[-1] or year in study.uneven_years:
            told = "、".join(units.values())
            yield f"{SchoolYear(year)}包括{len(units)}个区县：{told}。"
    if study.uneven_years:
        uneven = "、".join(str(SchoolYear(year)) for year in study.uneven_years)
        yield f"{uneven}的区县与最近一年不同，不宜直接比较。"
    yield f"差异系数按“{variant_label(standard_of(study))}”计算；其余各数按学生数加权。"
    yield from holes(study)


def holes(study: BalanceStudy) -> Iterator[str]:
    """Which years stand on fewer parts than there should be."""
    for year in study.years:
        lacking = {(x.county, x.code) for f in study.at(year) for x in f.lacking}
        if lacking:
            yield (
                f"{SchoolYear(year)}有{len(lacking)}所学校缺数据：各数只按有数的学段部计算，"
                "缺的不当作0，名单见“缺数据”。"
            )


def standing(group: BalanceGroup) -> str:
    """Empty where nothing is missing; else on how many of how many parts a figure stands."""
    return "" if group.complete else f"只按{group.of}个学段部中的{group.parts}个计算"


def remark(group: BalanceGroup) -> str:
    """On how many parts the figures of a group stand, and what they do not say by themselves."""
    return "；".join(each for each in (standing(group), caveat(group)) if each)


def caveat(group: BalanceGroup) -> str:
    """Why a figure of a group is not there, or means little."""
    told = []
    if group.spread is not None and group.spread.missing:
        told.append("本区县缺学校的数据，不计算差异系数")
    if 0 < group.parts <= FEW:
        told.append(f"只有{group.parts}个学段部，组内的数意义不大")
    return "；".join(told)


def group_cv_text(group: BalanceGroup) -> str:
    """The CV; a county's with the digits at which it stands on its own side of its limit."""
    if group.cv is None:
        return NONE
    if group.spread is not None:
        return cv_text(group.cv, group.spread.limit, group.spread.verdict)
    return rounded(Fraction(group.cv), Decimal("0.001"))


def percent_text(share: Fraction | None) -> str:
    """23.4%, rounded half up once."""
    return NONE if share is None else f"{rounded(share * 100, Decimal('0.1'))}%"


def number_text(value: Fraction | float | None, places: int) -> str:
    """A figure that decides nothing."""
    return NONE if value is None else grouped(at_places(Fraction(value), places))


@dataclass(frozen=True)
class Meaning:
    """One kind of figure: how it is computed and how it is read."""

    name: str
    formula: str
    read: str


MEANINGS = (
    Meaning(
        "学段部、参加计算",
        "小学、初中各是一个学段部；一贯制学校、完全中学按学段拆开。与评估结果用的是同一批学段部、同一批数值。",
        "“应有”多于“参加计算”时，有学校没有填报，或填了学生数却缺这项指标所需的数。",
    ),
    Meaning(
        "均值",
        "（每个学段部的数值×学生数）之和÷学生数之和",
        "全市学生平均享有多少。",
    ),
    Meaning(
        "与全市之比",
        "本组均值÷全市均值",
        "1 为与全市一样；0.8 为只有全市的八成。",
    ),
    Meaning(
        "方差：之间、之内",
        "方差＝（学生数×（数值－均值）²）之和÷学生数之和。"
        "之间＝（每组学生数×（组均值－全市均值）²）之和÷全市学生数之和；之内＝（每组学生数×组内方差）之和÷全市学生数之和。"
        "之间＋之内＝方差，按精确分数计算，一分不差。",
        "区县之间占得多，要靠全市统筹；区县之内占得多，要靠区县自己调配。",
    ),
    Meaning(
        "泰尔指数 T",
        "（学生数÷总学生数×（数值÷均值）×ln（数值÷均值））之和；数值为 0 的一项按 0 计。"
        "之间＝（每组所占总量份额×ln（组均值÷全市均值））之和；之内＝（每组所占总量份额×组内泰尔指数）之和；之间＋之内＝全市泰尔指数。",
        "0 为完全一样，越大越不均衡；对少数学校特别多更敏感。“之间”的占比与方差的相近，说明不取决于用哪种算法。",
    ),
    Meaning(
        "基尼系数",
        "任取两名学生，他们所在学段部数值之差的绝对值，取平均，÷（2×均值）",
        "0 为完全一样，接近 1 为集中在极少数学生。没有之间、之内的精确分法，只列全市和每组的数。",
    ),
    Meaning(
        "本组内部差距占全市",
        "本组学生数÷全市学生数×组内方差÷全市方差",
        "各组相加等于“之内”。占得最多的组，内部最需要调配。",
    ),
)
"""In the order of the columns; the CV is told by the clause of its variant."""
