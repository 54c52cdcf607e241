"""Results and runs in a real browser: no complaint, no fault of axe, one sheet for the leader."""

import base64
import re
from pathlib import Path
from typing import Any

import pytest
from assessed import assessed
from desk_browser import opened
from desk_cast import load_cast
from django.urls import reverse

from junheng.web.actions.runs import queue_run
from junheng.web.roles import Role

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_every_page_of_a_result_is_faultless_at_both_sizes(live_server: Any) -> None:
    cast = load_cast()
    run, trial = assessed(cast), assessed(cast, official=False)
    code, school = cast.counties[0].code, cast.schools[0].code
    pages = [
        reverse(name, args=[run.pk, *args])
        for name, *args in (
            ("drill-city",), ("drill-leader",), ("drill-county", code), ("drill-matrix", code),
            ("drill-shortfalls", code), ("drill-line", code, "L5"), ("drill-line", code, "GV3"),
            ("drill-line", code, "VT1"), ("drill-school", school), ("drill-cells", school, "L5"),
            ("drill-cells", school, "GV3"), ("drill-filed", school),
            ("drill-cell", school, "sports_ground_area_m2"), ("run",),
        )
    ]  # fmt: skip
    pages += [reverse("runs"), reverse("new-run"), reverse("targets")]
    pages += [reverse("new-run-of", args=[kind]) for kind in ("assessment", "compliance", "years")]
    pages += [f"{reverse('runs-beside')}?one={run.pk}&other={trial.pk}"]
    with opened(live_server.url) as desk:
        desk.sign_in(cast.client(Role.CITY_OFFICER))
        for path in pages:
            desk.open_at_both(path)


def test_one_drills_from_the_city_to_the_cell_by_clicking(live_server: Any) -> None:
    cast = load_cast()
    assessed(cast)
    with opened(live_server.url) as desk:
        desk.sign_in(cast.client(Role.CITY_LEADER))
        desk.open("/")
        for words in ("结论", "甲县", "学校矩阵", "甲县第一小学"):
            link = desk.run(
                "return [...document.querySelectorAll('nav.menu a, main a:not(svg a)')]"
                ".find(e => e.textContent.trim().startsWith(arguments[0])"
                " || (arguments[0].endsWith('小学') && e.href.includes('/school/')))",
                words,
            )
            assert link is not None, words
            desk.driver.get(link.get_attribute("href"))
            desk.look_over(words)
        desk.driver.get(re.sub(r"school/(\d+)/.*", r"school/\1/L5/", desk.driver.current_url))
        assert "代入" in desk.text
        filed = desk.run("return document.querySelector('main table a[href*=\"/filed/\"]').href")
        desk.driver.get(filed)
        assert "单元格" in desk.text


def test_the_leaders_page_prints_on_one_sheet(live_server: Any, tmp_path: Path) -> None:
    cast = load_cast()
    run = assessed(cast)
    with opened(live_server.url) as desk:
        desk.sign_in(cast.client(Role.CITY_LEADER))
        desk.open(reverse("drill-leader", args=[run.pk]))
        made = desk.driver.execute_cdp_cmd(
            "Page.printToPDF", {"preferCSSPageSize": True, "printBackground": True}
        )
        pages = re.findall(rb"/Type\s*/Page\b", base64.b64decode(made["data"]))
        assert len(pages) == 1


def test_a_waiting_run_is_followed_without_reloading(live_server: Any) -> None:
    cast = load_cast()
    by = cast.people[Role.CITY_OFFICER, "own"]
    run = queue_run(kind="years", title="历年", office=cast.city, by=by)
    with opened(live_server.url) as desk:
        desk.sign_in(cast.client(Role.CITY_OFFICER))
        desk.open(reverse("run", args=[run.pk]))
        from junheng.web.models import Run

        Run.objects.filter(pk=run.pk).update(state="running", permille=420, doing="逐年评估")
        desk.wait(lambda: "进行中 42%：逐年评估" in desk.text)
        desk.look_over("a run under way")
        desk.click("取消")
        assert "已取消" in desk.text
