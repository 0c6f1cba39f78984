"""The page in a real browser: it loads cleanly, a drag moves the curves, what is saved comes back."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from benchmarks.chromium import chromium, missing
from tests.explore.conftest import COLUMNS, Page

import surfgrad as sg

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(missing() is not None, reason=missing() or ""),
]


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with chromium(tmp_path_factory.mktemp("chromium"), 1280, 900) as browser:
        yield browser


@pytest.fixture
def opened(driver: Any, page: Page) -> Iterator[Any]:
    """The page as it begins; afterwards its console must be clean."""
    driver.get(page.explorer.address)
    driver.execute_script("sessionStorage.clear()")
    driver.get(page.explorer.address)
    until(lambda: driver.execute_script("return !!window.explorer?.answer"))
    yield driver
    assert driver.get_log("browser") == []


def until(true: Callable[[], object], seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.02)


def curve(driver: Any, branch: str = "R0") -> str:
    return driver.execute_script(
        f"return document.querySelector('.curve.phase[data-branch={branch}]').getAttribute('d')"
    )


def vs(driver: Any) -> list[float]:
    return driver.execute_script("return explorer.state.model.vs")


def drag(driver: Any, layer: int, dx: int, dy: int = 0, selector: str = "#model-plot .grip") -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    handle = driver.find_elements("css selector", selector)[layer]
    chain = ActionChains(driver, duration=10).click_and_hold(handle)
    for _ in range(5):
        chain.move_by_offset(dx // 5, dy // 5)
    chain.release().perform()
    until(lambda: not driver.execute_script("return explorer.exact.underWay || explorer.exact.waiting"))


def test_it_loads_from_here_alone_and_shows_what_it_was_given(opened: Any, page: Page) -> None:
    names = opened.execute_script("return performance.getEntriesByType('resource').map((each) => each.name)")
    assert len(names) > 10
    assert all(name.startswith(page.origin) for name in names)
    assert {field: opened.execute_script(f"return explorer.state.model.{field}") for field in COLUMNS} == COLUMNS
    assert opened.execute_script("return document.documentElement.scrollWidth <= innerWidth")


def test_a_drag_changes_model_curves_and_kernels_and_is_undone(opened: Any) -> None:
    before, kernel = curve(opened), "return document.querySelector('.kernel.love').getAttribute('d')"
    drawn = opened.execute_script(kernel)
    drag(opened, 1, 40)
    assert vs(opened)[1] > COLUMNS["vs"][1] + 0.05
    assert [vs(opened)[0], vs(opened)[2]] == [COLUMNS["vs"][0], COLUMNS["vs"][2]]
    assert curve(opened) != before
    assert opened.execute_script(kernel) != drawn
    model = opened.execute_script("const m = explorer.state.model; return [m.thickness, m.vp, m.vs, m.rho]")
    exact = sg.phase_velocity(*model, opened.execute_script("return explorer.state.periods"))
    assert opened.execute_script("return explorer.answer.branches[0].phase.values") == exact.tolist()
    opened.find_element("id", "undo").click()
    until(lambda: curve(opened) == before)
    assert vs(opened) == COLUMNS["vs"]
    opened.find_element("id", "redo").click()
    until(lambda: curve(opened) != before)


def test_an_interface_is_dragged(opened: Any) -> None:
    drag(opened, 0, 0, 40, selector="#model-plot .interface")
    thickness = opened.execute_script("return explorer.state.model.thickness")
    assert thickness[0] > 6.0
    assert sum(thickness) == pytest.approx(30.0)


def test_layers_are_split_added_and_removed(opened: Any) -> None:
    for button, layers in (("split", 4), ("add", 5), ("remove", 4), ("undo", 5)):
        opened.find_element("id", button).click()
        assert len(vs(opened)) == layers
    until(lambda: opened.execute_script("return explorer.answer.model.vs.length") == 5)


def test_keys_do_what_the_mouse_does(opened: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    plot = opened.find_element("id", "model-plot")
    plot.send_keys(Keys.ARROW_DOWN, Keys.ARROW_RIGHT)
    assert vs(opened)[1] == pytest.approx(1.01 * COLUMNS["vs"][1])
    plot.send_keys(Keys.CONTROL + "z")
    assert vs(opened) == COLUMNS["vs"]


def test_a_model_that_is_none_gets_the_engines_line_and_the_page_goes_on(opened: Any) -> None:
    field = opened.find_element("id", "field-rho")
    field.clear()
    field.send_keys("-1\t")
    notice = opened.find_element("id", "notice")
    until(notice.is_displayed)
    assert "rho[0]: -1 g/cm3 given" in notice.text
    opened.find_element("id", "undo").click()
    until(lambda: not notice.is_displayed())


def test_a_mode_that_is_missing_says_why(opened: Any) -> None:
    opened.find_element("id", "mode-4").click()
    until(lambda: opened.find_elements("css selector", ".gap[data-branch=R4][data-status=NO_MODE]"))


def test_saved_and_opened_again(opened: Any, tmp_path: Path, driver: Any) -> None:
    drag(opened, 0, -30)
    wanted = vs(opened)
    driver.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    opened.find_element("id", "save-model").click()
    opened.find_element("id", "save-go").click()
    path = tmp_path / "three_layers.mod"
    until(path.exists)
    assert sg.EarthModel.from_file(path).vs.tolist() == wanted
    opened.find_element("id", "undo").click()
    assert vs(opened) == COLUMNS["vs"]
    opened.find_element("id", "open-model").click()
    opened.find_element("id", "open-file").send_keys(str(path))
    opened.find_element("id", "open-go").click()
    until(lambda: vs(opened) == wanted)
    opened.refresh()  # the page itself remembers too
    until(lambda: opened.execute_script("return !!window.explorer?.answer"))
    assert vs(opened) == wanted


def test_plots_fit_their_places_after_these_have_changed(opened: Any) -> None:
    rights = "[...svg.querySelectorAll('.frame')].map((each) => each.getBBox().x + each.getBBox().width)"
    shown = "[...document.querySelectorAll('main svg')].filter((svg) => svg.clientWidth)"
    frames = f"return {shown}.map((svg) => [svg.clientWidth, Math.max(...{rights})])"
    opened.find_element("id", "wave-love").click()  # the Rayleigh map becomes the lowest, with the numbers of the axis
    until(lambda: opened.find_elements("css selector", "#map-rayleigh .label"))
    for width in (800, 1280):
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        opened.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        until(lambda: all(0 < outer - inner < 40 for outer, inner in opened.execute_script(frames)))
        assert opened.execute_script("return document.documentElement.scrollWidth <= innerWidth")
