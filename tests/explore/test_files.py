"""Files through the page come back as they were, in every format; what is wrong in one is named by its line."""

from pathlib import Path
from urllib.parse import urlencode

import numpy as np
import pytest
from tests.explore.conftest import COLUMNS, PERIODS, Page

import surfgrad as sg

MODEL_FORMATS = [("model96", "km"), ("csv", "km"), ("csv", "si"), ("geopsy", "si"), ("nd", "km"), ("tvel", "km")]
CURVE_FORMATS = [("csv", "km"), ("csv", "si"), ("surf96", "km"), ("geopsy", "si"), ("geopsy2", "si")]
RAYLEIGH = [{"wave": "rayleigh", "mode": 0}]


def opened(page: Page, what: str, content: str, **options: object) -> tuple[int, object]:
    return page.post(f"open/{what}?{urlencode(options)}", content.encode())


def save_curves(page: Page, **changes: object) -> tuple[int, dict]:
    asked = {"model": COLUMNS, "name": "own", "periods": PERIODS, "branches": RAYLEIGH, "kinds": ["phase"]}
    return page.post("save/curves", asked | {"format": "csv", "units": "km"} | changes)


@pytest.mark.parametrize(("form", "units"), MODEL_FORMATS)
def test_a_saved_model_opens_as_it_was(page: Page, form: str, units: str) -> None:
    status, saved = page.post("save/model", {"model": COLUMNS, "name": "my crust", "format": form, "units": units})
    assert status == 200
    status, again = opened(page, "model", saved["text"], name=saved["name"], units=units)
    assert status == 200
    assert {field: again[field] for field in COLUMNS} == COLUMNS  # type: ignore[index]


@pytest.mark.parametrize(("form", "units"), CURVE_FORMATS)
def test_saved_curves_open_as_they_were(page: Page, form: str, units: str) -> None:
    status, saved = save_curves(page, format=form, units=units, sigma=0.02)
    assert status == 200, saved
    status, again = opened(page, "curves", saved["text"], name=saved["name"], units=units)
    assert status == 200, again
    assert again["period_s"] == PERIODS  # type: ignore[index]
    assert again["value"] == sg.phase_velocity(*COLUMNS.values(), PERIODS).tolist()  # type: ignore[index]
    assert again["sigma"] == [0.02] * 3  # type: ignore[index]


def test_surf96_without_a_sigma_is_refused(page: Page) -> None:
    assert save_curves(page, format="surf96") == (400, "sigma: none given; SURF96 needs one in each row")


def test_values_that_are_missing_are_left_out_and_counted(page: Page) -> None:
    status, saved = save_curves(page, branches=[{"wave": "love", "mode": 1}])
    assert (status, saved["left_out"]) == (200, 1)
    assert saved["text"].count("\n") == 3


def test_nothing_to_save_is_told(page: Page) -> None:
    status, words = save_curves(page, branches=[{"wave": "love", "mode": 20}])
    assert (status, "no value among 3" in words) == (400, True)


def test_a_bad_line_is_named_by_the_files_own_name(page: Page) -> None:
    text = "thickness_km,vp_km_s,vs_km_s,rho_g_cm3\n5,5,2.8,2.5\n0,8,x,3.3\n"
    status, words = opened(page, "model", text, name="C:\\data\\crust.csv", units="km")
    assert status == 400
    assert str(words).startswith("crust.csv, line 3:")


def test_a_gradient_is_led_to_the_command_that_cuts_it(page: Page) -> None:
    status, words = opened(page, "model", "0 5.8 3.2 2.6\n30 6.8 3.9 2.9\n", name="crust.nd")
    assert (status, "surfgrad convert" in str(words)) == (400, True)


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b.nd", "", "\x00.csv", "x" * 5000])
def test_names_are_only_names(page: Page, name: str, tmp_path: Path) -> None:
    status, words = opened(page, "model", "nonsense", name=name)
    assert status == 400
    assert "\n" not in str(words)
    assert "surfgrad-" not in str(words)  # the folder that it was read in


@pytest.mark.parametrize("path", ["open/model", "open/curves", "save/model", "save/curves"])
@pytest.mark.parametrize("body", [b"", b"\xff\x00", b"{}", b"[1]", b"{" * 1000])
def test_bodies_that_are_none_are_one_line(page: Page, path: str, body: bytes) -> None:
    status, words = page.post(path, body)
    assert (status, words.count("\n")) == (400, 0)


def test_a_body_too_large_is_refused(page: Page) -> None:
    try:
        status, words = page.post("open/model", b" " * 10_000_001)
    except (ConnectionResetError, BrokenPipeError):
        return  # closed while it was still being sent
    assert (status, "10 MB" in words) == (400, True)


def test_curves_that_do_not_say_their_wave_are_told_it(page: Page) -> None:
    text = "period_s,velocity_km_s\n10,3.2\n20,3.6\n"
    status, words = opened(page, "curves", text, name="bare.csv")
    assert (status, "wave" in str(words) or "kind" in str(words)) == (400, True)
    status, found = opened(page, "curves", text, name="bare.csv", wave="love", kind="phase", mode="0")
    assert (status, found["wave"]) == (200, ["love", "love"])  # type: ignore[index]
    status, words = opened(page, "curves", text, name="bare.csv", wave="love", kind="phase", mode="-1")
    assert (status, "mode" in str(words)) == (400, True)


def test_the_oldest_of_too_many_data_sets_goes(page: Page) -> None:
    curve = sg.ObservedCurves("love", "phase", 0, [10.0], [3.0])
    numbers = [page.session.keep(curve, "x")["data"] for _ in range(9)]
    with pytest.raises(sg.UsageError, match="open the file again"):
        page.session.data(numbers[0])
    assert page.session.data(numbers[1]) == curve


def test_the_start_knows_model_formats_and_statuses(page: Page) -> None:
    import json

    start = json.loads(page.request("start")[1])
    assert start["model"]["name"] == "three layers"
    assert np.shape(start["model"]["vs"]) == (3,)
    assert set(start["formats"]["model"]) == {form for form, _ in MODEL_FORMATS}
    assert set(start["formats"]["curves"]) == {form for form, _ in CURVE_FORMATS}
    assert start["statuses"]["1"]["name"] == "NO_MODE"
    assert all(sg.EarthModel(*(p["model"][f] for f in COLUMNS)) for p in start["starting_points"])
