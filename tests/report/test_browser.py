"""The report in a real browser, from disk: a clean console, an explorer that answers, tables to save, a print."""

import base64
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from benchmarks.chromium import chromium, missing
from tests.report import fabricated

from surfgrad.report.page import write_report

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(missing() is not None, reason=missing() or ""),
]


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("chromium")


@pytest.fixture(scope="module")
def driver(room: Path) -> Iterator[Any]:
    report = write_report(fabricated.write_study(room / "study"))
    with chromium(room, 1280, 900) as browser:
        browser.get(report.as_uri())
        yield browser


@pytest.fixture(autouse=True)
def clean(driver: Any) -> Iterator[None]:
    """Nothing may complain, at loading or later."""
    yield
    assert driver.get_log("browser") == []


def choose(driver: Any, which: str, value: str) -> None:
    driver.execute_script(
        "const box = document.getElementById(arguments[0]); box.value = arguments[1];"
        "box.dispatchEvent(new Event('change'))",
        f"explorer-{which}",
        value,
    )


def curves(driver: Any) -> dict[str, str]:
    return driver.execute_script(
        "const all = [...document.querySelectorAll('path[data-forward]')];"
        "return Object.fromEntries(all.map((each) => [each.dataset.forward, each.getAttribute('d')]))"
    )


def said(driver: Any) -> str:
    return driver.find_element("id", "explorer-said").text


def test_it_loads_and_fits(driver: Any) -> None:
    assert driver.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    assert driver.execute_script(
        "return performance.getEntriesByType('resource').every((e) => e.name.startsWith('data:'))"
    )
    assert driver.execute_script("return [...document.images].every((each) => each.complete && each.naturalWidth > 0)")
    assert driver.find_element("id", "explorer-box").is_displayed()
    choose(driver, "period", "1")
    assert set(curves(driver)) == {"exact", *fabricated.SURROGATES}


def test_the_explorer_answers(driver: Any) -> None:
    choose(driver, "set", "1")
    choose(driver, "wave", "1")
    choose(driver, "parameter", "2")
    choose(driver, "period", "2")
    before = curves(driver)
    assert "Love density kernel at 14 s, model 5 of weak <script>alert(1)</script> prior" in said(driver)
    choose(driver, "forward", "1")
    assert set(curves(driver)) == {"exact", fabricated.SURROGATES[0]}
    assert curves(driver)["exact"] != before["exact"]  # another range, since the wrong sign is gone
    assert "relative L2 0.5" in driver.find_element("id", "explorer-legend").text
    choose(driver, "forward", "all")
    assert curves(driver) == before


def test_a_kernel_that_does_not_exist_is_said_not_drawn(driver: Any) -> None:
    for which, value in (("set", "0"), ("wave", "0"), ("parameter", "0"), ("period", "2"), ("forward", "all")):
        choose(driver, which, value)
    assert curves(driver) == {}
    assert driver.find_element("id", "explorer-legend").text.count("no kernel") == len(fabricated.SURROGATES)
    choose(driver, "period", "0")
    assert len(curves(driver)) == 1 + len(fabricated.SURROGATES)


def test_a_curve_is_where_its_numbers_are(driver: Any) -> None:
    """Second route: the first layer's value by the axis' own ticks."""
    for which, value in (("set", "1"), ("period", "0"), ("forward", "1")):
        choose(driver, which, value)
    found = driver.execute_script("return explorer.kernel(explorer.data.sets[1], 1, 0, 0, 0)")
    truth = fabricated.kernels()["kernel"].values[1, 1, 0, 0, 0, :-1]
    assert found == pytest.approx(truth, abs=1e-3)
    ticks = driver.execute_script(
        "const all = [...document.querySelectorAll('#explorer-plot text[text-anchor=middle]')];"
        "const ticks = all.filter((each) => !isNaN(Number(each.textContent))).slice(0, 2);"
        "return ticks.map((each) => [Number(each.textContent), Number(each.getAttribute('x'))])"
    )
    (low, x_low), (high, x_high) = ticks
    x = float(curves(driver)[fabricated.SURROGATES[0]].split(",")[0][1:])
    assert low + (x - x_low) / (x_high - x_low) * (high - low) == pytest.approx(truth[0], abs=0.01)


def test_tables_are_saved(driver: Any, room: Path) -> None:
    buttons = driver.find_elements("css selector", "button.csv")
    assert len(buttons) == len(driver.find_elements("css selector", "main table"))
    driver.execute_script("arguments[0].click()", driver.find_element("css selector", ".matrix button.csv"))
    end = time.monotonic() + 20
    while not (found := list((room / "downloads").glob("*.csv"))):
        assert time.monotonic() < end, "nothing was saved"
        time.sleep(0.05)
    lines = found[0].read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith('"judged on","2–5","5–10"')
    assert any("fail" in each for each in lines)


def test_their_buttons_take_no_place_from_the_tables(driver: Any) -> None:
    left = "return document.querySelector(arguments[0]).getBoundingClientRect().left"
    assert driver.execute_script(left, ".matrix") == driver.execute_script(left, ".matrices")


def test_the_overview_fits_the_page(driver: Any) -> None:
    room = "const all = document.querySelector('.overview').parentElement; return all.scrollWidth - all.clientWidth"
    assert driver.execute_script(room) <= 0


def test_it_prints(driver: Any) -> None:
    printed = driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    document = base64.b64decode(printed["data"])
    assert document.startswith(b"%PDF-")
    assert document.count(b"/Type /Page\n") + document.count(b"/Type /Page ") + document.count(b"/Type/Page") >= 3
