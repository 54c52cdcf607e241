"""佐证材料目录: every file and every gap, missing first."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sealed_cases import ON, YEAR, sealed
from word_reading import records, whole_text

from junheng.diagnosis import Verdict
from junheng.publish.word import write_documents
from junheng.publish.word.evidence_index import COUNTS, SPARE, WANTED, entries
from junheng.sample import make_county
from junheng.studies import Study, assess


@pytest.fixture(scope="module")
def faulty(store: Path) -> Study:
    """One file returned, one out of time, one of a school gone, the rest as they are."""
    rows = make_county(seed=7, schools=12, year=YEAR)
    county = [row for row in rows["evidence"] if row["indicator"] == "GV1"]
    county[0] |= {"review": "return", "review_reason": "缺页"}
    county[1] |= {"valid_to": date(2026, 1, 1)}
    school = next(row for row in rows["evidence"] if row["indicator"] == "QL3")
    rows["evidence"].remove(school)
    return assess(sealed(rows, store), on=ON)


@pytest.fixture(scope="module")
def folder(faulty: Study, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("index")
    write_documents(faulty, out, ("index",))
    return out


def listed(path: Path) -> list[dict[str, object]]:
    sheet = load_workbook(path)["佐证材料目录"]
    found = [[cell.value for cell in row] for row in sheet.iter_rows()]
    start = next(n for n, row in enumerate(found) if row[0] == "序号")
    return [dict(zip(found[start], row, strict=True)) for row in found[start + 1 :]]


def test_what_is_missing_or_returned_stands_first(faulty: Study) -> None:
    states = [each.state for each in entries(faulty, faulty.assessment.counties[0])]
    ranks = [{WANTED: 0, SPARE: 2, COUNTS: 3}.get(state, 1) for state in states]
    assert ranks == sorted(ranks)
    assert "审核退回：缺页" in states
    assert "已于2026-01-01失效" in states


def test_every_filed_file_is_in_the_excel_index_with_its_hash(faulty: Study, folder: Path) -> None:
    rows = listed(folder / "佐证材料目录.xlsx")
    held = {
        (row["indicator"], row["scope"], row["file_name"]): row["sha256"]
        for row in faulty.snapshot.facts["evidence"].iter_rows(named=True)
    }
    found = {
        (r["代码"], r["单位代码"], r["文件名"]): r["文件校验值（SHA-256）"]
        for r in rows
        if r["文件名"]
    }
    assert found == held


def test_a_line_without_data_for_want_of_evidence_is_wanting_in_the_index(faulty: Study) -> None:
    county = faulty.assessment.counties[0]
    found = entries(faulty, county)
    for line in county.lines:
        for judged in line.clauses:
            if judged.demand.clause.kind != "evidence":
                continue
            for point in judged.schools:
                mine = [e for e in found if (e.code, e.unit) == (line.code, point.school_code)]
                counts = any(e.state == COUNTS for e in mine)
                assert counts is (point.verdict is Verdict.PASS)
                assert mine


def test_the_word_index_names_who_lacks_what(faulty: Study, folder: Path) -> None:
    path = folder / "佐证材料目录.docx"
    rows = records(path, "缺少的、还不能作依据的材料")
    assert ("GV1", "审核退回：缺页") in {(r["代码"], r["状态"]) for r in rows}
    gone = next(r for r in rows if r["代码"] == "QL3")
    assert gone["状态"] == WANTED
    assert gone["谁缺"]
    county = faulty.assessment.counties[0]
    codes = {r["代码"] for r in records(path, "各项指标的材料")}
    required = {x.code for x in county.lines if any(c.demand.clause.evidence for c in x.clauses)}
    assert required <= codes


def test_a_county_without_data_has_an_index_that_says_so(store: Path, tmp_path: Path) -> None:
    rows = make_county(seed=9, schools=12, year=YEAR)
    silent = {name: held if name in ("county", "register") else [] for name, held in rows.items()}
    study = assess(sealed(silent, store), on=ON)
    write_documents(study, tmp_path, ("index", "form"))
    assert "没有学校数据" in whole_text(tmp_path / "佐证材料目录.docx")
    assert "缺数据" in whole_text(tmp_path / "申报表.docx")
    states = {each.state for each in entries(study, study.assessment.counties[0])}
    assert states == {WANTED, SPARE}
