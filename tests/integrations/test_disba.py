"""disba's interface on the exact engine: the same numbers where disba has them, NaN where it drops or gives zeros."""

import re
from collections.abc import Callable
from importlib import metadata
from types import ModuleType
from typing import Any

import numpy as np
import pytest

import surfgrad as sg
from surfgrad.errors import ModelError, UsageError
from surfgrad.integrations import disba as ours

CRUST = np.array([[10.0, 6.0, 3.5, 2.6], [15.0, 6.4, 3.6, 2.8], [10.0, 7.0, 3.9, 3.0], [5.0, 8.0, 4.5, 3.3]])
PARAMETERS = ("thickness", "velocity_p", "velocity_s", "density")
PERIODS = np.geomspace(2.0, 60.0, 12)
"""Modes 1 and 2 exist at the shorter of them."""


@pytest.fixture(scope="module")
def disba() -> ModuleType:
    return pytest.importorskip("disba", reason="disba is not installed (extra `peers`)")


def apart(mine: np.ndarray, theirs: np.ndarray) -> float:
    """Largest difference over the largest value; infinite for another shape or a NaN."""
    if np.shape(mine) != np.shape(theirs):
        return np.inf
    distance = float(np.max(np.abs(np.subtract(mine, theirs))) / max(np.max(np.abs(theirs)), 1e-12))
    return distance if np.isfinite(distance) else np.inf


# Without disba ---------------------------------------------------------------------------------------------------


def test_unsolved_periods_stay_as_nan_and_are_dropped_on_request() -> None:
    solver = ours.PhaseDispersion(*CRUST.T)
    kept, dropped = solver(PERIODS, mode=1), solver(PERIODS, mode=1, drop=True)
    solved = np.isfinite(kept.velocity)
    assert 0 < solved.sum() < PERIODS.size
    np.testing.assert_array_equal(kept.period, PERIODS)
    np.testing.assert_array_equal(dropped.period, PERIODS[solved])
    np.testing.assert_array_equal(dropped.velocity, kept.velocity[solved])
    always = ours.PhaseDispersion(*CRUST.T, drop=True)
    np.testing.assert_array_equal(always(PERIODS, mode=1).velocity, dropped.velocity)
    np.testing.assert_array_equal(always(PERIODS, mode=1, drop=False).velocity, kept.velocity)


def test_the_numbers_are_the_engines() -> None:
    model = CRUST.T
    np.testing.assert_array_equal(ours.PhaseDispersion(*model)(PERIODS).velocity, sg.phase_velocity(*model, PERIODS))
    love = ours.GroupDispersion(*model)(PERIODS, wave="love").velocity
    np.testing.assert_array_equal(love, sg.group_velocity(*model, PERIODS, wave="love"))
    np.testing.assert_array_equal(ours.Ellipticity(*model)(PERIODS).ellipticity, sg.ellipticity(*model, PERIODS))


@pytest.mark.parametrize("wave", ["rayleigh", "love"])
def test_kernels_of_one_layer_are_central_differences_of_the_adaptors_own_curves(wave: str) -> None:
    step = 1e-4
    for column, parameter in enumerate(PARAMETERS):
        sides = []
        for sign in (1, -1):
            moved = CRUST.copy()
            moved[1, column] *= 1 + sign * step
            sides.append(ours.PhaseDispersion(*moved.T)(20.0, wave=wave).velocity[0])
        difference = (sides[0] - sides[1]) / (2 * step * CRUST[1, column])
        kernel = ours.PhaseSensitivity(*CRUST.T)(20.0, wave=wave, parameter=parameter).kernel
        assert kernel[1] == pytest.approx(difference, abs=1e-7)
        assert parameter != "velocity_s" or kernel[1] / 15.0 != pytest.approx(difference, abs=1e-7)  # per km: rejected


