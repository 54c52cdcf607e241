"""目标册: what is overdue, every commitment, how it is counted; then the registers of the policy."""

from pathlib import Path

from junheng.diagnosis import Light, TargetVerdict, goal_words
from junheng.diagnosis.points import Point
from junheng.publish.book.cells import Cell, Tone, Word, amount_cell, exact_cell
from junheng.publish.book.listing import Heading, Listing, Sheet, write_listing
from junheng.publish.book.looks import Looks
from junheng.publish.book.opening import opened_book
from junheng.publish.book.target_registers import (
    mechanisms,
    open_points,
    ordered_documents,
    provenance,
)
from junheng.publish.target_words import (
    beside_words,
    counts_words,
    document_sentences,
    due_words,
    force_words,
    is_invented,
    missing_words,
    owner_words,
    pace_words,
    place_words,
    reading_sentences,
    source_words,
    whose,
)
from junheng.publish.wording import DEMONSTRATION
from junheng.studies import place
from junheng.studies.targets import TargetStudy

TONES = {
    Light.OVERDUE: Tone.BAD,
    Light.BEHIND: Tone.NEAR_BAD,
    Light.ON_COURSE: Tone.GOOD,
    Light.MET: Tone.GOOD,
    Light.NO_DATA: Tone.OPEN,
    Light.NO_NUMBER: Tone.PLAIN,
}
LIGHTS_TOLD = {
    Light.OVERDUE: "期限已过，还没有达到",
    Light.BEHIND: "没有到期但低于直线进度，或原文没有期限而现在没有达到，或与上期相比没有改善",
    Light.ON_COURSE: "没有到期而不低于直线进度，或与上期相比符合要求",
    Light.MET: "已达到",
    Light.NO_DATA: "没有数，或没有基数，不能判断",
    Light.NO_NUMBER: "原文没有可以判断的数字，不算达成",
}


def write_target_book(study: TargetStudy, path: Path) -> Path:
    """Write 目标册 to `path` and return it; the same study gives the same bytes."""
    place(path, lambda aside: _write(study, aside))
    return path


def _write(study: TargetStudy, path: Path) -> None:
    book = opened_book(path, study.on, title="政策目标册", subject=whose(study))
    looks, told = Looks(book), f"{whose(study)}　{study.on}　{counts_words(study)}"
    for build in (
        _urgent,
        _commitments,
        _meanings,
        ordered_documents,
        mechanisms,
        open_points,
        provenance,
    ):
        listing = build(study)
        sheet = Sheet(book.add_worksheet(listing.name), looks)
        sheet.printed(left=whose(study), right=f"{study.on}")
        write_listing(sheet, listing, told)
    book.close()


def _notes(study: TargetStudy) -> list[str]:
    """What must be known before the first row."""
    invented = [f"{DEMONSTRATION}：数字由程序生成，不是任何真实单位的情况。"]
    return [
        *(invented if is_invented(study) else []),
        *(f"{each}。" for each in (*document_sentences(study), *reading_sentences(study))),
    ]


def _light(each: TargetVerdict) -> Word:
    return Word(each.light.value, TONES[each.light])


def _urgent(study: TargetStudy) -> Listing:
    """逾期与落后: who owes what, and the pace that would mend it."""
    found = [*study.at(Light.OVERDUE), *study.at(Light.BEHIND)]
    return Listing(
        name="逾期与落后",
        title="逾期与落后的目标：差多少、谁负责、怎样补齐",
        notes=_notes(study),
        headings=[
            Heading("亮灯", 6, "center"),
            Heading("编号", 7, "center"),
            Heading("目标", 20),
            Heading("单位", 11),
            Heading("结论", 10, "center"),
            Heading("还差", 11, "center"),
            Heading("原因", 34),
            Heading("补齐进度", 20),
            Heading("责任单位", 15),
            Heading("期限", 13),
            Heading("条号", 5, "center"),
            Heading("注意", 20),
        ],
        rows=[_urgent_row(each, study) for each in found],
        sticky=3,
        empty="没有逾期或落后的目标",
    )


def _urgent_row(each: TargetVerdict, study: TargetStudy) -> list[Cell]:
    target, outcome = each.promise.target, each.outcome
    return [
        _light(each), target.code, target.title, place_words(each.place, study), outcome.word,
        missing_words(each), outcome.reason, pace_words(each), owner_words(target),
        due_words(target, joint="\n"), target.article, "\n".join(outcome.hints),
    ]  # fmt: skip


def _commitments(study: TargetStudy) -> Listing:
    """全部目标: every commitment, in the order of the text; none is skipped."""
    return Listing(
        name="全部目标",
        title="全部政策目标",
        notes=[*(f"{light.value}：{told}。" for light, told in LIGHTS_TOLD.items())],
        headings=[
            Heading("编号", 7, "center"),
            Heading("条号", 5, "center"),
            Heading("目标", 20),
            Heading("单位", 11),
            Heading("亮灯", 7, "center"),
            Heading("结论", 10, "center"),
            Heading("要求", 13, "center"),
            Heading("实际数", 10),
            Heading("计量单位", 7, "center"),
            Heading("统计日期", 10, "center"),
            Heading("原因", 34),
            Heading("期限", 13),
            Heading("责任单位", 15),
            Heading("补齐进度", 18),
        ],
        rows=[_commitment_row(each, study) for each in study.board.verdicts],
        sticky=3,
    )


def _commitment_row(each: TargetVerdict, study: TargetStudy) -> list[Cell]:
    target, outcome = each.promise.target, each.outcome
    point = outcome.point
    return [
        target.code, target.article, target.title, place_words(each.place, study), _light(each),
        outcome.word, goal_words(target), _value(point), target.unit,
        point.on.isoformat() if point else None, outcome.reason, due_words(target, joint="\n"),
        owner_words(target), pace_words(each),
    ]  # fmt: skip


def _value(point: Point | None) -> Cell:
    if point is None:
        return None
    if point.value is None:
        return f"{len(point.parts)} 项"
    whole = point.value.denominator == 1
    return exact_cell(point.value) if whole else amount_cell(point.value)


def _meanings(study: TargetStudy) -> Listing:
    """How each commitment is counted, from what, and what else was said of it."""
    return Listing(
        name="口径与来源",
        title="每个目标怎样计数、数从哪里来",
        notes=["可信度：H 原文写明的数字或内容；D 我们的读法或推定，待主管部门确认。"],
        headings=[
            Heading("编号", 7, "center"),
            Heading("目标", 24),
            Heading("单位", 11),
            Heading("怎样计数", 30),
            Heading("实际数的来源", 28),
            Heading("措辞强度", 8, "center"),
            Heading("可信度", 6, "center"),
            Heading("注意、其他口径、说明", 50),
        ],
        rows=[_meaning_row(each, study) for each in study.board.verdicts],
        sticky=2,
    )


def _meaning_row(each: TargetVerdict, study: TargetStudy) -> list[Cell]:
    target, outcome = each.promise.target, each.outcome
    notes = [*outcome.hints, *beside_words(each), *([target.note] if target.note else [])]
    return [
        target.code, target.title, place_words(each.place, study), target.measure,
        source_words(outcome), force_words(target), target.confidence, "\n".join(notes),
    ]  # fmt: skip
