"""What the Word document and the book of a compliance plan say is what 方案.json says."""

import json
import re
import shutil
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from compliance_cases import (
    HOSTILE,
    SENTINEL,
    held_short,
    one_county,
    several_years,
    two_together,
)
from office import asked, fault, rendered
from openpyxl import Workbook, load_workbook
from read_back import rows
from word_reading import contents, headings, records, tells, whole_text

from junheng.plan import Action, Effect
from junheng.publish import write_compliance
from junheng.publish.class_sizes import NOTICE
from junheng.publish.compliance_figures import effect_text
from junheng.publish.compliances import headline
from junheng.publish.word.compliance.signing import WHO
from junheng.studies import ComplianceStudy

pytestmark = pytest.mark.slow

NAMES = ["方案.json", "达标方案.docx", "达标方案.xlsx", "达标方案.html"]
LATIN = re.compile(r"[A-Za-z]{2,}")
KNOWN = re.compile(
    r"(?<![0-9A-Za-z])[0-9a-f]{16,}(?![0-9A-Za-z])|junheng plan check|方案\.json|达标方案\.(xlsx|html)|\.toml|[A-Z]{1,2}\d+(-[A-Z]+)?|CV|\d+\.\d+\.\d+"
)
"""Latin letters that belong in a Chinese page: codes, fingerprints, the command, names of files."""


class Written:
    """A study and its files, opened."""

    def __init__(self, study: ComplianceStudy, out: Path) -> None:
        self.study, self.out = study, out
        self.files = write_compliance(study, out)
        self.paper = out / "达标方案.docx"
        self.data: dict[str, Any] = json.loads((out / "方案.json").read_text(encoding="utf-8"))
        self.book: Workbook = load_workbook(out / "达标方案.xlsx")

    def names(self) -> dict[str, str]:
        """School code → name."""
        facts = self.study.snapshot.facts["schools"]
        return dict(facts.select("school_code", "school_name").iter_rows())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Written]:
    makers = {
        "one": one_county, "short": held_short, "two": two_together, "years": several_years,
    }  # fmt: skip
    found = {}
    for name, maker in makers.items():
        folder = tmp_path_factory.mktemp(name)
        found[name] = Written(maker(folder), folder / "出")
    return found


CASES = ("one", "short", "two", "years")


def wan(yuan: str | Fraction) -> Fraction:
    return Fraction(yuan) / 10_000


@pytest.mark.parametrize("case", CASES)
def test_every_file_is_written_and_the_same_study_gives_the_same_bytes(
    made: dict[str, Written], tmp_path: Path, case: str
) -> None:
    held = made[case]
    assert [path.name for path in held.files] == NAMES
    for before, after in zip(held.files, write_compliance(held.study, tmp_path), strict=True):
        assert before.read_bytes() == after.read_bytes(), before.name


# --- numbers -----------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES)
def test_the_actions_of_book_and_data_are_the_same(made: dict[str, Written], case: str) -> None:
    held, names = made[case], made[case].names()
    shown = [
        (r["学校代码"], r["学校"], int(r["学年"]), r["措施"], r["数量"], Fraction(str(r["一次性（元）"])),
         Fraction(str(r["每年（元）"])), r["为了"])
        for r in rows(held.book, "措施")
    ]  # fmt: skip
    assert shown == [
        (a["school"], names[a["school"]], a["year"], a["what"], a["amount"], Fraction(a["cost_yuan"]),
         Fraction(a["yearly_cost_yuan"]), a["clause"])
        for a in held.data["plan"]["actions"]
    ]  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_the_years_of_document_and_book_add_up_to_the_cost(
    made: dict[str, Written], case: str
) -> None:
    held = made[case]
    cost = held.data["cost_yuan"]
    assert sum(Fraction(str(r["合计（元）"])) for r in rows(held.book, "经费")) == Fraction(cost)
    assert sum(Fraction(str(r["费用（元）"])) for r in rows(held.book, "条款费用")) == Fraction(
        cost
    )
    *years, whole = records(held.paper, "分年度经费（万元）")
    assert whole["学年"] == "合计"
    assert tells(whole["合计"], wan(cost))
    once = sum(Fraction(a["cost_yuan"]) for a in held.data["plan"]["actions"])
    assert tells(whole["一次性"], wan(once))
    assert {each["学年"] for each in years} <= {f"{year}学年" for year in range(2025, 2029)}


