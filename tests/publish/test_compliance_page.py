"""The page of a compliance plan: its numbers are those of 方案.json, it loads nothing, it fits the screen."""

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from browsing import DESKTOP, PHONE, Browser, browser
from compliance_cases import HOSTILE, held_short, one_county
from page_reading import Page

from junheng.publish.html.compliance import compliance_page
from junheng.studies import ComplianceStudy

pytestmark = pytest.mark.slow

PAGES = ("", "actions", "money", "matrix", "certificate")
VISIBLE = re.compile(r"[A-Za-z]{3,}")
KNOWN = re.compile(r"[0-9a-f]{40,}|junheng plan check|方案\.json|\.toml|CSV|CV|--frontier|--what-if|[A-Z]{2}\d+")  # fmt: skip


class Drawn:
    def __init__(self, study: ComplianceStudy) -> None:
        self.study = study
        self.page = Page(compliance_page(study))
        self.shown: Any = self.page.blocks["data"]
        self.data: Any = json.loads(json.dumps(study.record))


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Drawn:
    return Drawn(one_county(tmp_path_factory.mktemp("one")))


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Drawn:
    return Drawn(held_short(tmp_path_factory.mktemp("short")))


@pytest.fixture(params=["one", "short"])
def drawn(request: pytest.FixtureRequest) -> Drawn:
    found: Drawn = request.getfixturevalue(request.param)
    return found


def money(text: str) -> Fraction:
    return Fraction(text.replace(",", ""))


# --- numbers -----------------------------------------------------------------------------------


def test_the_actions_are_those_of_the_data(drawn: Drawn) -> None:
    shown = [(row[1], row[2], row[3], row[4], money(row[5]), money(row[6]), row[8]) for row in drawn.shown["actions"]]  # fmt: skip
    assert shown == [
        (a["school"], a["year"], a["what"], f"{a['amount']:,}{a['unit']}", Fraction(a["cost_yuan"]),
         Fraction(a["yearly_cost_yuan"]), a["clause"])
        for a in drawn.data["plan"]["actions"]
    ]  # fmt: skip
    assert sum(money(row[7]) for row in drawn.shown["actions"]) == Fraction(drawn.data["cost_yuan"])
    assert sum(money(row[3]) for row in drawn.shown["money"]) == Fraction(drawn.data["cost_yuan"])


def test_the_frontier_is_that_of_the_data(drawn: Drawn) -> None:
    for name in ("frontier", "what_if"):
        assert len(drawn.shown[name]) == len(drawn.data[name])
        for shown, point in zip(drawn.shown[name], drawn.data[name], strict=True):
            assert abs(money(shown["budget"]) - Fraction(point["budget_yuan"])) <= Fraction(1, 2)
            assert abs(Fraction(shown["at"]) * 10_000 - Fraction(point["budget_yuan"])) <= 50
            assert (shown["unmet"], shown["fewest"]) == (point["unmet"], point["unmet_at_least"])
            assert shown["schools"] == [point["schools_passing"], point["schools"]]
            assert shown["lines"] == [point["lines_passing"], point["lines"]]
    assert len(drawn.shown["frontier"]) >= 4


def test_the_certificate_and_the_coefficients_are_those_of_the_data(drawn: Drawn) -> None:
    certificate = drawn.data["certificate"]
    assert [row[1:2] + row[3:] for row in drawn.shown["lines"]] == [
        [x["code"], x["before"], x["after"], x["reach"]] for x in certificate["lines"]
    ]
    assert drawn.shown["holds"] is certificate["holds"] is True
    told = dict(drawn.shown["certificate"])
    assert (told["事实指纹"], told["方案指纹"]) == (certificate["facts"], certificate["plan"])
    for row, each in zip(drawn.shown["spreads"], drawn.data["spreads"], strict=True):
        places = len(row[7].partition(".")[2])
        assert (row[1], row[2]) == (each["stage"], each["indicator"])
        assert row[7] == f"{each['after']:.{places}f}"


