"""One assessment, one set of figures: read back out of Word, Excel and the web page, and compared."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from page_reading import Page
from read_back import close, rows
from word_reading import columns, records, tables, tells
from word_reading import rows as word_rows

from junheng.diagnosis import CountyVerdict, PartIndicator, PartVerdict, SpreadVerdict
from junheng.publish import write_book
from junheng.publish.html import report_page
from junheng.publish.word import write_documents
from junheng.publish.wording import verdict_word
from junheng.studies import Study, side_by_side

NONE = "缺数据"


@dataclass(frozen=True)
class Outputs:
    """Everything that was written of one study."""

    study: Study
    folder: Path
    book: Workbook
    page: Page

    def of(self, county: CountyVerdict) -> Path:
        several = len(self.study.assessment.counties) > 1
        return self.folder / f"{county.code} {county.name}" if several else self.folder

    def in_book(self, name: str, county: CountyVerdict) -> list[dict[str, object]]:
        """The records of a list of the book that are of this county."""
        held = rows(self.book, name)
        return [row for row in held if row.get("区县", county.name) == county.name]


@pytest.fixture(scope="module", params=["demo", "two", "narrow"])
def outputs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Outputs:
    study: Study = request.getfixturevalue(request.param)
    folder = tmp_path_factory.mktemp(f"same-{request.param}")
    write_documents(study, folder)
    book = load_workbook(write_book(study, folder / "结果册.xlsx"))
    return Outputs(study, folder, book, Page(report_page(side_by_side([study]))))


def test_every_value_of_every_school_is_one_number_everywhere(outputs: Outputs) -> None:
    compared = 0
    for county in outputs.study.assessment.counties:
        matrix = outputs.in_book("学校指标矩阵", county)
        report = records(outputs.of(county) / "自评报告.docx", "各校（学段部）七项指标")
        page = outputs.page.county(county.code)["parts"]
        assert len(matrix) == len(report) == len(page) == len(county.parts)
        for part, cells, row, told in zip(county.parts, matrix, report, page, strict=True):
            card = _card(outputs.of(county), part)
            for number, judged in enumerate(part.indicators):
                word = verdict_word(judged.verdict, near=judged.near)
                assert close(_of(cells, judged.indicator, "数值"), judged.value)
                assert _of(cells, judged.indicator, "结论") == word
                shown = [
                    next(v for k, v in row.items() if k.startswith(f"{judged.indicator}\n")),
                    card[judged.indicator]["数值"],
                    told["i"][number][0],
                ]
                assert len(set(shown)) == 1, "the same digits on paper and on the screen"
                assert _is(shown[0], judged)
                assert card[judged.indicator]["结论"] == told["i"][number][1] == word
                compared += 1
            assert int(row["达标项数"]) == told["n"] == cells["达标项数"] == part.met
    assert compared > 100


def test_every_coefficient_is_one_number_everywhere(outputs: Outputs) -> None:
    for county in outputs.study.assessment.counties:
        found = [
            [(r["代码"], _stage(r), r["差异系数"]) for r in _spread_records(outputs, county)],
            [
                (r["代码"], r["学段"], r["数值"])
                for r in records(outputs.of(county) / "申报表.docx", "校际差异系数")
            ],
            [
                (s["code"], _label(s["stage"]), s["cv"])
                for s in outputs.page.county(county.code)["spreads"]
            ],
        ]
        assert found[0] == found[1] == found[2]
        for (code, stage, shown), spread in zip(found[0], county.spreads, strict=True):
            assert (code, stage) == (spread.indicator, spread.stage.label)
            assert shown == NONE if spread.cv is None else tells(shown, spread.cv)
        held = {(r["指标"], r["学段"]): r for r in outputs.in_book("差异系数", county)}
        for spread in county.spreads:
            assert close(_cv(held[spread.indicator, spread.stage.label], spread), spread.cv)


def test_every_line_has_one_verdict_everywhere(outputs: Outputs) -> None:
    several = len(outputs.study.assessment.counties) > 1
    for county in outputs.study.assessment.counties:
        mine = [(line.code, line.verdict.value) for line in county.lines]
        book = [(r["代码"], r["结论"]) for r in outputs.in_book("全部指标", county)]
        assert list(dict.fromkeys(book)) == mine
        form = records(outputs.of(county) / "申报表.docx", "各项指标自评结果")
        assert [(r["代码"], r["结论"]) for r in form] == mine
        page = outputs.page.county(county.code)["lines"]
        assert [(told["code"], told["verdict"]) for told in page] == mine
        report = dict(_report_lines(outputs.of(county) / "自评报告.docx", county))
        assert report == {code: v for code, v in mine if code not in county.standard.indicators}
        if several:
            city = dict(_city_lines(outputs.folder / "监测报告.docx", county))
            assert list(city.items()) == mine


def test_what_all_schools_together_lack_is_one_amount_everywhere(outputs: Outputs) -> None:
    for county in outputs.study.assessment.counties:
        report = {
            r["代码"]: r["合计还差"]
            for r in records(
                outputs.of(county) / "自评报告.docx", "七项指标：全县均值、标准、低于标准的学段部"
            )
        }
        page = {g["code"]: g["total"] for g in outputs.page.county(county.code)["gaps"]}
        assert report == page


# --- where each stands -------------------------------------------------------------------------


def _is(shown: str, judged: PartIndicator) -> bool:
    return shown == NONE if judged.value is None else tells(shown, judged.value)


def _of(cells: dict[str, object], code: str, what: str) -> object:
    return next(v for k, v in cells.items() if k.startswith(f"{code} ") and k.endswith(what))


def _card(folder: Path, part: PartVerdict) -> dict[str, dict[str, str]]:
    """The seven indicators of a part on the card of its school."""
    path = next((folder / "学校成绩单").glob(f"{part.school_code} *.docx"))
    table = next(t for t in tables(path) if "县内位置" in columns(t))
    held = [dict(zip(columns(table), row, strict=True)) for row in word_rows(table)]
    return {row["代码"]: row for row in held if row["学段"] == part.stage.label}


def _spread_records(outputs: Outputs, county: CountyVerdict) -> list[dict[str, str]]:
    return records(outputs.of(county) / "自评报告.docx", "校际差异系数")


def _stage(row: dict[str, str]) -> str:
    return row["学段"]


def _label(stage: str) -> str:
    return {"primary": "小学", "junior": "初中"}[stage]


def _cv(row: dict[str, object], spread: SpreadVerdict) -> object:
    return next(v for k, v in row.items() if k.rpartition("/")[2] == "差异系数")


def _report_lines(path: Path, county: CountyVerdict) -> Iterator[tuple[str, str]]:
    """The lines of the areas beside the allocation of resources in the county's report."""
    for area in county.areas:
        if area.code in ("guarantee", "quality", "social"):
            held = records(path, f"{area.title}逐项结果")
            yield from ((row["代码"], row["结论"]) for row in held)
        if area.code == "veto":
            yield from ((r["代码"], r["结论"]) for r in records(path, "一票否决事项声明"))


def _city_lines(path: Path, county: CountyVerdict) -> Iterator[tuple[str, str]]:
    for area in county.areas:
        held = records(path, f"{area.title}：各区县结论")
        yield from ((row["代码"], row[county.name]) for row in held)