def test_a_mode_that_is_not_there_is_nan_in_kernels_and_an_error_in_eigenfunctions() -> None:
    kernel = ours.PhaseSensitivity(*CRUST.T)(500.0, mode=2)
    assert np.isnan(kernel.velocity)
    assert np.isnan(kernel.kernel).all()
    for solver in (ours.EigenFunction(*CRUST.T), ours.EllipticitySensitivity(*CRUST.T)):
        with pytest.raises(ours.DispersionError, match=r"^mode 2 \(rayleigh\) has no value at 500 s: .*not trapped"):
            solver(500.0, mode=2)


def test_settings_are_kept_without_effect() -> None:
    model = CRUST.T
    solver = ours.GroupSensitivity(*model, "fast-delta", 0.01, 0.03, dp=0.04)
    assert (solver.algorithm, solver.dc, solver.dt, solver.dp) == ("fast-delta", 0.01, 0.03, 0.04)
    np.testing.assert_array_equal(solver(10.0).kernel, ours.GroupSensitivity(*model)(10.0).kernel)


REFUSED: list[tuple[Callable[[], Any], type[Exception], str]] = [
    (lambda: ours.PhaseDispersion(*CRUST.T, "haskell"), UsageError, "algorithm: 'haskell' given; allowed are dunkin"),
    (lambda: ours.PhaseDispersion(*CRUST.T, dt=0.1), UsageError, "dt: given; after algorithm, dc are allowed"),
    (lambda: ours.PhaseDispersion(*CRUST.T, "dunkin", 0.1, 0.2), UsageError, "0.2: given; after algorithm, dc"),
    (lambda: ours.PhaseDispersion(*CRUST.T, "dunkin", 0.1, dc=0.2), UsageError, "dc: given; .* once each"),
    (lambda: ours.PhaseDispersion([1.0, -1.0, 0.0], 6.0, 3.5, 2.6), ModelError, r"thickness\[1\]: -1 km given"),
    (lambda: ours.PhaseDispersion(*CRUST.T)([10.0, 0.0]), ModelError, r"periods\[1\]: 0 s given"),
    (lambda: ours.PhaseDispersion(*CRUST.T)(10.0, wave="rg"), UsageError, "wave: 'rg' given; allowed are rayleigh"),
    (lambda: ours.PhaseSensitivity(*CRUST.T)(10.0, parameter="vs"), UsageError, "parameter: 'vs' given; allowed are"),
    (lambda: ours.PhaseSensitivity(*CRUST.T)([1.0, 2.0]), UsageError, r"t: \[1.0, 2.0\] given; one period"),
    (
        lambda: ours.resample([1.0, 2.0], [1.0], 0.5),
        ModelError,
        r"parameters: shape \(1,\) given beside",
    ),
    (lambda: ours.resample([1.0, -2.0], [1.0, 2.0], 0.5), ModelError, "thickness: negative or nan given"),
    (lambda: ours.PhaseDispersion(*CRUST.T).resample(0.0), UsageError, "dz: 0.0 given; a thickness in km above 0"),
]


@pytest.mark.parametrize(("call", "error", "words"), REFUSED, ids=[words for _, _, words in REFUSED])
def test_bad_input_is_refused_in_one_line(call: Callable[[], Any], error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=f"^{words}") as caught:
        call()
    assert "\n" not in str(caught.value)


def test_the_callers_arrays_are_left_alone() -> None:
    columns = [np.array(column) for column in CRUST.T]
    solver = ours.PhaseDispersion(*columns)
    solver.resample(3.0)
    solver(PERIODS)
    for column, original in zip(columns, CRUST.T, strict=True):
        np.testing.assert_array_equal(column, original)
    assert solver.thickness.max() <= 3.0
    assert solver.thickness.sum() == pytest.approx(CRUST[:, 0].sum())


