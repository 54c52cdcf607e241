"""官方结果 and 一票否决声明: what others decide or what the county signs; both plainly invented."""

from datetime import date
from decimal import Decimal
from typing import Any

from junheng.sample.character import Character
from junheng.sample.draws import share_out, stream
from junheng.sample.papers import hash_of

Row = dict[str, Any]
SUBJECTS = ("语文", "数学", "科学")
DIFFERENCES = {"mixed": ("0.131", "0.152", "0.118"), "passing": ("0.121", "0.138", "0.112")}
"""校际差异 by subject; one is a hair above the limit where the county is not in order."""
GROUPS = (("学生", 240), ("家长", 400), ("教师", 180), ("校长", 40), ("人大代表", 40),
          ("政协委员", 40), ("群众", 60))  # fmt: skip
"""The groups of standards.md §7 and how many of each were asked."""
WHOLE = "合计"
RATE = {"mixed": 868, "passing": 914}
"""Of a thousand asked, so many approve."""
ITEMS = ("VT1", "VT2", "VT3", "VT4", "VT5", "VT6", "VT7")


def official_rows(seed: int, *, code: str, year: int, character: Character) -> list[Row]:
    """Rows of the table `official_results`."""
    differences = DIFFERENCES["mixed" if character.lapsed("monitoring") else "passing"]
    rate = int(
        RATE["mixed" if character.lapsed("survey") else "passing"] * character.rate("survey")
    )
    found = [*_monitoring(code, year, differences), *_survey(seed, code, year, rate)]
    for row in found:
        row["sha256"] = hash_of("official_results", row)
    return found


def _row(code: str, indicator: str, item: str, **told: Any) -> Row:
    blank = ("level", "difference", "satisfied", "sampled", "rate_percent")
    return {
        "county_code": code, "indicator": indicator, "item": item, **dict.fromkeys(blank), **told,
    }  # fmt: skip


def _monitoring(code: str, year: int, differences: tuple[str, ...]) -> list[Row]:
    told = {
        "issuer": "示例监测中心",
        "published_on": date(year, 6, 30),
        "document": f"{code}-QL9-{year}年国家义务教育质量监测结果报告.txt",
    }
    return [
        _row(code, "QL9", subject, level=3, difference=Decimal(difference), **told)
        for subject, difference in zip(SUBJECTS, differences, strict=True)
    ]


def _survey(seed: int, code: str, year: int, rate: int) -> list[Row]:
    """Every group and the whole, which is their sum."""
    told = {
        "issuer": "示例市人民政府教育督导委员会",
        "published_on": date(year, 7, 15),
        "document": f"{code}-SR1-{year}年社会认可度调查结果.txt",
    }
    chance = stream(seed, "survey", year)
    asked = sum(size for _, size in GROUPS)
    content = asked * rate // 1000
    weights = [size * (0.99 + 0.02 * chance.random()) for _, size in GROUPS]
    parts = share_out(content, weights)
    groups = [
        _row(code, "SR1", name, satisfied=min(part, size), sampled=size, **told)
        for (name, size), part in zip(GROUPS, parts, strict=True)
    ]
    whole = sum(row["satisfied"] for row in groups)
    return [_row(code, "SR1", WHOLE, satisfied=whole, sampled=asked, **told), *groups]


def statement_rows(*, code: str, year: int, name: str) -> list[Row]:
    """Rows of the table `statements`: every item signed, none occurred, no case open."""
    found = [
        {
            "county_code": code,
            "item": item,
            "occurred": False,
            "open_cases": 0,
            "signed_by": f"{name}人民政府",
            "signed_on": date(year, 10, 10),
            "document": f"{code}-{item}-{year}年一票否决事项声明.txt",
        }
        for item in ITEMS
    ]
    return [{**row, "sha256": hash_of("statements", row)} for row in found]
