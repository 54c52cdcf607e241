"""A headless Chromium for the web report: one a test run, at desktop or phone width."""

import base64
import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from chromium import DESKTOP, PHONE, chromium


class Browser:
    """A page opened from a file, as a person has it."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver
        self.path = Path()

    def open(self, path: Path, width: int = DESKTOP) -> None:
        phone = width == PHONE
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": phone},
        )
        self.path = path
        self.driver.get("about:blank")
        self.driver.get(path.as_uri())
        self.complaints()

    def go(self, address: str) -> None:
        """Type another address behind the #."""
        self.run("location.hash = arguments[0]", address)
        self.wait("document.title.length > 0")

    def run(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)

    def wait(self, condition: str) -> None:
        from selenium.webdriver.support.ui import WebDriverWait

        WebDriverWait(self.driver, 20).until(lambda _: self.run(f"return {condition}"))

    def click(self, text: str, within: str = "main") -> None:
        """Click the link or button with this text, and wait for the page that it opens."""
        before = self.run("return location.hash")
        found = self.run(
            "return [...document.querySelectorAll(arguments[0] + ' a, ' + arguments[0] + ' button')]"
            ".find(e => e.textContent.trim().startsWith(arguments[1]))",
            within, text,
        )  # fmt: skip
        assert found is not None, f"no link {text!r} in {within}"
        is_link = found.tag_name == "a"
        self.run(
            "arguments[0].scrollIntoView({block: 'center'}); arguments[0].dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}))",
            found,
        )
        if is_link:
            self.wait(f"location.hash !== {json.dumps(before)}")
            self.run("return new Promise(done => setTimeout(done, 30))")

    def choose(self, name: str, value: str) -> None:
        """Choose in a filter."""
        self.run(
            "const s = document.getElementById('filter-' + arguments[0]); s.value = arguments[1];"
            "s.dispatchEvent(new Event('change'))",
            name, value,
        )  # fmt: skip
        self.run("return new Promise(done => setTimeout(done, 60))")

    def text(self, selector: str) -> str:
        found: str = self.run("return document.querySelector(arguments[0]).innerText", selector)
        return found

    def rows(self, caption: str) -> list[list[str]]:
        """Body cells of the table with this caption, as they stand on the screen."""
        found: list[list[str]] = self.run(
            "const t = [...document.querySelectorAll('table')].find(e => e.caption.textContent === arguments[0]);"
            "return [...t.tBodies[0].rows].map(r => [...r.cells].map(c => c.innerText.replace(/\\s+/g, ' ').trim()))",
            caption,
        )  # fmt: skip
        return found

    def too_wide(self) -> int:
        found: int = self.run("return document.documentElement.scrollWidth - innerWidth")
        return found

    def complaints(self) -> list[str]:
        """What the console said since it was last asked."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def printed_pages(self, folder: Path) -> int:
        """How many sheets the page prints on."""
        made = self.driver.execute_cdp_cmd(
            "Page.printToPDF", {"preferCSSPageSize": True, "printBackground": True}
        )
        (folder / "page.pdf").write_bytes(base64.b64decode(made["data"]))
        told = subprocess.run(
            ["pdfinfo", str(folder / "page.pdf")], capture_output=True, text=True, check=True
        ).stdout
        return int(told.partition("Pages:")[2].split()[0])


@contextmanager
def browser() -> Iterator[Browser]:
    """Skips the test where there is no Chromium."""
    with chromium("网页报告") as driver:
        yield Browser(driver)