def test_resampling_changes_no_curve_and_its_kernels_add_up() -> None:
    coarse, fine = ours.PhaseSensitivity(*CRUST.T), ours.PhaseSensitivity(*CRUST.T)
    fine.resample(5.0)
    whole, parts = coarse(15.0), fine(15.0)
    assert parts.velocity == pytest.approx(whole.velocity, rel=1e-11)
    layer = np.searchsorted(coarse.depth, parts.depth, side="right") - 1
    np.testing.assert_allclose(np.bincount(layer, weights=parts.kernel), whole.kernel, rtol=1e-8)


def test_depthplot_draws_a_staircase_downwards() -> None:
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots()
    ours.depthplot([1.0, 2.0, 0.0], [5.0, 6.0, 7.0], zmax=10.0, plot_args={"color": "red"}, ax=axes)
    (line,) = axes.lines
    np.testing.assert_array_equal(line.get_xdata(), [5, 5, 6, 6, 7, 7])
    np.testing.assert_array_equal(line.get_ydata(), [0, 1, 1, 3, 3, 10])
    assert axes.yaxis_inverted()
    assert line.get_color() == "red"
    plt.close(figure)


# Beside disba ----------------------------------------------------------------------------------------------------


def readme_names(package: str) -> dict[str, Any]:
    """What the Python blocks of disba's README define when they import from `package`."""
    # Not `metadata.metadata`: importlib_metadata, once imported, answers in its place and keeps the text elsewhere.
    text = "\n".join((metadata.distribution("disba").read_text("METADATA") or "").splitlines())
    blocks = re.findall(r"^\.\. code:: python\n\n((?: {3}.*\n|\n)+)", text, re.MULTILINE)
    assert len(blocks) == 4
    code = "\n".join(re.sub(r"^ {3}", "", block, flags=re.MULTILINE) for block in blocks)
    names: dict[str, Any] = {}
    exec(code.replace("from disba import", f"from {package} import"), names)
    return names


README = {
    # name: (fields compared, largest difference over the largest value). Velocities: disba ends its search at 1e-6;
    # kernels: its steps of 2.5 %; Love eigenfunctions: it sets the last depth to 0.
    "cpr": ("period velocity", 2e-6),
    "cpl": ("period velocity", 2e-6),
    "eigr": ("depth ur uz tz tr", 1e-5),
    "eigl": ("depth uu tt", 0.2),
    "skr": ("depth kernel velocity", 0.06),
    "skl": ("depth kernel velocity", 0.06),
    "rel": ("period ellipticity", 1e-5),
    "ek": ("depth kernel", 0.06),
}


@pytest.mark.peers
def test_disbas_readme_runs_with_one_import_changed(disba: ModuleType) -> None:
    theirs, mine = readme_names("disba"), readme_names("surfgrad.integrations.disba")
    for name, (fields, tolerance) in README.items():
        one, other = mine[name], theirs[name]
        pairs = zip(one, other, strict=True) if isinstance(one, list) else [(one, other)]
        for here, there in pairs:
            assert here._fields == there._fields
            for field in {"mode", "wave", "type", "parameter"} & set(here._fields):
                assert getattr(here, field) == getattr(there, field)
            solved = np.isin(here.period, there.period)
            for field in fields.split():
                value = getattr(here, field)
                value = value[solved] if name in ("cpr", "cpl", "rel") else value
                assert apart(value, getattr(there, field)) < tolerance, (name, field)
            assert name not in ("cpr", "cpl") or np.isnan(here.velocity[~solved]).all()


