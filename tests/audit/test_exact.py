"""The audit of the exact engine on uneven crusts: it must pass."""

import numpy as np
import pytest

import surfgrad.audit
from surfgrad.audit.further import Further
from surfgrad.audit.options import Options
from surfgrad.earth.model import EarthModel
from surfgrad.testing.check_forward import check_forward
from surfgrad.testing.check_kernel import check_identities, check_kernel
from surfgrad.testing.liars import HONEST
from surfgrad.waves.forward import ExactForward

from .ground import FEW, FEWEST, KERNELS_ALONE

PERIODS = np.arange(2.0, 61.0, 2.0)


def crust(count: int = 10, layers: int = 10, seed: int = 0) -> tuple[np.ndarray, ...]:
    """Rough crusts over a half-space fast enough to trap every period."""
    rng = np.random.default_rng(seed)
    thickness = rng.uniform(1.0, 12.0, (count, layers))
    thickness[:, -1] = 0.0
    depth = np.cumsum(thickness, axis=1)
    vs = 2.8 + 1.9 * depth / depth[:, -1:] + 0.15 * rng.standard_normal((count, layers))
    vs[:, -1] = 5.0
    vp = vs * rng.uniform(1.68, 1.85, (count, layers))
    rho = 2.5 + 0.3 * (vs - 2.8) * rng.uniform(0.8, 1.2, (count, layers))
    return thickness, vp, vs, rho


MODELS = crust()


def test_the_engine_keeps_the_contract_of_a_forward():
    three = tuple(each[:3] for each in MODELS)
    assert check_forward(ExactForward(), three, PERIODS[::5]) == []
    assert check_kernel(ExactForward(), three, PERIODS[::5], tolerance=1e-5) == []
    assert check_identities(ExactForward(), three, np.arange(2.0, 61.0)) == []


@pytest.mark.parametrize("name", HONEST)
def test_honest_controls_pass(name):
    record = surfgrad.audit(HONEST[name](ExactForward()), MODELS, PERIODS, options=FEWEST)
    assert record.verdict == "PASS"
    assert record.failed() == ()


def test_untrapped_modes_are_counted_by_band():
    thickness, vp, vs, rho = (each.copy() for each in MODELS)
    vs[:, -1], vp[:, -1] = 3.9, 7.0
    record = surfgrad.audit(ExactForward(), (thickness, vp, vs, rho), PERIODS, options=KERNELS_ALONE)
    lost = {row["band"]: row["n_excluded"]["NO_MODE"] for row in record.rows if row["parameter"] == "vs"}
    assert lost["2-5"] == 0
    assert lost["45-60"] > 0
    for row in record.rows:
        assert row["n"] + sum(row["n_excluded"].values()) == 10 * {"2-5": 2, "5-10": 2, "10-20": 5, "20-30": 5}.get(
            row["band"], 8
        )


def test_models_of_different_layer_counts():
    models = [EarthModel(*(each[k, -4 - k :] for each in MODELS)) for k in range(3)]
    record = surfgrad.audit(ExactForward(), models, PERIODS, options=FEW)
    assert record.failed() == ()
    assert record.examples.mask.sum(axis=1).tolist() != [10, 10, 10]
    assert np.isnan(record.examples.kernel[:, 0, 0, 0][~record.examples.mask]).all()


def test_models_under_water_are_judged_by_every_part_that_knows_them():
    sea = (np.full((10, 1), each) for each in (2.0, 1.5, 0.0, 1.02))
    wet = tuple(np.concatenate([top, ground], axis=1) for top, ground in zip(sea, MODELS, strict=True))
    options = Options(further=Further(taylor_models=10, directions=3, starts=1, inversion_periods=5))
    record = surfgrad.audit(ExactForward(waves=("rayleigh",)), wet, PERIODS, options=options)
    assert record.failed() == ()
    verdict = record.summary["verdict"]
    assert {part: verdict[part] for part in ("spectral", "taylor", "consequence")} == dict.fromkeys(
        ("spectral", "taylor", "consequence"), "PASS"
    )
    assert verdict["imprint"] == "CANNOT JUDGE"
