"""佐证材料目录: by indicator what is required, which file is held, its hash, date and state; missing first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from junheng.diagnosis import ClauseVerdict, CountyVerdict, Line, Verdict
from junheng.publish.book.cells import Cell, Tone, Word
from junheng.publish.word.frame import LYING
from junheng.publish.word.grid import Column
from junheng.publish.word.paper import Paper
from junheng.publish.word.self_report.line_tables import filed_by
from junheng.publish.word.telling import NO_SCHOOL, chinese_day, header_words
from junheng.publish.wording import listed
from junheng.registry.records import Records
from junheng.studies import Study
from junheng.years import SchoolYear

TITLE = "义务教育优质均衡佐证材料目录"
COUNTS, WANTED, SPARE = "可作依据", "缺（不报不能判定）", "未报（备查）"
SHORT_HASH = 16
NOTES = (
    "“缺”是判定要凭的材料，没有可作依据的一份就不能判定；“未报（备查）”是数值指标的依据，判定不凭它，检查时要能拿出。",
    "“可作依据”指审核通过、有文件校验值、在有效期内；其余写明差什么。校验值用来核对文件有没有被改动。",
)
ELSEWHERE = {
    "official_result": ("official_results", "indicator", "issuer", "published_on", "官方结果"),
    "statement": ("statements", "item", "signed_by", "signed_on", "书面声明"),
}
"""Kinds of clauses whose material is filed in a table of its own: table, code, whose, day, name."""


@dataclass(frozen=True)
class Entry:
    """One file, or one that is not there."""

    code: str
    label: str
    required: str
    unit: str
    name: str
    title: str
    file: str
    sha256: str
    day: date | None
    until: date | None
    state: str

    @property
    def missing(self) -> bool:
        return self.state in (WANTED, SPARE)

    @property
    def school(self) -> bool:
        return len(self.unit) > 6

    @property
    def tone(self) -> Tone:
        if self.state == COUNTS:
            return Tone.GOOD
        return Tone.OPEN if self.state == SPARE else Tone.BAD


def entries(study: Study, county: CountyVerdict) -> list[Entry]:
    """What is wanting first, then what stands open, then the rest; each in the order of the scheme."""
    index = _Index(study, county)
    found = [each for line in county.lines for each in index.of(line)]
    found += index.others({line.code for line in county.lines})
    order = {WANTED: 0, SPARE: 2, COUNTS: 3}
    return sorted(found, key=lambda each: order.get(each.state, 1))


class _Index:
    """The filed material of a county, looked up by line."""

    def __init__(self, study: Study, county: CountyVerdict) -> None:
        self.study, self.county = study, county
        schools = study.snapshot.facts["schools"].select("school_code", "school_name").iter_rows()
        self.names = {**dict(schools), county.code: county.name}
        self.names |= {each.code: each.name for each in county.missing}
        self.rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in study.snapshot.facts["evidence"].iter_rows(named=True):
            if row["scope"] in self.names:
                self.rows[row["indicator"]].append(row)

    def of(self, line: Line) -> Iterator[Entry]:
        """Everything filed for a line, and every unit that should have filed and did not."""
        required = "；".join(
            dict.fromkeys(p for c in line.clauses for p in c.demand.clause.evidence)
        )
        plain = Entry(line.code, line.label, required, self.county.code, self.county.name,
                      "", "", "", None, None, WANTED)  # fmt: skip
        held = [self._filed(plain, row) for row in self.rows.get(line.code, [])]
        held += [each for c in line.clauses for each in self._elsewhere(plain, c)]
        yield from held
        here = {each.unit for each in held}
        for judged in line.clauses:
            for unit in _asked(judged, self.county.code):
                if unit not in here:
                    here.add(unit)
                    state = WANTED if judged.demand.clause.kind != "limit" else SPARE
                    yield replace(plain, unit=unit, name=self.names.get(unit, ""), state=state)
        if required and not here:
            yield replace(plain, state=SPARE)

    def others(self, known: set[str]) -> Iterator[Entry]:
        """Material for exceptions, and for what the scheme does not ask."""
        for code in sorted(set(self.rows) - known):
            label = f"例外{code}" if code.startswith("X") else "方案以外"
            plain = Entry(code, label, "", "", "", "", "", "", None, None, COUNTS)
            yield from (self._filed(plain, row) for row in self.rows[code])

    def _filed(self, plain: Entry, row: dict[str, Any]) -> Entry:
        one = Records(self.study.assessment.on, {(row["indicator"], row["scope"]): [row]}, {}, {})
        lacking = one.lacking((row["indicator"],), row["scope"])
        title = row["title"] or row["file_name"]
        return replace(
            plain, unit=row["scope"], name=self.names[row["scope"]], title=title,
            file=row["file_name"], sha256=row["sha256"] or "", day=row["issued_on"],
            until=row["valid_to"],
            state=COUNTS if lacking is None else lacking[0].removeprefix(f"《{title}》"),
        )  # fmt: skip

    def _elsewhere(self, plain: Entry, judged: ClauseVerdict) -> Iterator[Entry]:
        """Official results and statements, which are filed in tables of their own."""
        if judged.demand.clause.kind not in ELSEWHERE:
            return
        table, code, whose, day, name = ELSEWHERE[judged.demand.clause.kind]
        for row in filed_by(self.study, table, self.county.code):
            if row[code] == plain.code:
                title = f"{name}：{row['item']}" if row["item"] != plain.code else name
                issuer = f"（{row[whose]}）" if row[whose] else ""
                yield replace(plain, title=title + issuer, day=row[day], state=COUNTS)


def _asked(judged: ClauseVerdict, county: str) -> Iterator[str]:
    """Units without whose material a clause cannot be judged."""
    clause = judged.demand.clause
    if clause.kind in ELSEWHERE or (clause.kind == "evidence" and clause.filed_by == "county"):
        yield county
    elif clause.kind == "evidence":
        yield from (
            p.school_code for p in judged.schools if p.verdict is not Verdict.NOT_APPLICABLE
        )


# --- Word --------------------------------------------------------------------------------------


def evidence_index(study: Study, county: CountyVerdict) -> Paper:
    """The index as a Word file: schools are counted; the Excel file names each."""
    on = study.assessment.on
    paper = Paper(title=f"{county.name}{TITLE}", subject=str(SchoolYear(study.assessment.year)),
                  header=header_words(county, TITLE), on=on)  # fmt: skip
    paper.page = LYING
    paper.line(f"{county.name}{TITLE}", "SheetTitle")
    paper.line(f"{SchoolYear(study.assessment.year)}　评估日期：{chinese_day(on)}", "Small")
    found = entries(study, county)
    if not county.parts:
        paper.line(NO_SCHOOL, "Small")
    for told in (*NOTES, _counts(found)):
        paper.line(told, "Small")
    open_ = [each for each in found if each.state != COUNTS and each.state != SPARE]
    paper.table(
        "缺少的、还不能作依据的材料",
        [
            Column("代码", 13, "center"),
            Column("指标", 46),
            Column("应备材料", 84),
            Column("谁缺", 66),
            Column("状态", 52),
        ],
        [_wanting(list(group)) for _, group in groupby(_sorted(open_), key=_group)],
        empty="没有缺少的材料",
    )
    paper.table(
        "各项指标的材料",
        [
            Column("代码", 13, "center"),
            Column("指标", 36),
            Column("应备材料", 52),
            Column("材料名称", 42),
            Column("文件名", 34),
            Column("校验值（前16位）", 28, "center"),
            Column("出具日期", 18, "center"),
            Column("有效期止", 18, "center"),
            Column("状态", 20, "center"),
        ],
        list(_held(found, county)),
        points=8,
    )
    return paper


def _counts(found: list[Entry]) -> str:
    filed = [each for each in found if not each.missing]
    usable = sum(each.state == COUNTS for each in filed)
    wanted = sum(each.state == WANTED for each in found)
    return (
        f"已报{len(filed)}份，其中可作依据{usable}份；缺{wanted}处。逐份见《佐证材料目录.xlsx》。"
    )


def _group(each: Entry) -> tuple[str, str, bool]:
    return each.code, each.state, each.school


def _sorted(found: Iterable[Entry]) -> list[Entry]:
    """Neighbours where code, state and kind of unit are the same; codes in the order they came."""
    held = list(found)
    codes = list(dict.fromkeys(each.code for each in held))
    return sorted(held, key=lambda e: (codes.index(e.code), e.state, e.school))


def _wanting(group: list[Entry]) -> list[Cell]:
    first = group[0]
    names = listed(list(dict.fromkeys(each.name for each in group)), counter="个单位")
    state = Word(first.state, first.tone)
    return [first.code, first.label, first.required or "—", names, state]


def _held(found: list[Entry], county: CountyVerdict) -> Iterator[list[Cell]]:
    """One row a file of the county; those of the schools in one row a line."""
    codes = [line.code for line in county.lines]
    codes += sorted({each.code for each in found} - set(codes))
    by_code: dict[str, list[Entry]] = defaultdict(list)
    for each in found:
        by_code[each.code].append(each)
    for code in codes:
        for number, cells in enumerate(_of_code(by_code[code])):
            first = by_code[code][0]
            lead: list[Cell] = [code, first.label, first.required if number == 0 else "同上"]
            yield [*lead, *cells]


def _of_code(held: list[Entry]) -> Iterator[list[Cell]]:
    for each in held:
        if not each.school and not each.missing:
            yield [each.title, each.file or "—", each.sha256[:SHORT_HASH] or "—", day_text(each.day),
                   day_text(each.until), Word(_short(each.state), each.tone)]  # fmt: skip
        elif not each.school:
            yield ["—", "—", "—", None, None, Word(_short(each.state), each.tone)]
    schools = [each for each in held if each.school]
    if schools:
        filed = sum(not each.missing for each in schools)
        usable = sum(each.state == COUNTS for each in schools)
        told = f"各校材料{filed}份，可作依据{usable}份；缺{len(schools) - filed}所"
        good = usable == len(schools)
        yield [
            told,
            "见 Excel",
            "—",
            None,
            None,
            Word("齐" if good else "不齐", Tone.GOOD if good else Tone.BAD),
        ]


def _short(state: str) -> str:
    """A state in a narrow cell."""
    return {WANTED: "缺", SPARE: "未报"}.get(state, state)


def day_text(day: date | None) -> str | None:
    """2026-03-31; nothing where it is not known."""
    return None if day is None else day.isoformat()