def test_money_by_year_and_source_is_that_of_the_data(made: dict[str, Written]) -> None:
    held = made["years"]
    paid = held.data["paid_by_budget"]
    assert len({each["year"] for each in paid}) > 1
    assert sum(Fraction(each["paid_yuan"]) for each in paid) == Fraction(held.data["cost_yuan"])
    listed = {(r["学年"], r["来源"]): r for r in rows(held.book, "经费来源")}
    shown = records(held.paper, "分年度、分来源的经费（万元）")
    assert len(listed) == len(shown) == len(paid)
    for each in paid:
        name = f"{each['source']}级" + ("（新建体育运动场地）" if each["items"] else "")
        row = listed[str(each["year"]), name]
        assert Fraction(str(row["给出的经费（元）"])) == Fraction(each["budget_yuan"])
        assert Fraction(str(row["方案用去（元）"])) == Fraction(each["paid_yuan"])
        assert any(
            r["来源"] == name and tells(r["方案用去"], wan(each["paid_yuan"])) for r in shown
        )
    by_year = {r["学年"]: r["合计（元）"] for r in rows(held.book, "经费")}
    for year, total in by_year.items():
        spent = sum(Fraction(each["paid_yuan"]) for each in paid if str(each["year"]) == year)
        assert Fraction(str(total)) == spent


@pytest.mark.parametrize("case", CASES)
def test_the_document_names_every_school_with_its_actions_and_money(
    made: dict[str, Written], case: str
) -> None:
    held, names = made[case], made[case].names()
    counties = held.data["counties"].values()
    titles = (
        ["逐校措施、费用和作用"]
        if len(counties) == 1
        else [f"{county}逐校措施、费用和作用" for county in counties]
    )
    shown = [row for title in titles for row in records(held.paper, title)]
    for above, row in pairwise(shown):
        row["学校"] = row["学校"] or above["学校"]  # a school of several years is named once
    for action in held.data["plan"]["actions"]:
        row = next(
            r for r in shown
            if r["学校"] == names[action["school"]] and r["学年"] == str(action["year"])
        )  # fmt: skip
        assert f"{action['what']}{action['amount']:,}{action['unit']}" in row["措施"].split("，")
    spent: dict[tuple[str, str], Fraction] = {}
    for action in held.data["plan"]["actions"]:
        key, years = (names[action["school"]], str(action["year"])), 2028 - action["year"] + 1
        cost = Fraction(action["cost_yuan"]) + years * Fraction(action["yearly_cost_yuan"])
        spent[key] = spent.get(key, Fraction(0)) + cost
    assert {(r["学校"], r["学年"]) for r in shown} == set(spent)
    for row in shown:
        assert tells(row["费用（万元）"], wan(spent[row["学校"], row["学年"]]))


@pytest.mark.parametrize("case", ["one", "short"])
def test_the_frontier_of_document_and_book_is_that_of_the_data(
    made: dict[str, Written], case: str
) -> None:
    held = made[case]
    points = held.data["frontier"]
    shown = records(held.paper, "各档经费能做到什么")
    listed = [r for r in rows(held.book, "经费与达标") if r["哪一档"] != "只有这么多钱"]
    assert len(points) == len(shown) == len(listed) >= 4
    for point, told, row in zip(points, shown, listed, strict=True):
        assert tells(told["经费（万元）"], wan(point["budget_yuan"]))
        assert [told["达不到"], told["已证明至少"], told["达标"], told["达标的项目"]] == [
            str(point["unmet"]), str(point["unmet_at_least"]), str(point["schools_passing"]),
            f"{point['lines_passing']}/{point['lines']}",
        ]  # fmt: skip
        assert Fraction(str(row["经费（元）"])) == round(Fraction(point["budget_yuan"]), 2)
        assert [row["达不到（项）"], row["已证明至少（项）"], row["达标学校（所）"], row["达标项目（项）"]] == [
            point["unmet"], point["unmet_at_least"], point["schools_passing"], point["lines_passing"],
        ]  # fmt: skip


