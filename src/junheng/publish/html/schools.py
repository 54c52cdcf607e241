"""The schools of a county: who they are, their seven indicators, what they lack, their cells."""

from collections import defaultdict
from typing import Any

from junheng.diagnosis import CountyVerdict, PartVerdict, Verdict, worst
from junheng.publish.book.columns import chosen
from junheng.publish.digits import amount_text, value_text
from junheng.publish.totals import lacks
from junheng.publish.word.bands import Values, band, values_of
from junheng.publish.wording import short_label, verdict_word, way_sentence
from junheng.registry import tables
from junheng.registry.settlements import settlement
from junheng.studies import Study

WAYS = 2
"""So many ways to reach the school rule are told, the shortest first."""


def school_tables() -> tuple[str, ...]:
    """The tables that hold one row a school."""
    return tuple(table.name for table in tables().values() if table.per_school)


def rows_of(study: Study) -> dict[str, dict[str, dict[str, Any]]]:
    """County code → school code → its row of the table 学校."""
    found: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for row in study.snapshot.facts["schools"].iter_rows(named=True):
        found[row["location_unit"]][row["school_code"]] = row
    return found


class Schools:
    """The schools of one county, for its block and for the index of the page."""

    def __init__(self, county: CountyVerdict, rows: dict[str, dict[str, Any]]) -> None:
        self.county = county
        self.rows = rows
        self.parts: dict[str, list[PartVerdict]] = defaultdict(list)
        for part in county.parts:
            self.parts[part.school_code].append(part)
        self.names = {code: row["school_name"] or "" for code, row in rows.items()}
        self.names |= {each.code: each.name for each in county.missing if each.code not in rows}

    def index(self) -> list[list[Any]]:
        """code, name, kind, ownership, settlement, stages, verdict, longitude, latitude, system."""
        return [self._entry(code) for code in sorted(self.names)]

    def _entry(self, code: str) -> list[Any]:
        row = self.rows.get(code, {})
        lon, lat = row.get("lon"), row.get("lat")
        return [
            code,
            self.names[code],
            chosen("school_type", row.get("school_type")),
            chosen("ownership", row.get("ownership")),
            settlement(row.get("urban_rural_code")),
            "".join(part.stage.value[0] for part in self.parts.get(code, [])),
            self.verdict(code),
            None if lon is None else float(lon),
            None if lat is None else float(lat),
            chosen("crs", row.get("crs")),
        ]

    def verdict(self, code: str) -> str:
        """Of the school rule; 缺数据 where it filed nothing; empty where it takes no part."""
        if code in self.parts:
            return worst([part.verdict for part in self.parts[code]]).value
        absent = {each.code for each in self.county.missing}
        return Verdict.NO_DATA.value if code in absent else ""

    def outside(self) -> dict[str, list[str]]:
        """Why a school is not measured by itself."""
        found: dict[str, list[str]] = defaultdict(list)
        for part in self.county.parts:
            for code in filter(None, part.merged.split("、")):
                found[code].append(f"并入{part.school_name}计算")
        for left in self.county.left_out:
            found[left.code].append(f"不参加资源配置计算：{left.reason}")
        for absent in self.county.missing:
            found[absent.code].append(f"缺报：{absent.reason}")
        return {code: list(dict.fromkeys(told)) for code, told in found.items()}


def parts(county: CountyVerdict) -> list[dict[str, Any]]:
    """Every stage part with its seven indicators."""
    among = values_of(county)
    return [_part(part, county, among) for part in county.parts]


def _part(part: PartVerdict, county: CountyVerdict, among: Values) -> dict[str, Any]:
    return {
        "s": part.school_code,
        "st": part.stage.value,
        "t": part.title,
        "c": part.combined,
        "m": [code for code in part.merged.split("、") if code],
        "p": part.pupils,
        "v": verdict_word(part.verdict, near=part.near),
        "n": part.met,
        "i": [
            [
                value_text(each),
                verdict_word(each.verdict, near=each.near),
                amount_text(each.gap.to_limit, each.gap.unit)
                if each.gap and each.verdict is Verdict.FAIL
                else "",
                band(each.value, among.get((part.stage, each.indicator), [])),
                each.numbers,
                1 if each.above_floor else 0,
            ]
            for each in part.indicators
        ],
        "w": _ways(part, county),
    }


def _ways(part: PartVerdict, county: CountyVerdict) -> list[str]:
    if part.verdict is not Verdict.FAIL:
        return []
    ways = sorted(part.ways, key=lambda way: len(way.additions))[:WAYS]
    return [way_sentence(way, county.standard.floor_share) for way in ways]


def lacking(county: CountyVerdict) -> dict[str, str]:
    """School code → what the whole school lacks to the limits; schools that lack nothing are absent."""
    by_school: dict[str, list[str]] = defaultdict(list)
    for lack in lacks(county):
        for code, value in lack.by_school.items():
            by_school[code].append(f"{short_label(lack.indicator)}{amount_text(value, lack.unit)}")
    return {code: "、".join(told) for code, told in by_school.items()}
