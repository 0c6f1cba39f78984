"""The explorer's latency: from a mouse move to the redrawn curves and kernels, in headless Chromium.

Run from the repository root: `python -m benchmarks.explorer [moves] [--screenshots FOLDER]`. Ten layers, 60 periods,
both waves: phase and group velocity, ellipticity, kernels. A layer is dragged to and fro by `moves` mouse events, 25 ms
apart. Each event that led to a frame is timed from the browser's own time stamp of the event to the end of drawing
("drawn") and to the first task after the frame was handed on ("shown"). Events overtaken by the next one are never sent
to the engine: their share is "dropped". On a busy machine look at the load beside the numbers.
"""

import argparse
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.chromium import chromium, missing

from surfgrad import EarthModel
from surfgrad.explore.serve import Explorer
from surfgrad.explore.session import Session

TARGET = 50.0
"""ms, of the median shown."""
SIZES = ((1280, 900), (800, 1080))


def ten_layers() -> EarthModel:
    """A crust and mantle of ten layers, the half-space included."""
    vs = np.linspace(2.5, 4.6, 10)
    return EarthModel(np.append(np.full(9, 6.0), 0.0), 1.75 * vs, vs, 0.77 + 0.55 * vs, name="ten layers")


@contextmanager
def serving(session: Session) -> Iterator[Explorer]:
    """A running explorer."""
    explorer = Explorer(session)
    thread = threading.Thread(target=explorer.run, daemon=True)
    thread.start()
    yield explorer
    explorer.stop()
    thread.join(timeout=10)


def wait_for_curves(driver: Any) -> None:
    """Until the page has drawn a first answer; the engine may have to be compiled."""
    end = time.monotonic() + 120.0
    while not driver.execute_script("return !!window.explorer?.answer"):
        if time.monotonic() > end:
            raise SystemExit("the page has not drawn anything within two minutes")
        time.sleep(0.1)


def drag(driver: Any, moves: int) -> None:
    """Drag the fourth layer's value to and fro."""
    from selenium.webdriver.common.action_chains import ActionChains

    grip = driver.find_elements("css selector", "#model-plot .grip")[3]
    chain = ActionChains(driver, duration=25).click_and_hold(grip)
    for i in range(moves):
        chain.move_by_offset(2 if (i // 20) % 2 else -2, 0)
    chain.release().perform()
    time.sleep(0.5)


def report(frames: list[dict[str, float]], moves: int) -> None:
    """Print the table."""
    load = os.getloadavg()[0]
    dropped = 1 - len(frames) / moves
    print(f"{moves} moves, {len(frames)} frames, {dropped:.0%} dropped; load {load:.1f} on {os.cpu_count()} cores")
    for name in ("drawn", "shown"):
        times = sorted(frame[name] - frame["moved"] for frame in frames if frame[name] is not None)
        nine = times[int(0.9 * len(times))]
        print(f"  mouse move to {name}: median {statistics.median(times):5.1f} ms, nine in ten below {nine:5.1f} ms")
    median = statistics.median(frame["shown"] - frame["moved"] for frame in frames if frame["shown"] is not None)
    print(f"  target {TARGET:.0f} ms: {'met' if median <= TARGET else 'NOT MET'}")


def main() -> None:
    """Drag, and print how long it took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("moves", nargs="?", type=int, default=400)
    parser.add_argument("--screenshots", type=Path, help="folder for pictures of the page, 1280 and 800 pixels wide")
    options = parser.parse_args()
    if (words := missing()) is not None:
        raise SystemExit(words)
    with tempfile.TemporaryDirectory() as folder, serving(Session(model=ten_layers())) as explorer:
        with chromium(Path(folder), *SIZES[0]) as driver:
            driver.get(explorer.address)
            wait_for_curves(driver)
            drag(driver, 40)  # compiled, cached, warm
            driver.execute_script("explorer.frames.length = 0")
            drag(driver, options.moves)
            report(driver.execute_script("return explorer.frames"), options.moves)
        for width, height in SIZES if options.screenshots else ():
            with tempfile.TemporaryDirectory() as profile, chromium(Path(profile), width, height) as driver:
                driver.get(explorer.address)
                wait_for_curves(driver)
                driver.save_screenshot(str(options.screenshots / f"explorer_{width}.png"))


if __name__ == "__main__":
    main()