def test_what_each_requirement_costs_is_that_of_the_data(made: dict[str, Written]) -> None:
    held = made["one"]
    saved = sorted(
        (Fraction(each["saved_yuan"]) for each in held.data["cost_by_line"]), reverse=True
    )
    assert [Fraction(str(r["省（元）"])) for r in rows(held.book, "省多少")] == saved
    shown = records(held.paper, "不作这项要求，能省多少")
    assert len(shown) == sum(each > 0 for each in saved) > 1
    assert all(tells(r["省（万元）"], wan(each)) for r, each in zip(shown, saved, strict=False))


@pytest.mark.parametrize("case", CASES)
def test_the_coefficients_are_those_of_the_data(made: dict[str, Written], case: str) -> None:
    held = made[case]
    listed = rows(held.book, "差异系数")
    assert len(listed) == len(held.data["spreads"])
    shown = records(held.paper, "校际差异系数，前后对比")
    assert len(shown) * 2 == len(listed)
    for row, each in zip(listed, held.data["spreads"], strict=True):
        assert abs(row["今天"] - each["before"]) < 1e-6
        assert abs(row["做完以后"] - each["after"]) < 1e-6
        assert row["限值"] == float(Fraction(each["limit"]))


@pytest.mark.parametrize("case", CASES)
def test_the_certificate_is_that_of_the_data(made: dict[str, Written], case: str) -> None:
    held = made[case]
    certificate = held.data["certificate"]
    listed = [(r["代码"], r["今天"], r["做完以后"], r["方案"]) for r in rows(held.book, "证书")]
    lines = [(x["code"], x["before"], x["after"], x["reach"]) for x in certificate["lines"]]
    assert listed == lines
    told = {r["项目"]: r["内容"] for r in records(held.paper, "方案证书")}
    assert told["事实指纹"] == certificate["facts"]
    assert told["方案指纹"] == certificate["plan"]
    assert certificate["code_sha256"] in told["程序版本"]
    assert tells(told["费用"], certificate["cost_yuan"])
    assert tells(told["费用下界"], str(held.data["bound_yuan"]))
    assert held.data["prices"]["source"] == told["价格来源"]
    shown = records(held.paper, "全部指标和一票否决")
    assert len(shown) == 32 + 7
    if case != "two":
        assert [(r["代码"], r["今天"], r["做完以后"], r["方案"]) for r in shown] == lines
    else:
        for row in shown:
            reaches = [x["reach"] for x in certificate["lines"] if x["code"] == row["代码"]]
            counted = {
                name: int(row[name]) for name in ("本方案约束", "已经达标", "不在本方案之内")
            }
            assert counted == {name: reaches.count(name) for name in counted}


def test_what_cannot_be_met_is_named_with_its_figures(made: dict[str, Written]) -> None:
    held = made["short"]
    left = held.data["unmet_after"]
    assert left
    shown = records(held.paper, "达不到的要求")
    assert [r["项目"] for r in shown] == [each["line"] for each in left]
    for row, each in zip(shown, left, strict=True):
        if each["kind"] == "spread":
            found = next(
                s for s in held.data["spreads"]
                if (s["indicator"], s["stage"]) == (each["line"], each["stage"])
            )  # fmt: skip
            assert tells(row["做完以后"], Fraction(str(found["after"])))
    listed = [r for r in rows(held.book, "要求") if r["做完以后"] == "达不到"]
    assert [r["项目"] for r in listed] == [each["line"] for each in left]


@pytest.mark.parametrize("case", CASES)
def test_the_parts_of_the_book_stand_as_the_engine_finds_them(
    made: dict[str, Written], case: str
) -> None:
    held = made[case]
    listed = rows(held.book, "前后对比")
    today, ahead = (
        [part for county in held_counties.counties for part in county.parts]
        for held_counties in (held.study.today, held.study.ahead)
    )
    assert len(listed) == len(today)
    then = {(part.school_code, part.stage.label): part for part in ahead}
    for row, part in zip(listed, today, strict=True):
        after = then[row["学校代码"], row["学段"]]
        for one, other in zip(part.indicators, after.indicators, strict=True):
            key = next(k for k in row if k.startswith(one.indicator) and k.endswith("今天"))
            assert abs(row[key] - float(one.value or 0)) < 1e-6
            assert abs(row[key.replace("今天", "做完以后")] - float(other.value or 0)) < 1e-6


