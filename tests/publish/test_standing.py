"""Rules in the terminal: who said what, readable at 120 columns, nothing without its Chinese name."""

from datetime import date
from io import StringIO
from typing import get_args

import msgspec
import pytest
from rich.cells import cell_len
from rich.console import Console, RenderableType

from junheng import publish
from junheng.publish import rule_words
from junheng.publish.rule_words import (
    COMPARATORS,
    FIELD_WORDS,
    KIND_WORDS,
    field_name,
    number_names,
    numbers_told,
)
from junheng.standards import (
    KINDS,
    Clause,
    Mechanism,
    Ordered,
    Relaxation,
    Switch,
    Target,
    difference,
    difference_of_documents,
    documents,
    in_force,
    show,
)
from junheng.standards.promises import Comparator

ON = date(2026, 9, 1)
JINSHUI = "410105"
LAW = "教督〔2017〕6号"


def shown(view: RenderableType, width: int = 120) -> str:
    console = Console(file=StringIO(), record=True, width=width, highlight=False)
    console.print(view)
    return console.export_text()


@pytest.mark.parametrize("place", [JINSHUI, "410100"])
def test_a_list_fits_a_hundred_and_twenty_columns_and_cuts_nothing(place):
    text = shown(publish.show_standing(in_force(place, ON), place, ON))
    assert max(cell_len(line.rstrip()) for line in text.splitlines()) <= 120
    assert "…" not in text.replace("…", "", documents_ellipses())


def documents_ellipses() -> int:
    return sum(str(document).count("…") for document in documents().values())


def test_a_list_says_where_when_who_what_and_how_sure():
    found = in_force(JINSHUI, ON)
    text = shown(publish.show_standing(found, JINSHUI, ON))
    assert f"金水区（410105）在 2026-09-01 有效的要求：{len({i.document.name for i in found})}份文件，{len(found)}条" in text  # fmt: skip
    for item in found:
        assert item.code in text
        assert item.document.name in text.replace("\n", "")
    for part in (
        "小学≥7.5㎡",
        "＜0.15",
        "S2 G2 G4 G5",
        "与原文核对：未核对",
        "默认关闭的原因",
        "H＝高",
    ):
        assert part in text


def test_a_code_is_shown_with_formula_readings_relaxations_and_question():
    text = shown(publish.show_opened(show("L5"), [("生均面积", "面积÷学生数")]))
    for part in (
        "L5　生均体育运动场馆面积",
        "· 生均面积：面积÷学生数",
        "限值 L5　教督〔2017〕6号",
        "小学≥7.5㎡、初中≥10.2㎡",
        "每所学校提交",
        "条号未核对；来源：S2 G2 G4 G5 G6 G12；可信度：H",
        "未决口径（",
        "请示问题  Q1",
        "可用的例外（2项）",
        "步行时间上限（分钟）：10",
    ):
        assert part in text


@pytest.mark.parametrize("code", ["C03.2", "D01", "M01", "campus", "X5", "SR1", "GV3-SUM"])
def test_every_kind_of_thing_can_be_shown(code):
    text = shown(publish.show_opened(show(code)), 80)
    assert code in text
    assert max(cell_len(line.rstrip()) for line in text.splitlines()) <= 80


def test_a_difference_says_both_sides_and_every_field():
    law = documents()[LAW]
    (l5,) = [c for c in law.clause if c.code == "L5"]
    raised = msgspec.structs.replace(l5, at_least={"primary": "8.0", "junior": "10.2"})
    others = tuple(c for c in law.clause if c.code not in ("L5", "L6"))
    changed = msgspec.structs.replace(law, clause=(raised, *others), repealed=date(2030, 1, 1))
    text = shown(publish.show_difference(difference_of_documents(law, changed), "旧", "新"))
    for part in ("甲：旧", "乙：新", "废止日期", "2030-01-01", "甲有、乙没有（1条）", "L6",
                 "内容不同（1条）", "不低于·小学", "7.5", "8.0"):  # fmt: skip
        assert part in text
    assert "乙有、甲没有" not in text


def test_no_difference_is_said_so():
    found = in_force(JINSHUI, ON, kinds=["limit"])
    assert "没有差别" in shown(publish.show_difference(difference(found, found), "一", "二"))


# --- words -------------------------------------------------------------------------------------


def test_every_number_of_a_rule_file_has_a_chinese_name():
    used = {
        key
        for document in documents().values()
        for each in (*document.clause, *document.relaxation)
        for numbers in (
            each.numbers,
            *(getattr(each, name, {}) for name in rule_words.COMPARISONS),
        )
        for key in numbers
    }
    assert used - set(number_names()) == set()


def test_every_kind_comparator_and_field_has_a_chinese_name():
    assert set(KIND_WORDS) == {*KINDS, "scope_set"}
    assert set(COMPARATORS) == {*get_args(Comparator)}
    structs = (Clause, Relaxation, Switch, Target, Ordered, Mechanism)
    fields = {field.name for struct in structs for field in msgspec.structs.fields(struct)}
    assert fields - set(FIELD_WORDS) == set()


def test_a_number_is_told_with_the_unit_of_what_is_measured():
    told = {c.code: numbers_told(c) for c in documents()[LAW].clause}
    assert told["L6"] == ["小学≥2000元", "初中≥2500元"]
    assert told["GV13"] == ["小学≥100%", "初中≥95%"]
    assert told["GV5"] == ["小学≤45人", "初中≤50人"]
    assert told["QL9-DIFFERENCE"] == ["＜0.15"]


@pytest.mark.parametrize(
    ("dotted", "name"),
    [
        ("at_least.primary", "不低于·小学"),
        ("below.all", "低于"),
        ("numbers.own_key", "数字·own_key"),
        ("option.weighted.label", "读法·weighted·名称"),
        ("unknown", "unknown"),
    ],
)
def test_a_field_is_named_in_words(dotted, name):
    assert field_name(dotted) == name
