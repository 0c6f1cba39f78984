"""Rules that hold exactly in a flat Earth, on random models of every difficult family: identities, splitting, company.

Residuals are over the sum of the absolute terms, or c (U): kernels of a mode that hardly moves (U near 0) are large and
cancel. Derivations: docs/accuracy.md.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from benchmarks.truth.families import FAMILIES
from tests.reference.stiffness import Model
from tests.waves.test_truth import SHORT

import surfgrad as sg
from surfgrad.records import Kernels

WAVES = ("rayleigh", "love")
NAMES = ("thickness", "vp", "vs", "rho")
IDENTITY = 1e-10


def cases(family: str, models: int, seed: int) -> Iterator[tuple[Model, np.ndarray, str, int]]:
    """Models of a family with the periods, waves and modes to try."""
    rng = np.random.default_rng(seed)
    for number in range(models):
        model, periods = FAMILIES[family][0](rng)
        for wave in WAVES:
            yield tuple(np.asarray(column, float) for column in model), periods, wave, number % 3


def residuals(kernels: Kernels, model: Model, by_scale: np.ndarray) -> np.ndarray:
    """(2, T) residuals of sum v d/dv + sum h d/dh = value and of sum rho d/drho = 0, NaN where there is no value.

    `by_scale`: (T,) another expression for the first sum's right-hand side.
    """
    terms = np.array([kernels[name] * column for name, column in zip(NAMES, model, strict=True)])
    size = np.maximum(np.abs(terms).sum(axis=(0, -1)), np.abs(kernels.velocity))
    return np.array([terms[:3].sum(axis=(0, -1)) - by_scale, terms[3].sum(axis=-1)]) / size


def worst(family: str, change: Any = None, models: int = 12) -> tuple[float, float, int]:
    """Largest residuals for c and U (kernels through `change` first), and how many values there were."""
    change = change or (lambda kernels: kernels)
    c, u, count = 0.0, 0.0, 0
    for model, periods, wave, mode in cases(family, models, seed=80):
        phase = change(sg.phase_kernels(*model, periods, wave=wave, mode=mode, threads=1))
        c = max(c, np.nanmax(np.abs(residuals(phase, model, phase.velocity)), initial=0.0))
        group = change(sg.group_kernels(*model, periods, wave=wave, mode=mode, threads=1))
        u = max(u, np.nanmax(np.abs(residuals(group, model, group.velocity)), initial=0.0))
        count += int(np.isfinite(phase.velocity).sum())
    return c, u, count


GROUP_IDENTITY = 1e-9
"""Group kernels gather more rounding, the most beside cut-offs and folds."""


@pytest.mark.parametrize("family", SHORT)
def test_identities_hold_in_every_family(family):
    c, u, count = worst(family)
    assert count > 10
    assert c < IDENTITY
    assert u < GROUP_IDENTITY


@pytest.mark.parametrize("name", NAMES)
def test_identities_reject_a_parameter_off_by_little(name):
    def larger(by: float) -> Any:
        return lambda kernels: replace(kernels, **{name: kernels[name] * (1 + by)})

    assert worst("ordinary layers", larger(1e-8), 3)[0] > IDENTITY or name == "rho"
    # A common factor leaves sum rho d/drho = 0 as it is: one layer alone must be off.
    assert worst("ordinary layers", lambda k: replace(k, **{name: _but_first(k[name])}), 3)[0] > IDENTITY
    assert worst("ordinary layers", lambda k: replace(k, **{name: _but_first(k[name], 1e-6)}), 3)[1] > GROUP_IDENTITY


def _but_first(kernel: np.ndarray, by: float = 1e-7) -> np.ndarray:
    return kernel * (1 + by * (np.arange(kernel.shape[-1]) == 0))


@pytest.mark.parametrize("family", SHORT)
def test_velocities_depths_and_the_energy_route_s_group_velocity_agree(family):
    """sum v dc/dv = c^2/U and sum h dc/dh = c - c^2/U, U from energy integrals: no difference enters."""
    count = 0
    for model, periods, wave, mode in cases(family, 6, seed=81):
        k = sg.phase_kernels(*model, periods, wave=wave, mode=mode, threads=1)
        u = sg.group_velocity(*model, periods, wave=wave, mode=mode, method="energy")
        depths = (k.thickness * model[0]).sum(axis=-1)
        away = k.status != sg.Status.CLOSE_MODES
        # Over c^2/U, which grows without bound towards U = 0.
        error = np.abs(depths - (k.velocity - k.velocity**2 / u)) * np.abs(u) / k.velocity**2
        assert np.nanmax(error[away], initial=0.0) < 1e-9
        wrong = np.abs(depths + (k.velocity - k.velocity**2 / u)) * np.abs(u) / k.velocity**2
        count += int((wrong[away] > 1e-6).sum())
    assert count > 3  # and depths of the other sign would not have passed


def parted(model: Model, layer: int, share: float) -> Model:
    """One layer cut in two."""
    columns = tuple(np.insert(column, layer, column[layer]) for column in model)
    columns[0][layer], columns[0][layer + 1] = share * model[0][layer], (1 - share) * model[0][layer]
    return columns


@pytest.mark.parametrize("family", SHORT)
def test_splitting_any_layer_changes_nothing(family):
    rng = np.random.default_rng(82)
    count = 0
    for model, periods, wave, mode in cases(family, 6, seed=82):
        if len(model[2]) < 2:
            continue
        layer, share = int(rng.integers(0, len(model[2]) - 1)), rng.uniform(0.1, 0.9)
        whole = sg.phase_kernels(*model, periods, wave=wave, mode=mode, threads=1)
        split = sg.phase_kernels(*parted(model, layer, share), periods, wave=wave, mode=mode, threads=1)
        np.testing.assert_array_equal(split.status, whole.status)
        good = np.isin(whole.status, (sg.Status.OK, sg.Status.MULTIPLE))
        if not good.any():
            continue
        count += int(good.sum())
        assert np.all(np.abs(split.velocity / whole.velocity - 1)[good] <= 1e-12)
        _same_kernels(split, whole, model, layer, good, 1e-8)
    assert count > 5


def _same_kernels(split: Kernels, whole: Kernels, model: Model, layer: int, good: np.ndarray, allowed: float) -> None:
    """vp, vs, rho kernels of the parts add up; each part has the whole's thickness kernel."""
    for name, column in zip(NAMES, model, strict=True):
        one, two = whole[name][good], split[name][good]
        joined = np.delete(two, layer + 1, axis=-1)
        if name != "thickness":
            joined[:, layer] += two[:, layer + 1]
        natural = whole.velocity[good] / np.max(column) if name != "thickness" else 1 / np.ones(good.sum())
        scale = np.maximum(np.max(np.abs(one), axis=-1), 1e-2 * natural)
        assert np.max(np.abs(joined - one) / scale[:, None]) < allowed


