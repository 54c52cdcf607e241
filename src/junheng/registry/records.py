"""Evidence, official results and signed statements as filed, and what of them counts on a day.

A record of evidence counts where its review says 通过, it has a hash, and the day lies within its
validity; every other record is named with what it lacks. A returned record leaves the matter open:
it goes back to be filed again, it does not say that the demand is not met.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from junheng.freezing import frozen
from junheng.registry.facts import Facts

Record = Mapping[str, Any]
NOTHING_FILED = "没有佐证材料"


@frozen
class Records:
    """The three tables by what they speak of."""

    on: date
    evidence: Mapping[tuple[str, str], Sequence[Record]]
    """(indicator or relaxation, county or school code) → records."""
    results: Mapping[tuple[str, str], Sequence[Record]]
    """(county, indicator) → one record a subject or group."""
    statements: Mapping[tuple[str, str], Record]
    """(county, item) → its statement."""

    @classmethod
    def of(cls, facts: Facts, on: date) -> "Records":
        evidence: dict[tuple[str, str], list[Record]] = defaultdict(list)
        for row in facts["evidence"].iter_rows(named=True):
            evidence[row["indicator"], row["scope"]].append(row)
        results: dict[tuple[str, str], list[Record]] = defaultdict(list)
        for row in facts["official_results"].iter_rows(named=True):
            results[row["county_code"], row["indicator"]].append(row)
        statements = {
            (row["county_code"], row["item"]): row
            for row in facts["statements"].iter_rows(named=True)
        }
        return cls(on, dict(evidence), dict(results), statements)

    def lacking(self, indicators: Iterable[str], scope: str) -> tuple[str, ...] | None:
        """None where a record counts; else what is wrong with each, nothing where none was filed."""
        filed = [each for code in indicators for each in self.evidence.get((code, scope), ())]
        faults = [_fault(each, self.on) for each in filed]
        if None in faults:
            return None
        return tuple(
            f"《{each['title'] or each['file_name']}》{fault}"
            for each, fault in zip(filed, faults, strict=True)
        )

    def refusal(self, relaxation: str, scope: str, wanted: str) -> str | None:
        """Why an exception is not granted for want of proof; None where a record counts.

        `wanted` says what the exception asks to be shown (filing.md §7.7)."""
        lacking = self.lacking((relaxation,), scope)
        if lacking is None:
            return None
        return "；".join(lacking) or f"{NOTHING_FILED}（{wanted}）"


def _fault(record: Record, on: date) -> str | None:
    """Why a record of evidence does not count on a day, or None."""
    if record["review"] == "return":
        reason = f"：{record['review_reason']}" if record["review_reason"] else ""
        return f"审核退回{reason}"
    if record["review"] != "pass":
        return "还没有审核"
    if not record["sha256"]:
        return "没有文件校验值"
    return _out_of_time(record["valid_from"], record["valid_to"], on)


def _out_of_time(start: date | None, end: date | None, on: date) -> str | None:
    if start is None:
        return "没有写明有效期起"
    if on < start:
        return f"自{start.isoformat()}起才有效"
    if end is not None and end < on:
        return f"已于{end.isoformat()}失效"
    return None
