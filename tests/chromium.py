"""A headless Chromium with its driver, for tests that look at pages as a person does."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

DESKTOP, PHONE = 1280, 390
"""Widths in pixels."""
OPTIONS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
    "--hide-scrollbars", "--lang=zh-CN", "--disable-background-networking", "--no-first-run",
    "--disable-component-update", "--disable-sync", "--disable-default-apps",
)  # fmt: skip


@contextmanager
def chromium(what: str) -> Iterator[Any]:
    """The driver. Skips the test where Chromium, its driver or selenium are not installed; `what`
    could then not be opened."""
    webdriver = pytest.importorskip("selenium.webdriver")
    from selenium.webdriver.chrome.service import Service

    found, chromedriver = shutil.which("chromium"), shutil.which("chromedriver")
    if found is None or chromedriver is None:
        pytest.skip(f"没有 chromium 或 chromedriver，不能打开{what}")
    options = webdriver.ChromeOptions()
    options.binary_location = found
    for option in OPTIONS:
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(chromedriver))
    try:
        yield driver
    finally:
        driver.quit()