@pytest.mark.parametrize("wave", WAVES)
@pytest.mark.parametrize("mode", [0, 2])
def test_place_in_a_batch_threads_and_order_change_no_bit(wave, mode):
    """Every value by its own place: batches of 1, 5 and 19 models, 1 and 2 threads, periods forwards and shuffled."""
    rng = np.random.default_rng(83)
    models = [FAMILIES["backward waves"][0](rng)[0] for _ in range(60)]
    models = [model for model in models if len(model[2]) == 4][:19]
    assert len(models) == 19
    stacked = [np.stack(columns) for columns in zip(*models, strict=True)]
    periods = np.geomspace(0.02, 1.0, 23)
    order = rng.permutation(23)
    asked = {"wave": wave, "mode": mode}
    functions = (sg.phase_velocity, sg.group_velocity, lambda *m, **a: sg.phase_kernels(*m, **a).vs)
    for function in functions:
        together = function(*stacked, periods, threads=1, **asked)
        assert np.isfinite(together).any()
        np.testing.assert_array_equal(function(*stacked, periods, threads=2, **asked), together)
        shuffled = function(*stacked, periods[order], threads=1, **asked)
        np.testing.assert_array_equal(shuffled, together[:, order])
        for part in (slice(0, 1), slice(7, 12), slice(18, 19)):
            some = function(*(column[part] for column in stacked), periods, threads=1, **asked)
            np.testing.assert_array_equal(some, together[part])
