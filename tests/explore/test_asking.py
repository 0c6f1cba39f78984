"""Answers agree with the engine; whatever is sent, the server goes on."""

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.explore.conftest import COLUMNS, PERIODS, Page, asked

import surfgrad as sg

MODEL = tuple(COLUMNS.values())


def test_curves_are_the_engines(page: Page) -> None:
    answer = page.ask(asked())
    assert (answer["answer"], answer["id"]) == ("curves", 7)
    rayleigh, love = answer["branches"]
    assert rayleigh["phase"]["values"] == sg.phase_velocity(*MODEL, PERIODS).tolist()
    assert rayleigh["group"]["values"] == sg.group_velocity(*MODEL, PERIODS).tolist()
    assert rayleigh["ellipticity"]["values"] == sg.ellipticity(*MODEL, PERIODS).tolist()
    assert "ellipticity" not in love


def test_a_missing_value_is_null_beside_its_status(page: Page) -> None:
    love = page.ask(asked())["branches"][1]["phase"]
    exact = sg.dispersion(*MODEL, PERIODS, wave="love", mode=1)
    assert love["status"] == exact.status.tolist()
    assert sg.Status.NO_MODE in love["status"]
    assert [value is None for value in love["values"]] == np.isnan(exact.velocity).tolist()


@pytest.mark.parametrize("quantity", ["phase", "group", "ellipticity"])
@pytest.mark.parametrize("parameter", ["vs", "thickness"])
@pytest.mark.parametrize("per", ["layer", "km", "log"])
def test_kernels_are_the_engines(page: Page, quantity: str, parameter: str, per: str) -> None:
    branches = [{"wave": "rayleigh", "mode": 0}, {"wave": "love", "mode": 0}]
    kernel = {"quantity": quantity, "parameter": parameter, "per": per, "branches": branches}
    found = page.ask(asked(kernel=kernel))["kernels"]
    assert [each["wave"] for each in found] == ["rayleigh"] + ["love"] * (quantity != "ellipticity")
    for each in found:
        wave = {} if quantity == "ellipticity" else {"wave": each["wave"]}
        solve = {"phase": sg.phase_kernels, "group": sg.group_kernels, "ellipticity": sg.ellipticity_kernels}[quantity]
        exact = solve(*MODEL, PERIODS, per=per, **wave)
        np.testing.assert_array_equal(np.array(each["values"], dtype=float), exact[parameter])
        assert each["status"] == exact.status.tolist()


def test_an_invalid_model_is_the_engines_one_line(page: Page) -> None:
    answer = page.ask(asked(model=COLUMNS | {"vp": [5.0, 1.0, 8.0]}))
    with pytest.raises(sg.ModelError) as error:
        sg.phase_velocity(*(COLUMNS | {"vp": [5.0, 1.0, 8.0]}).values(), PERIODS)
    assert answer == {"answer": "error", "id": 7, "message": str(error.value)}


@pytest.mark.parametrize(
    ("message", "named"),
    [
        ("", "Invalid JSON"),
        ("{", "Invalid JSON"),
        (b"\xff\xfe\x00", "Invalid JSON"),
        ("[]", "message"),
        ("null", "message"),
        ({"ask": "weather", "id": 1}, "weather"),
        (asked(periods=[]), "periods"),
        (asked(periods=[-1.0]), "periods[0]"),
        (asked(periods=[1.0] * 401), "periods"),
        (asked(model=COLUMNS | {"vs": ["a"]}), "vs"),
        (asked(model=COLUMNS | {"vs": [1.0]}), "one length"),
        (asked(branches=[{"wave": "ocean", "mode": 0}]), "wave"),
        (asked(branches=[{"wave": "love", "mode": -1}]), "mode"),
        (asked(more=1), "more"),
        (asked(data=99), "data: 99"),
        (asked(ask="learned", kernel=None), "message"),
    ],
)
def test_malformed_messages_are_one_line_and_the_socket_goes_on(page: Page, message: Any, named: str) -> None:
    with page.socket() as socket:
        socket.send(message if isinstance(message, str | bytes) else json.dumps(message))
        answer = json.loads(socket.recv(timeout=30))
        assert answer["answer"] == "error"
        assert named in answer["message"]
        assert "\n" not in answer["message"]
        socket.send(json.dumps(asked()))
        assert json.loads(socket.recv(timeout=30))["answer"] == "curves"


SCALARS = st.none() | st.booleans() | st.floats() | st.text(max_size=9)
KEYS = st.sampled_from(list(asked()))


@given(st.recursive(SCALARS, lambda x: st.lists(x, max_size=3) | st.dictionaries(KEYS, x, max_size=4), max_leaves=9))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_json_is_sent_is_answered_by_a_line(page: Page, change: Any) -> None:
    message = json.dumps(asked() | change if isinstance(change, dict) else change)
    assert page.ask(message)["answer"] in ("error", "curves")


def test_a_message_too_large_ends_its_socket_and_nothing_else(page: Page) -> None:
    with pytest.raises(Exception, match=r"1009|too big"):
        page.ask(" " * 2_000_000)
    assert page.ask(asked())["answer"] == "curves"


@dataclass(frozen=True)
class Net:
    """A forward that is off by 1 %, and outside at the first period."""

    waves: tuple[str, ...] = ("rayleigh",)
    kind: str = "phase"
    domain: Any = None

    def predict(self, models: Any, periods: Any) -> np.ndarray:
        return 1.01 * sg.ExactForward(waves=self.waves).predict(models, periods)

    def score(self, models: Any, periods: Any) -> np.ndarray:
        return np.where(np.arange(len(periods)) == 0, 1.5, 0.5)[None, None, :]


def test_the_surrogates_curve_carries_its_domain_flag(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page.session, "surrogate", Net())
    answer = page.ask({"ask": "learned", "id": 3, "model": COLUMNS, "periods": PERIODS})
    (wave,) = answer["waves"]
    np.testing.assert_allclose(wave["values"], 1.01 * sg.phase_velocity(*MODEL, PERIODS), rtol=1e-14)
    assert wave["outside"] == [True, False, False]


def test_without_a_surrogate_it_says_so(page: Page) -> None:
    answer = page.ask({"ask": "learned", "id": 3, "model": COLUMNS, "periods": PERIODS})
    assert "--surrogate" in answer["message"]