@pytest.mark.peers
@pytest.mark.parametrize("wave", ["rayleigh", "love"])
@pytest.mark.parametrize(("kind", "tolerance"), [("Phase", 0.03), ("Group", 0.07)])
def test_sensitivities_have_disbas_sign_and_normalisation(
    disba: ModuleType, kind: str, tolerance: float, wave: str
) -> None:
    """To its accuracy: a step of 1 % bends its differences, and its roots end at 1e-6."""
    mine = getattr(ours, f"{kind}Sensitivity")(*CRUST.T)
    theirs = getattr(disba, f"{kind}Sensitivity")(*CRUST.T, dc=1e-3, dp=0.01)
    for parameter in PARAMETERS:
        here, there = (solver(20.0, wave=wave, parameter=parameter) for solver in (mine, theirs))
        np.testing.assert_array_equal(here.depth, there.depth)
        if parameter == "velocity_p" and wave == "love":
            assert not here.kernel.any()
            assert not there.kernel.any()
            continue
        assert apart(here.kernel, there.kernel) < tolerance, parameter
        for liar in (-here.kernel, here.kernel / mine.thickness, np.cumsum(here.kernel)):
            assert apart(liar, there.kernel) > 5 * tolerance, parameter


@pytest.mark.peers
@pytest.mark.parametrize("wave", ["rayleigh", "love"])
def test_disbas_kernels_come_nearer_as_its_step_shrinks(disba: ModuleType, wave: str) -> None:
    exact = ours.PhaseSensitivity(*CRUST.T)(20.0, wave=wave).kernel
    coarse, fine = (
        apart(exact, disba.PhaseSensitivity(*CRUST.T, dc=1e-3, dp=step)(20.0, wave=wave).kernel)
        for step in (0.025, 0.003)
    )
    assert fine < 0.006
    assert coarse > 3 * fine


@pytest.mark.peers
def test_ellipticity_agrees_in_sign_through_zero_and_pole(disba: ModuleType) -> None:
    soil = ([0.02, 0.0], [0.9, 2.0], [0.2, 1.0], [1.8, 2.2])
    periods = np.geomspace(0.1, 2.0, 30)
    mine, theirs = (solver(*soil)(periods).ellipticity for solver in (ours.Ellipticity, disba.Ellipticity))
    assert (mine < 0).any()
    assert (mine > 0).any()
    np.testing.assert_allclose(np.arctan(mine), np.arctan(theirs), atol=1e-4)
    assert not np.allclose(np.arctan(np.abs(mine)), np.arctan(theirs), atol=1e-4)
    assert not np.allclose(np.arctan(1 / mine), np.arctan(theirs), atol=1e-4)


@pytest.mark.peers
def test_love_eigenfunctions_are_disbas_where_the_wave_ends_above_its_last_depth(disba: ModuleType) -> None:
    """And where it does not, ours obey stress = rigidity x strain and disba's do not."""
    solvers = [package.EigenFunction(*CRUST.T) for package in (ours, disba)]
    for solver in solvers:
        solver.resample(0.5)
    short, long = ([solver(period, wave="love") for solver in solvers] for period in (2.0, 40.0))
    assert apart(short[0].uu, short[1].uu) < 1e-3
    rigidity = (solvers[0].density * solvers[0].velocity_s ** 2)[:-2]
    misfit = []
    for mode in long:
        strain = np.diff(mode.uu)[:-1] / np.diff(mode.depth)[:-1]
        stress = 0.5 * (mode.tt[1:] + mode.tt[:-1])[:-1]
        misfit.append(apart(rigidity * strain, stress))
    assert misfit[0] < 1e-4
    assert misfit[1] > 1e-2


@pytest.mark.peers
@pytest.mark.filterwarnings("ignore:`row_stack` alias is deprecated:DeprecationWarning")  # disba's own
@pytest.mark.parametrize(
    ("thickness", "dz"), [([1.0, 2.5, 3.0, 0.0], 0.7), ([10.0, 0.3, 1.0], 0.1), ([3.0, 1.0], 20.0)]
)
def test_resampling_cuts_as_disba_does(disba: ModuleType, thickness: list[float], dz: float) -> None:
    values = 1.0 + np.arange(2.0 * len(thickness)).reshape(-1, 2)
    for mine, theirs in zip(
        ours.resample(thickness, values, dz), disba.resample(np.array(thickness), values, dz), strict=True
    ):
        np.testing.assert_allclose(mine, theirs)