def test_what_stays_unmet_is_named(short: Drawn) -> None:
    left = [row for row in short.shown["requirements"] if row[4] == "达不到"]
    assert [row[3] for row in left] == [each["line"] for each in short.data["unmet_after"]]
    assert short.shown["unmet"] == [
        len(short.data["unmet_before"]),
        len(short.data["unmet_after"]),
    ]


# --- form --------------------------------------------------------------------------------------


def test_the_page_loads_nothing_and_runs_only_its_own_code(drawn: Drawn) -> None:
    page = drawn.page
    outside = set(re.findall(r"(?:https?:)?//[\w.-]+\.[a-z]{2,}[^\s\"'<]*", page.without_data))
    assert outside == {"http://www.w3.org/2000/svg"}
    assert not re.search(r"\b(?:src|href)=[\"'](?!#)", page.without_data)
    policy = page.policy
    assert policy["default-src"] == ["'none'"]
    for rule, tag in (("script-src", "script"), ("style-src", "style")):
        (body,) = page.inline(tag)
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert policy[rule] == [f"'sha256-{digest}'"]
    assert compliance_page(drawn.study) == page.text


def test_a_hostile_name_stays_data(short: Drawn) -> None:
    assert HOSTILE in [part["t"] for part in short.shown["parts"]]
    assert "<img" not in short.page.text
    assert short.page.text.count("</script>") == short.page.text.count("<script")


# --- in a browser ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as found:
        yield found


@pytest.fixture(scope="module")
def files(one: Drawn, short: Drawn, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("page")
    found = {"one": folder / "one.html", "short": folder / "short.html"}
    for name, drawn in (("one", one), ("short", short)):
        found[name].write_text(drawn.page.text, encoding="utf-8")
    return found


@pytest.mark.slow
@pytest.mark.parametrize("width", [DESKTOP, PHONE])
@pytest.mark.parametrize("which", ["one", "short"])
def test_every_page_fits_the_screen_warns_and_speaks_chinese(
    chromium: Browser, files: dict[str, Path], which: str, width: int
) -> None:
    chromium.open(files[which], width)
    for name in (*PAGES, "nowhere"):
        chromium.go(f"#/{name}")
        chromium.run("return new Promise(done => setTimeout(done, 60))")
        assert chromium.too_wide() <= 0, name
        assert chromium.text("h1"), name
        assert chromium.text(".mark") == "演示数据"
        assert "不得用于预算" in chromium.text(".warning")
        assert not chromium.complaints(), name
        said = chromium.text("body").replace(HOSTILE, "").replace("限制.toml", "")
        said = re.sub(r"/\S+/", "", said)
        assert not VISIBLE.findall(KNOWN.sub("", said)), name


@pytest.mark.slow
def test_filters_narrow_the_actions_and_add_up_their_cost(
    chromium: Browser, files: dict[str, Path], one: Drawn
) -> None:
    chromium.open(files["one"])
    chromium.go("#/actions")
    clause = one.shown["actions"][0][8]
    chromium.choose("clause", clause)
    held = [row for row in one.shown["actions"] if row[8] == clause]
    assert len(chromium.rows(f"{one.shown['unit']}：措施清单")) == len(held)
    cost = sum(money(row[7]) for row in held)
    assert f"{len(held)} / {len(one.shown['actions'])}项，{int(cost):,}元" in chromium.text(
        "#status"
    )


@pytest.mark.slow
def test_a_point_of_the_chart_tells_what_its_money_does(
    chromium: Browser, files: dict[str, Path], one: Drawn
) -> None:
    chromium.open(files["one"])
    point = one.shown["frontier"][2]
    chromium.go("#/money")
    chromium.choose("at", point["budget"])
    told = chromium.text(".rule")
    assert f"经费{point['budget']}元，用去{point['cost']}元" in told
    assert f"达不到的要求{point['unmet']}项" in told
    circles = chromium.run("return document.querySelectorAll('.drawing circle').length")
    assert circles >= 3 * len(one.shown["frontier"])