# --- words -------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES)
def test_the_document_warns_and_has_its_sections_and_a_page_to_be_sealed(
    made: dict[str, Written], case: str
) -> None:
    held = made[case]
    text = whole_text(held.paper)
    for word in (NOTICE, "演示数据", "不得用于预算", "审签页", "（盖章）", "junheng plan check"):
        assert word in text
    titles = [title for level, title in headings(held.paper) if level == 1]
    assert titles[:7] == [
        "一、目标与结论", "二、主要措施", "三、经费", "四、实施前后对比", "五、达不到的要求及原因",
        "六、责任分工和进度", "七、证书",
    ]  # fmt: skip
    assert contents(held.paper) == headings(held.paper)


@pytest.mark.parametrize("case", CASES)
def test_no_english_stands_in_document_and_book(made: dict[str, Written], case: str) -> None:
    held = made[case]
    cells = [
        str(cell)
        for sheet in held.book.worksheets
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if isinstance(cell, str)
    ]
    for text in (*whole_text(held.paper).splitlines(), *cells):
        where = text.replace(held.study.answer.plan.settings["limits"] or "\0", "").replace(
            HOSTILE, ""
        )
        assert not LATIN.findall(KNOWN.sub("", where)), text


def test_a_rare_character_stays_as_it_was_filed(made: dict[str, Written]) -> None:
    held = made["short"]
    assert SENTINEL in whole_text(held.paper)
    assert SENTINEL in {row["学校"] for row in rows(held.book, "前后对比")}


# --- as a word processor lays it out -----------------------------------------------------------


@pytest.mark.slow
def test_every_character_is_drawn_in_a_known_font_and_the_last_page_is_to_be_sealed(
    made: dict[str, Written], tmp_path: Path
) -> None:
    held = made["short"]
    book = tmp_path / "册.xlsx"
    shutil.copyfile(held.out / "达标方案.xlsx", book)
    paper, listed = rendered([held.paper, book], tmp_path)
    for pdf in (paper, listed):
        assert fault(pdf) == ""
        told = "".join(asked("pdftotext", pdf).split())
        assert SENTINEL in told
        assert "\ufffd" not in told
    *_, last, after = asked("pdftotext", paper).split("\f")
    assert after == ""
    assert "审签页" in last
    assert last.count("（盖章）") == len(WHO)


def test_new_land_is_told_of_and_listed_school_by_school(made: dict[str, Written]) -> None:
    """A plan may need land that a school does not have: no face of it is silent about that."""
    told = 0
    for held in made.values():
        land = held.data["certificate"]["new_land"]
        assert ("新增用地" in held.book.sheetnames) == bool(land)
        if not land:
            continue
        told += 1
        listed = {
            str(row[1]): Fraction(str(row[3]))
            for row in held.book["新增用地"].iter_rows(values_only=True)
            if isinstance(row[3], int | float)
        }
        assert listed == {each["school"]: Fraction(each["area_m2"]) for each in land}
        sentence = f"{len(land)}所学校的新建体育运动场地超出现有占地"
        assert sentence in whole_text(held.paper)
        assert sentence in (held.out / "达标方案.html").read_text(encoding="utf-8")
    assert told > 1


def test_a_plan_that_the_engine_contradicts_is_never_called_possible(
    made: dict[str, Written], tmp_path: Path
) -> None:
    study = made["one"].study
    doubtful = replace(study, certificate=replace(study.certificate, wrong=("对不上",)))
    assert "不能采用" in headline(doubtful)
    held = Written(doubtful, tmp_path)
    said = [cell for row in held.book.worksheets[0].iter_rows(values_only=True) for cell in row]
    assert "不能采用" in said
    assert "可以达到" not in said


def test_the_change_of_a_return_is_told_in_the_words_of_its_own_form() -> None:
    """The campuses' list has columns of the same names: 校区体育场面积 is not what is built."""
    action = Action(
        "1", "new_sports_ground", 5, "㎡", 2028, Fraction(1), Fraction(0), "新建", "L5",
        effects=(Effect("1", "sports_ground_area_m2", Fraction(5)), Effect("1", "equipment_value_yuan", Fraction(-2))),
    )  # fmt: skip
    assert effect_text(action) == "校内体育场面积+5；教学仪器设备资产值（账面原值）-2"
