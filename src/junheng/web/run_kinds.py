"""The kinds of long work: what each is called, what it starts from. Nothing here knows Django."""

from dataclasses import dataclass
from enum import StrEnum


class Needs(StrEnum):
    """What a kind of run starts from."""

    ONE = "one"
    """One sealed snapshot."""
    SEVERAL = "several"
    """Sealed snapshots of any number of years, one a year."""
    FILINGS = "filings"
    """What schools have filed and counties have passed."""


@dataclass(frozen=True)
class KindCard:
    """A kind of run as people are told of it."""

    title: str
    told: str
    needs: Needs
    whole_city: bool = False
    """It looks at every county of the snapshot, so it is made for the unit above them all."""


class RunKind(StrEnum):
    """What `junheng work` can do."""

    SEAL = "seal"
    ASSESSMENT = "assessment"
    READINGS = "readings"
    YEARS = "years"
    SCREEN = "screen"
    CLASS_SIZE = "class_size"
    COMPLIANCE = "compliance"
    TARGETS = "targets"

    @property
    def card(self) -> KindCard:
        return _CARDS[self]

    @property
    def label(self) -> str:
        return _CARDS[self].title


_CARDS = {
    RunKind.SEAL: KindCard(
        "封存学年",
        "把已通过的填报合在一起校验，封存为不可改动的事实；随后自动评估。",
        Needs.FILINGS,
        True,
    ),
    RunKind.ASSESSMENT: KindCard(
        "优质均衡评估", "对照有效的要求，给出每所学校、每个区县的结论和差距。", Needs.ONE
    ),
    RunKind.READINGS: KindCard(
        "口径稳健性", "逐一换用未决口径：哪些结论站得住，哪种读法会改变它。", Needs.ONE
    ),
    RunKind.YEARS: KindCard("历年比较", "几个学年放在一起，指标、结论逐年怎样变。", Needs.SEVERAL),
    RunKind.SCREEN: KindCard("疑点筛查", "看数据有没有需要核实的地方，只提问题。", Needs.SEVERAL),
    RunKind.CLASS_SIZE: KindCard("班额方案", "逐校逐年级怎样把班额降到限额以内。", Needs.ONE),
    RunKind.COMPLIANCE: KindCard(
        "达标方案", "怎样用最少的钱使资源配置达标；改价格、限制后可以再算。", Needs.ONE
    ),
    RunKind.TARGETS: KindCard(
        "政策目标", "各项政策目标到某一天的情况，逾期的在前。", Needs.SEVERAL
    ),
}
