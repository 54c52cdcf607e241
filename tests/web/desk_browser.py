"""A real browser before the desk: pages opened as a person, looked over for whatever is wrong.

`Desk.open` fails on anything the console says, on a page wider than the screen and on any serious
finding of axe (WCAG 2.2 AA), so every journey checks them on each page that it passes.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

from chromium import DESKTOP, PHONE, chromium
from django.test import Client

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Desk:
    """The browser and the address of the desk."""

    def __init__(self, driver: Any, base: str) -> None:
        self.driver = driver
        self.base = base
        self.shots: Path | None = None
        """Where pictures go, for whoever wants to look."""

    def sign_in(self, client: Client) -> None:
        """Take over the session of a client that has signed in."""
        self.driver.get(f"{self.base}/alive/")
        self.driver.delete_all_cookies()
        self.driver.add_cookie({"name": "sessionid", "value": client.cookies["sessionid"].value})

    def size(self, width: int) -> None:
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width == PHONE},
        )

    def open(self, path: str, width: int = DESKTOP) -> None:
        self.size(width)
        self.driver.get(self.base + path)
        self.look_over(f"{path} at {width}")

    def open_at_both(self, path: str) -> None:
        """The page opened once and looked over at either width; it stays at the width of a phone."""
        self.open(path)
        self.size(PHONE)
        self.look_over(f"{path} at {PHONE}")

    def look_over_at_both(self, where: str) -> None:
        """The page one is on at either width; it stays at the width of a phone."""
        for width in (DESKTOP, PHONE):
            self.size(width)
            self.look_over(f"{where} at {width}")

    def look_over(self, where: str) -> None:
        """The page one is on has no fault. `where` is what a failure is called."""
        said = [
            e["message"] for e in self.driver.get_log("browser") if "favicon" not in e["message"]
        ]
        assert said == [], where
        wider = self.run("return document.documentElement.scrollWidth - innerWidth")
        assert wider <= 0, f"{where} is {wider} px wider than the screen"
        assert self.faults() == [], where
        if self.shots is not None:
            name = "".join(c if c.isalnum() else "_" for c in where)
            self.driver.save_screenshot(str(self.shots / f"{name}.png"))

    def faults(self) -> list[str]:
        """What axe finds: rule, and the first element."""
        if not self.run("return typeof axe === 'object'"):
            axe = files("axe_playwright_python") / "axe.min.js"
            self.driver.execute_script(axe.read_text(encoding="utf-8"))
        found = self.driver.execute_async_script(
            "const done = arguments[arguments.length - 1];"
            "axe.run(document, {runOnly: arguments[0]}).then("
            "  r => done(r.violations.map(v => v.id + ': ' + v.nodes[0].html)),"
            "  e => done([String(e)]))",
            RULES,
        )
        return list(found)

    def run(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)

    def find(self, selector: str) -> Any:
        return self.driver.find_element("css selector", selector)

    def type(self, name: str, text: str) -> None:
        """Into the field of this name."""
        field = self.find(f"[name={name}]")
        field.clear()
        field.send_keys(text)

    def click(self, text: str) -> None:
        """The link or button with this text; waits for the next page to be there."""
        found = [
            each
            for each in self.driver.find_elements(
                "css selector", "main a, main button, header a, header button"
            )
            if each.text.strip() == text
        ]
        assert found, f"no link or button {text!r}"
        old = self.find("html")
        found[0].click()
        self.wait(lambda: self._left(old))

    def _left(self, old: Any) -> bool:
        """Whether the page that `old` was the root of has gone, and the next is there."""
        from selenium.common.exceptions import WebDriverException

        try:
            old.is_enabled()
        except WebDriverException:
            return bool(self.run("return document.readyState") == "complete")
        return False

    def wait(self, condition: Any) -> None:
        from selenium.webdriver.support.ui import WebDriverWait

        WebDriverWait(self.driver, 20).until(lambda _: condition())

    @property
    def text(self) -> str:
        return str(self.find("main").text)


@contextmanager
def opened(base: str) -> Iterator[Desk]:
    """Skips where there is no Chromium."""
    with chromium("工作台") as driver:
        driver.set_script_timeout(60)
        desk = Desk(driver, base)
        if folder := os.environ.get("JUNHENG_SHOTS"):
            desk.shots = Path(folder)
        yield desk
