"""Phase velocity against the high-precision reference, on models chosen to be difficult."""

import numpy as np
import pytest
from tests.reference.branch import slowest_root
from tests.reference.samples import FAMILIES, period_for
from tests.waves import liars
from tests.waves.checks import largest_error
from tests.waves.engine import ENGINE, Engine

TOLERANCE = 1e-8
"""What the kernels need (they divide by F_c); 1e-10 is the aim."""


def errors(engine: Engine, family: str, models: int, seed: int, modes: range = range(4)) -> list[tuple[float, str]]:
    """(relative error, case) of every mode of `models` random models of a family, one period each, both waves."""
    rng = np.random.default_rng(seed)
    found = []
    for number in range(models):
        model = FAMILIES[family](rng)
        period = period_for(rng, model)
        for wave in ("rayleigh", "love"):
            for mode in modes:
                root = slowest_root(model, period, wave, mode, digits=18)
                truth = np.array([np.nan if root is None else float(root)])
                error = largest_error(engine, model, [period], wave, mode, truth)
                found.append((error, f"{family} {number}: {wave} mode {mode}, T={period}, truth {truth[0]}"))
    return found


@pytest.mark.parametrize("family", FAMILIES)
def test_velocity_meets_the_reference(family):
    error, case = max(errors(ENGINE, family, 8, seed=1))
    assert error < TOLERANCE, case


@pytest.mark.slow
@pytest.mark.parametrize("family", FAMILIES)
def test_velocity_meets_the_reference_on_many_models(family):
    found = errors(ENGINE, family, 60, seed=2)
    error, case = max(found)
    print(
        f"{family}: {len(found)} values, largest {error:.1e}, 99 % below {np.quantile([e for e, _ in found], 0.99):.1e}"
    )
    assert error < TOLERANCE, case


def test_the_thick_family_is_thick():
    rng = np.random.default_rng(1)
    for _ in range(8):
        model = FAMILIES["thick lid"](rng)
        slowest_wavelength = 2 * np.pi / (period_for(rng, model) * model[2][-1])
        assert slowest_wavelength * np.max(model[0]) > 300


@pytest.mark.parametrize(
    "liar", [liars.shifted(1e-7), liars.shifted(-1e-7), liars.next_mode()], ids=["high", "low", "next mode"]
)
def test_liars_are_rejected(liar):
    assert max(errors(liar, "random", 2, seed=1, modes=range(2)))[0] > TOLERANCE
