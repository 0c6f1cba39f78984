"""What clumsy calls get: the entry and what is allowed in one line, or NaN with its status, and never a wait."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import surfgrad as sg

H, VP, VS, RHO = (
    np.array([2.0, 8.0, 0.0]),
    np.array([4.0, 6.0, 8.0]),
    np.array([2.0, 3.5, 4.5]),
    np.array([2.2, 2.7, 3.3]),
)
MODEL = (H, VP, VS, RHO)
PERIODS = np.array([5.0, 20.0])


def count(*model: Any, **options: Any) -> np.ndarray:
    return sg.mode_count(*model, 3.0, **options)


SOLVERS: list[Callable[..., Any]] = [sg.dispersion, sg.phase_kernels, sg.group_velocity, sg.ellipticity, count]


def masked(values: np.ndarray, index: int) -> np.ma.MaskedArray:
    return np.ma.masked_array(values, np.arange(values.size) == index)


@pytest.mark.parametrize("solve", SOLVERS, ids=lambda solve: solve.__name__)
def test_a_masked_entry_is_not_taken_for_the_number_under_its_mask(solve: Callable[..., Any]) -> None:
    with pytest.raises(
        sg.ModelError, match=r"^vs\[1\]: a masked entry given; arrays without masked entries are allowed$"
    ):
        solve(H, VP, masked(VS, 1), RHO, PERIODS)
    with pytest.raises(sg.ModelError, match=r"^periods\[0\]: a masked entry given"):
        solve(*MODEL, masked(PERIODS, 0))
    solve(H, VP, np.ma.masked_array(VS), RHO, PERIODS)


def test_a_masked_entry_is_none_of_a_forwards_models_either() -> None:
    with pytest.raises(sg.ModelError, match=r"^vs\[1\]: a masked entry given"):
        sg.ExactForward().predict((H, VP, masked(VS, 1), RHO), PERIODS)
    with pytest.raises(sg.ModelError, match=r"^thickness: \['2', '8', '0'\] given; real numbers"):
        sg.ExactForward().predict((["2", "8", "0"], VP, VS, RHO), PERIODS)


FAR = [
    (([2.0, 1e300, 0.0], VP, VS, RHO), r"thickness\[1\]: 1e\+300 km given; up to 1e\+15 km is allowed"),
    ((H, [4.0, 1e300, 8.0], VS, RHO), r"vp\[1\]: 1e\+300 km/s given; 1e-15 to 1e\+15 km/s is allowed"),
    ((H, VP * 1e-160, VS * 1e-160, RHO), r"vp\[0\]: 4e-160 km/s given; 1e-15 to 1e\+15 km/s is allowed"),
    ((H, VP, [1e-160, 3.5, 4.5], RHO), r"vs\[0\]: 1e-160 km/s given; 0 or 1e-15 to 1e\+15 km/s is allowed"),
    ((H, VP, VS, RHO * 1e300), r"rho\[0\]: 2.2e\+300 g/cm3 given; 1e-15 to 1e\+15 g/cm3 is allowed"),
    ((H, VP, VS, RHO * 1e-300), r"rho\[0\]: 2.2e-300 g/cm3 given; 1e-15 to 1e\+15 g/cm3 is allowed"),
]


@pytest.mark.parametrize(
    ("model", "words"), FAR, ids=[words.split(":")[0] + str(i) for i, (_, words) in enumerate(FAR)]
)
def test_what_no_double_can_compute_with_is_refused_at_once(model: tuple[Any, ...], words: str) -> None:
    arrays = tuple(np.array(column) for column in model)
    for solve in SOLVERS:
        with pytest.raises(sg.ModelError, match=f"^{words}$"):
            solve(*arrays, PERIODS)


@pytest.mark.parametrize("period", [5e-324, 1e-300, 1e300])
def test_so_are_periods(period: float) -> None:
    for solve in SOLVERS:
        with pytest.raises(sg.ModelError, match=r"^periods\[1\]: .* given; .*1e-15 to 1e\+15"):
            solve(*MODEL, [5.0, period])


def test_periods_of_too_many_wavelengths_are_nan_with_a_status_and_the_others_are_as_ever() -> None:
    """Of a batch, too: the second model is so thin that all its periods are within reach."""
    periods = [20.0, 1e-10, 5.0]
    thin = H * 1e-6
    found = sg.dispersion(np.stack([H, thin]), VP, VS, RHO, periods)
    assert found.status[0].tolist() == [sg.Status.OK, sg.Status.NOT_CONVERGED, sg.Status.OK]
    np.testing.assert_array_equal(
        found.velocity[0], [*sg.phase_velocity(*MODEL, [20.0]), np.nan, *sg.phase_velocity(*MODEL, [5.0])]
    )
    assert (found.status[1] == sg.Status.OK).all()
    kernels = sg.phase_kernels(*MODEL, periods)
    assert np.isnan(kernels.vs[1]).all()
    assert np.isfinite(kernels.vs[[0, 2]]).all()
    assert (sg.dispersion(*MODEL, [1e-10, 1e-12]).status == sg.Status.NOT_CONVERGED).all()


def test_the_count_names_the_period_that_is_out_of_reach() -> None:
    with pytest.raises(sg.ModelError, match=r"^periods\[1\]: 1e-10 s given; 2.06e-09 s and above are allowed for"):
        count(*MODEL, [5.0, 1e-10])


@pytest.mark.parametrize(
    ("periods", "velocity", "words"),
    [
        ([], 3.0, "^periods: none given; one or more periods and velocities are allowed$"),
        ([1.0, 2.0], [1.0, 2.0, 3.0], r"^periods: shapes periods \(2,\), velocity \(3,\) given; two that broadcast"),
        (["5"], 3.0, r"^periods: \['5'\] given; real numbers"),
        ([5.0], None, "^velocity: None given; real numbers"),
        ([5j], 3.0, "^periods: .*5j.* given; real numbers"),
    ],
)
def test_the_count_names_what_is_wrong(periods: Any, velocity: Any, words: str) -> None:
    with pytest.raises(sg.ModelError, match=words):
        sg.mode_count(*MODEL, periods, velocity)


def test_any_whole_number_is_a_mode_and_one_that_fits_no_integer_is_named() -> None:
    for solve in (sg.dispersion, sg.group_kernels):
        whole = solve(*MODEL, PERIODS, mode=0)
        np.testing.assert_array_equal(solve(*MODEL, PERIODS, mode=np.uint8(0)).velocity, whole.velocity)
        with pytest.raises(sg.UsageError, match=f"^mode: {2**70} given; allowed are integers from 0 .* to 1000000000$"):
            solve(*MODEL, PERIODS, mode=2**70)


@pytest.mark.parametrize("wave", [["love"], {}, np.array(["love", "rayleigh"])], ids=["list", "dict", "array"])
def test_a_wave_that_is_no_word_is_named(wave: Any) -> None:
    with pytest.raises(sg.UsageError, match=r"^wave: .* given; allowed are rayleigh, love$"):
        sg.phase_velocity(*MODEL, PERIODS, wave=wave)
    with pytest.raises(sg.UsageError, match=r"^earth: .* given; allowed are flat, spherical$"):
        sg.phase_velocity(*MODEL, PERIODS, earth=np.array(["flat", "flat"]))
    with pytest.raises(sg.UsageError, match=r"^normalise: .* given; allowed are surface, largest$"):
        sg.eigenfunctions(*MODEL, PERIODS, normalise=["surface"])


def test_a_ragged_list_is_named_by_functions_that_work_in_chunks_too() -> None:
    for solve in (sg.phase_kernels, sg.group_kernels, sg.ellipticity_kernels):
        with pytest.raises(sg.ModelError, match=r"^thickness: \[1, \[2, 3\]\] given; real numbers"):
            solve([1, [2, 3]], VP, VS, RHO, PERIODS)
        with pytest.raises(sg.ModelError, match=r"^periods: \[1, \[2, 3\]\] given; real numbers"):
            solve(*MODEL, [1, [2, 3]])


def test_no_models_have_no_eigenfunctions() -> None:
    found = sg.eigenfunctions(*(np.ones((0, 3)) for _ in range(4)), PERIODS)
    assert found.displacement.shape == (0, 2, 201, 2)


def test_the_exact_forward_has_no_other_kind_than_phase() -> None:
    with pytest.raises(sg.UsageError, match=r"^kind: 'group' given; allowed are phase$"):
        sg.ExactForward(kind="group")


def test_quality_factors_are_numbers_that_are_there() -> None:
    with pytest.raises(sg.ModelError, match=r"^qp\[1\]: a masked entry given"):
        sg.attenuation(*MODEL, PERIODS, qp=masked(np.array([50.0, 50.0, 50.0]), 1), qs=50)
    with pytest.raises(sg.ModelError, match=r"^qp: '5' given; real numbers"):
        sg.attenuation(*MODEL, PERIODS, qp="5", qs=50)


@pytest.mark.parametrize("threads", [0, -1, 2.5, True, "2"])
def test_threads_are_a_number_of_them(threads: Any) -> None:
    with pytest.raises(sg.UsageError, match=r"threads: .* given; allowed are None \(all cores\) and integers from 1"):
        sg.phase_velocity(*MODEL, PERIODS, threads=threads)
