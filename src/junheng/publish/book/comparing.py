"""口径.xlsx and 对照.xlsx: verdicts under every reading, and under another document, as lists."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from junheng.diagnosis import Assessment, Verdict
from junheng.publish.against_words import (
    clause_heading,
    field_sentences,
    headline_against,
    mark_sentences,
)
from junheng.publish.book.cells import Cell, Tone, Word, tone_of
from junheng.publish.book.listing import Heading, Listing, Sheet, write_listing
from junheng.publish.book.looks import Looks
from junheng.publish.book.opening import opened_book
from junheng.publish.reading_words import (
    choices_words,
    firmness,
    headline_of,
    tried_sentence,
    verdict_or_none,
)
from junheng.publish.wording import DEMONSTRATION, county_title, is_demonstration
from junheng.studies import KINDS, Against, Readings, Robustness, place
from junheng.years import SchoolYear

SHORT_FINGERPRINT = 16


def write_readings_book(readings: Readings, path: Path) -> Path:
    """The sheets 会变的结论, 全部结论, 请示问题; the same study gives the same bytes."""
    sheets = [_turns(readings), _everything(readings), _questions(readings)]
    place(path, lambda aside: _write(sheets, readings.base, aside, "未决口径检验"))
    return path


def write_against_book(found: Against, path: Path) -> Path:
    """The sheets 改变的结论 and 不同的条款."""
    sheets = [_changes(found), _clauses(found)]
    place(path, lambda aside: _write(sheets, found.before, aside, "换一份文件的对照"))
    return path


def _write(sheets: Sequence[Listing], base: Assessment, path: Path, title: str) -> None:
    book = opened_book(path, base.on, title=title, comments=f"事实指纹 {base.facts}")
    looks = Looks(book)
    whose = "、".join(county_title(county) for county in base.counties[:1])
    whose += f"等{len(base.counties)}个区县" if len(base.counties) > 1 else ""
    invented = any(is_demonstration(county) for county in base.counties)
    marked = f"（{DEMONSTRATION}）" if invented and DEMONSTRATION not in whose else ""
    told = f"{whose}{marked}　{SchoolYear(base.year)}　评估日期{base.on}　方案{base.scheme}"
    for listing in sheets:
        sheet = Sheet(book.add_worksheet(listing.name), looks)
        sheet.printed(left=whose + marked, right=f"事实指纹 {base.facts[:SHORT_FINGERPRINT]}")
        write_listing(sheet, listing, told)
    book.close()


def _verdict(verdict: Verdict | None) -> Word:
    return Word(verdict_or_none(verdict), Tone.PLAIN if verdict is None else tone_of(verdict))


def _of_whom(each: Robustness) -> list[Cell]:
    return [each.point.county, KINDS[each.point.kind], each.point.title]


WHOM = (Heading("区县", 9, "center"), Heading("层次", 9, "center"), Heading("结论对象", 34))


def _turns(readings: Readings) -> Listing:
    return Listing(
        name="会变的结论",
        title="换一种读法就会变的结论",
        notes=[headline_of(readings), tried_sentence(readings), *readings.pairs_untried],
        headings=[
            *WHOM,
            Heading("现在", 9, "center"),
            Heading("换成的口径", 44),
            Heading("变为", 9, "center"),
            Heading("备注", 10, "center"),
            Heading("请示的问题", 44),
        ],
        rows=list(_turn_rows(readings)),
        sticky=3,
        empty="没有：全部结论在各种口径下都成立",
    )


def _turn_rows(readings: Readings) -> Iterator[list[Cell]]:
    for each in readings.found:
        for turn in each.turns:
            yield [
                *_of_whom(each),
                _verdict(each.verdict),
                choices_words(turn.choices),
                _verdict(turn.becomes),
                "只作比较" if turn.only_compared else None,
                "；".join(choice.switch.question for choice in turn.choices),
            ]


def _everything(readings: Readings) -> Listing:
    return Listing(
        name="全部结论",
        title="全部结论与各种口径下是否成立",
        notes=[],
        headings=[
            *WHOM,
            Heading("现在", 9, "center"),
            Heading("各种口径下", 11, "center"),
            Heading("使它改变的读法数", 10, "center"),
        ],
        rows=[
            [
                *_of_whom(each),
                _verdict(each.verdict),
                Word(firmness(each), Tone.GOOD if each.holds else Tone.NEAR),
                len(each.turns),
            ]
            for each in readings.found
        ],
        sticky=3,
    )


def _questions(readings: Readings) -> Listing:
    return Listing(
        name="请示问题",
        title="未决口径：平台的读法、理由，要向主管部门请示的问题",
        notes=[f"没有试：{c.name}：{why}" for c, why in readings.refused],
        headings=[
            Heading("口径", 18),
            Heading("内容", 34),
            Heading("默认", 24),
            Heading("理由", 44),
            Heading("请示的问题", 44),
            Heading("影响的结论数", 9, "center"),
            Heading("来源", 16),
            Heading("可信度", 8, "center"),
        ],
        rows=[
            [
                switch.code,
                switch.title,
                next(o.label for o in switch.option if o.code == switch.default),
                switch.reason,
                switch.question,
                count,
                switch.source,
                switch.confidence,
            ]
            for switch, count in readings.questions
        ],
        sticky=2,
    )


def _changes(found: Against) -> Listing:
    return Listing(
        name="改变的结论",
        title=f"按“{found.other.name}”改变的结论",
        notes=[headline_against(found), *([found.idle] if found.idle else [])],
        headings=[
            *WHOM,
            Heading("学校代码", 12, "center"),
            Heading("原结论", 9, "center"),
            Heading("新结论", 9, "center"),
            Heading("数值与要求", 60),
        ],
        rows=[
            [
                change.point.county,
                KINDS[change.point.kind],
                change.point.title,
                change.point.school or None,
                *(_verdict(verdict) for verdict in change.verdicts),
                "；".join(mark_sentences(change)),
            ]
            for change in found.changes
        ],
        sticky=3,
        empty="没有结论改变",
    )


def _clauses(found: Against) -> Listing:
    return Listing(
        name="不同的条款",
        title="两边不同的条款",
        notes=[],
        headings=[
            Heading("条款", 24),
            Heading("改了什么", 70),
            Heading("原依据", 30),
            Heading("新依据", 30),
        ],
        rows=[
            [
                clause_heading(change),
                "；".join(field_sentences(change)),
                change.before.citation if change.before else None,
                change.after.citation if change.after else None,
            ]
            for change in found.clauses
        ],
        sticky=1,
        empty="没有",
    )
