"""A headless Chromium with its driver, for tests that look at pages as a person does."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
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
    """The driver of a browser that remembers nothing. Skips the test where Chromium, its driver or
    selenium are not installed; `what` could then not be opened."""
    pytest.importorskip("selenium.webdriver")
    found, chromedriver = shutil.which("chromium"), shutil.which("chromedriver")
    if found is None or chromedriver is None:
        pytest.skip(f"没有 chromium 或 chromedriver，不能打开{what}")
    driver = _started(found, chromedriver)
    try:
        yield driver
    finally:
        address = driver.execute_script("return location.origin")
        driver.get("about:blank")
        for command, told in (
            ("Storage.clearDataForOrigin", {"origin": address, "storageTypes": "all"}),
            ("Network.clearBrowserCookies", {}),
            ("Emulation.clearDeviceMetricsOverride", {}),
        ):
            driver.execute_cdp_cmd(command, told)
        driver.get_log("browser")


@cache
def _started(chromium: str, chromedriver: str) -> Any:
    """The one browser of this process: to start it takes as long as to look at many pages."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for option in OPTIONS:
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options=options, service=Service(chromedriver))


@pytest.fixture(scope="session", autouse=True)
def _chromium_is_ended() -> Iterator[None]:
    """With the last test of the process."""
    yield
    end()


def end() -> None:
    """Close the browser of this process, where it has one."""
    if _started.cache_info().currsize:
        _started(str(shutil.which("chromium")), str(shutil.which("chromedriver"))).quit()
        _started.cache_clear()
