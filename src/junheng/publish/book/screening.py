"""疑点册: every question of the screen, how each is told, what was not looked for."""

from pathlib import Path

from junheng.diagnosis.screening import Question, screens
from junheng.publish.book.cells import Cell
from junheng.publish.book.listing import Heading, Listing, Sheet, write_listing
from junheng.publish.book.looks import Looks
from junheng.publish.book.opening import opened_book
from junheng.publish.screen_words import PREFACE, counts_words, school_words, screened_title
from junheng.publish.wording import CONFIDENCE, DEMONSTRATION
from junheng.standards import places
from junheng.studies import ScreenStudy, place
from junheng.years import SchoolYear


def write_screening_book(study: ScreenStudy, path: Path) -> Path:
    """Write 疑点册 to `path` and return it; the same study gives the same bytes."""
    place(path, lambda aside: _write(study, aside))
    return path


def _write(study: ScreenStudy, path: Path) -> None:
    title = screened_title(study)
    book = opened_book(path, max(study.days.values()), title="疑点册", subject=title)
    looks = Looks(book)
    for listing in (questions(study), methods(study), unscreened(study)):
        sheet = Sheet(book.add_worksheet(listing.name), looks)
        sheet.printed(left=title, right="疑点册")
        write_listing(sheet, listing, title)
    book.close()


def _notes(study: ScreenStudy) -> list[str]:
    invented = any(
        DEMONSTRATION in study.names.get(code, "")
        or (code in places() and DEMONSTRATION in places()[code].name)
        for code in study.counties
    )
    told = [f"{DEMONSTRATION}：数字由程序生成，不是任何真实学校的情况。"] if invented else []
    return [*told, PREFACE, counts_words(study)]


def questions(study: ScreenStudy) -> Listing:
    """疑点."""
    return Listing(
        name="疑点",
        title="需要核实的问题",
        notes=_notes(study),
        headings=[
            Heading("区县", 12),
            Heading("学年", 13, "center"),
            Heading("看到什么", 18),
            Heading("学校", 24),
            Heading("学段", 5, "center"),
            Heading("指标", 7, "center"),
            Heading("数字", 42),
            Heading("填报时的异常说明", 14),
            Heading("可能的正当原因", 22),
            Heading("请对方提供", 24),
        ],
        rows=[_row(study, each) for each in study.screening.questions],
        sticky=3,
        empty="没有要问的",
    )


def _row(study: ScreenStudy, each: Question) -> list[Cell]:
    return [
        study.names.get(each.county, each.county),
        str(SchoolYear(each.year)),
        each.screen.title,
        school_words(each),
        "" if each.stage is None else each.stage.label,
        each.indicator,
        each.found,
        each.explanation,
        each.screen.honest,
        each.screen.ask,
    ]


def methods(study: ScreenStudy) -> Listing:
    """筛查办法: how each pattern is told, with the margins."""
    return Listing(
        name="筛查办法",
        title="筛查办法与幅度",
        notes=[
            "幅度是平台约定，不是法规，可在 screens.toml 里修改；误报率与查出率见说明文档“筛查”。"
        ],
        headings=[
            Heading("代码", 20),
            Heading("筛查", 24),
            Heading("至少几个学年", 8, "center"),
            Heading("疑点数", 7, "center"),
            Heading("怎样看出、幅度多大", 84),
            Heading("来源", 10, "center"),
            Heading("置信", 18),
        ],
        rows=[
            [
                code,
                each.title,
                each.years,
                len(study.screening.of(code)),
                each.how,
                each.source,
                CONFIDENCE[each.confidence],
            ]
            for code, each in screens().items()
        ],
        sticky=2,
    )


def unscreened(study: ScreenStudy) -> Listing:
    """没有做的."""
    return Listing(
        name="没有做的",
        title="没有做的筛查及原因",
        notes=[],
        headings=[Heading("筛查", 40), Heading("原因", 60)],
        rows=[[screens()[code].title, why] for code, why in study.screening.unscreened],
        sticky=1,
    )
