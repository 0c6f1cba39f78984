"""A headless Chromium that has never been used before, for tests and benchmarks."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

BINARIES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)


def missing() -> str | None:
    """What is not installed here; None: nothing."""
    from importlib.util import find_spec

    if find_spec("selenium") is None:
        return "selenium is not installed"
    if shutil.which("chromedriver") is None or not any(shutil.which(name) for name in BINARIES):
        return "chromium and chromedriver are not installed"
    return None


@contextmanager
def chromium(profile: Path, width: int, height: int) -> Iterator[Any]:
    """A selenium driver whose page is `width` x `height` pixels; downloads go to `profile`/downloads."""
    from selenium import webdriver
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service

    options = Options()
    options.binary_location = next(path for path in map(shutil.which, BINARIES) if path)
    for argument in (*ARGUMENTS, f"--user-data-dir={profile / 'profile'}"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        downloads = profile / "downloads"
        downloads.mkdir(exist_ok=True)
        driver.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(downloads)})
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        yield driver
    finally:
        driver.quit()
