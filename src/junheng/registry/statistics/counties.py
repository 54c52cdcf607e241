"""Which schools are those of the county: 统计三级 as a code, as a name, or as both."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from junheng.registry.filing import Finding, Level, Origin
from junheng.registry.reading.plain import narrowed
from junheng.registry.statistics.findings import finding, names
from junheng.registry.statistics.identity import county_code

_SHAPE = re.compile(r"[0-9A-Z]{6}")


class Counties:
    """The county asked for, and the counties met in the sheets."""

    def __init__(self, county: str, units: dict[str, str]) -> None:
        self._county = county
        self._units = {narrowed(name).replace(" ", ""): code for name, code in units.items()}
        self._met: Counter[str] = Counter()
        self._first: dict[str, Origin] = {}
        self._known: dict[str, str] = {}
        self.name = ""
        """Name of the county, where the sheets name it."""

    def meet(self, texts: Iterable[tuple[str, Origin]]) -> None:
        """Look at all 统计三级 before any row is taken."""
        for text, origin in texts:
            self._met[text] += 1
            self._first.setdefault(text, origin)
        alone = len(self._met) == 1
        for text in self._met:
            code = county_code(text, self._units)
            self._known[text] = code or (self._county if alone else "")
            if self._county and self._known[text] == self._county:
                self.name = self.name or re.sub(r"^[0-9A-Z]{6,12}", "", narrowed(text)).strip()

    def code(self, text: str) -> str:
        """The code of a 统计三级; empty where it is not known."""
        return self._known.get(text, "")

    def here(self, text: str) -> bool:
        """Whether a row belongs to the county; one that says nothing is not turned away."""
        code = self.code(text)
        return not (code and self._county) or code == self._county

    def findings(self) -> Iterator[Finding]:
        first = next(iter(self._first.values()), Origin("命令", "", ""))
        seen = names(f"{text}（{count} 行）" for text, count in self._met.most_common())
        if not self._county:
            yield finding(
                "I11",
                Level.MUST_FIX,
                first,
                f"没有给出区县代码；表里的统计三级有：{seen or '没有这一列'}",
                "一次只导入一个区县",
                "请写 --county 代码，例如 --county 410199",
            )
        elif not _SHAPE.fullmatch(self._county):
            yield finding(
                "I19",
                Level.MUST_FIX,
                Origin("命令", "", "", self._county),
                f"区县代码“{self._county}”不合规则",
                "应为6位数字或大写字母",
                "请核对 --county",
            )
        else:
            yield from self._unknown()

    def _unknown(self) -> Iterator[Finding]:
        nameless = [text for text, code in self._known.items() if not code]
        if nameless:
            example = nameless[0]
            yield finding(
                "I12",
                Level.MUST_FIX,
                self._first[example],
                f"统计三级只有名称：{names(nameless)}",
                "要知道哪一个是本县",
                f"请逐个写明，例如 --unit {example}={self._county}；别的县也写上它的代码",
            )
        elif self._met and self._county not in self._known.values():
            yield finding(
                "I12",
                Level.MUST_FIX,
                next(iter(self._first.values())),
                f"没有一行属于 {self._county}；统计三级有：{names(self._met)}",
                "要有本县的学校",
                "请核对 --county，或换本县的报表",
            )
