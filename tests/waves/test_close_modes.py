"""Modes that nearly coincide: two identical channels in one medium, far from each other and from the surface."""

import numpy as np
import pytest
from tests.reference.branch import slowest_root
from tests.reference.slope import high_precision_kernel
from tests.reference.stiffness import Model
from tests.waves import liars
from tests.waves.checks import certificate_failures
from tests.waves.engine import ENGINE

from surfgrad.status import Status

PERIOD = np.array([3.0])
SEPARATIONS = (5.0, 20.0, 40.0, 60.0, 100.0, 120.0, 200.0)
"""km; the gap falls from 1e-2 over 1e-6 and 1e-13 to far below the spacing of doubles."""
PAIRS = {"rayleigh": (1, 2), "love": (0, 1)}
"""The modes of the two channels (Rayleigh's mode 0 is the surface wave)."""


def twins(separation: float) -> Model:
    """Two channels of 5 km, 25 % slow."""
    vs = np.array([4.0, 3.0, 4.0, 3.0, 4.0])
    return np.array([300.0, 5.0, separation, 5.0, 0.0]), 1.75 * vs, vs, np.array([3.0, 2.8, 3.0, 2.8, 3.0])


@pytest.mark.parametrize("wave", PAIRS)
@pytest.mark.parametrize("separation", SEPARATIONS)
def test_twin_channels_are_told_apart_as_far_as_numbers_can(wave, separation):
    model = twins(separation)
    truth = [slowest_root(model, PERIOD[0], wave, mode, points=800) for mode in PAIRS[wave]]
    gap = float(truth[1] / truth[0] - 1)
    for mode, exact in zip(PAIRS[wave], truth, strict=True):
        record = ENGINE.dispersion(*model, PERIOD, wave=wave, mode=mode)
        assert abs(record.velocity[0] / float(exact) - 1) < 1e-12
        assert not certificate_failures(ENGINE, model, PERIOD, wave, mode)
        if not 1e-7 < gap < 1e-4:
            assert record.status[0] == (Status.OK if gap > 1e-4 else Status.CLOSE_MODES)


@pytest.mark.parametrize("wave", PAIRS)
def test_kernels_of_close_modes_lose_digits_in_proportion_to_the_gap_only(wave):
    model, mode = twins(60.0), PAIRS[wave][0]
    kernels = ENGINE.phase_kernels(*model, PERIOD, wave=wave, mode=mode)
    assert kernels.status[0] == Status.CLOSE_MODES
    exact = high_precision_kernel(
        model, PERIOD[0], wave, mode, 2, float(kernels.velocity[0]), step=2.0**-40, width=2e-9
    )
    # The gaps are 9e-7 (Rayleigh) and 1.6e-8 (Love): 1e-15 over them.
    assert np.max(np.abs(kernels.vs[0] - exact)) < 1e-6 * np.max(np.abs(exact))
    # The modes of the pair share the channels evenly, whatever their order.
    assert abs(kernels.vs[0, 1] / kernels.vs[0, 3] - 1) < 1e-3


def test_liars_are_rejected():
    assert certificate_failures(liars.with_status(Status.OK), twins(100.0), PERIOD, "love", 0)
    assert certificate_failures(liars.with_status(Status.CLOSE_MODES), twins(20.0), PERIOD, "love", 0)
    assert certificate_failures(liars.shifted(1e-7), twins(60.0), PERIOD, "love", 0)
