"""What the documents of a plan by year say: of the years whose pupils were told, not of today."""

from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from page_reading import Page
from plan.compliance.years import as_filed, text_of
from sealed_cases import ON, YEAR, sealed

from junheng.diagnosis import Verdict
from junheng.publish import write_compliance
from junheng.publish.compliances import headline
from junheng.publish.html.compliance import compliance_page
from junheng.publish.word.compliance.goal import _beside
from junheng.sample import make_county
from junheng.studies import ComplianceStudy, plan_to_comply

BY = 2028


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> ComplianceStudy:
    folder = tmp_path_factory.mktemp("by-year")
    snapshot = sealed(make_county(seed=5, schools=9, year=YEAR), folder)
    path = folder / "学生数.csv"
    path.write_text(text_of(as_filed(snapshot.facts, BY, lambda n: n + n // 10)), encoding="utf-8")
    return plan_to_comply(snapshot, on=ON, by=BY, pupils=path)


@pytest.fixture(scope="module")
def folder(study: ComplianceStudy, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("documents")
    write_compliance(study, out)
    return out


def test_the_headline_speaks_of_the_year_and_not_of_today(study: ComplianceStudy) -> None:
    said = headline(study)
    assert "按2028学年的学生数、班数，什么也不做，有" in said
    assert "今天" not in said


def test_nothing_to_do_is_said_only_where_the_engine_agrees(study: ComplianceStudy) -> None:
    idle = replace(study, answer=replace(study.answer, before=()))
    assert idle.certificate.holds
    assert "什么也不做，方案所管的要求也全部达到，不需要任何措施" in headline(idle)
    doubted = replace(idle, certificate=replace(idle.certificate, wrong=("不符",)))
    assert "不能采用" in headline(doubted)
    assert "不需要任何措施" not in headline(doubted)


def test_the_document_asks_gv3_of_the_schools_of_the_year(folder: Path) -> None:
    text = "\n".join(p.text for p in Document(str(folder / "达标方案.docx")).paragraphs)
    assert (
        "3.按2028学年的学生数、班数，什么也不做，没有达到要求的学校，音乐、美术专用教室配齐（GV3）"
        in text
    )
    assert "方案只算到各项措施在所写的学年开始以前完成" in text


def test_an_area_that_lacks_data_only_ahead_is_explained(study: ComplianceStudy) -> None:
    (year,) = study.certificate.years
    ((county, areas),) = year.areas.items()

    def noted(after: Verdict) -> bool:
        rows = tuple((title, Verdict.PASS, after) for title, *_ in areas)
        told = replace(study.certificate, years=(replace(year, areas={county: rows}),))
        return "写“缺数据”的" in _beside(replace(study, certificate=told))

    assert noted(Verdict.NO_DATA)
    assert not noted(Verdict.FAIL)


def test_the_book_lists_what_the_year_lacks(folder: Path) -> None:
    book = load_workbook(folder / "达标方案.xlsx")
    titles = {str(sheet["A1"].value) for sheet in book.worksheets}
    assert any("按2028学年的学生数、班数，什么也不做，没有达到的要求" in each for each in titles)


def test_the_page_lists_what_the_year_lacks(study: ComplianceStudy) -> None:
    page = compliance_page(study)
    assert Page(page).blocks["data"]["undone"] == "按2028学年的学生数、班数，什么也不做，"
    assert "今天没有达到的要求" not in page
