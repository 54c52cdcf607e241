"""Markdown tables, and the words that several pages share."""

from collections.abc import Iterable, Iterator, Sequence

CONFIDENCE = {
    "H": "有官方页面，或两个以上相互独立的来源一致",
    "M": "有一个合理来源；使用，但显示“待确认”",
    "L": "来源薄弱；未经确认不作默认",
    "B": "一般专业知识，没有文件支持；正式使用前须核对原文",
    "D": "由本项目推算或约定",
}
STAGES = {"primary": "小学", "junior": "初中", "senior": "高中"}


def cell(text: object) -> str:
    """Text that may stand in a table cell."""
    return str(text).replace("|", "\\|").replace("\n", "<br>") or "—"


def grid(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield "| " + " | ".join(headings) + " |"
    yield "|" + " --- |" * len(headings)
    for row in rows:
        yield "| " + " | ".join(cell(each) for each in row) + " |"
    yield ""
