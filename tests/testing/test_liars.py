"""Liars are forwards in all but the numbers, and the tools that name them say what is wrong."""

from pathlib import Path

import numpy as np
import pytest
from tests.audit.ground import known
from tests.audit.small_prior import SmallPrior
from tests.audit.toy import Toy, uneven_models

from surfgrad.contracts import Forward
from surfgrad.earth.priors.base import draw_many
from surfgrad.testing.check_forward import check_forward
from surfgrad.testing.check_kernel import check_identities, check_kernel
from surfgrad.testing.liars import (
    HONEST,
    SHELF,
    UntrainedNetwork,
    nan_at_cutoff,
    noisy_band,
    prior_projected,
    random_nan,
    tied_kernel,
)

PAGE = Path(__file__).resolve().parents[2] / "docs" / "liars.md"
MODELS = draw_many(SmallPrior(), 5, 3)
PERIODS = np.array([4.0, 15.0, 45.0])


def liar(name):
    return SHELF[name].liar(Toy(), **known())


@pytest.mark.parametrize("name", SHELF)
def test_every_liar_is_a_forward_of_its_own_name(name):
    assert isinstance(liar(name), Forward)
    assert liar(name).name == name
    assert SHELF[name].named_by
    assert not set(SHELF[name].named_by) & set(SHELF[name].spares)


def table_row(entry):
    """A liar's line of docs/liars.md."""
    what = entry.make.__doc__.splitlines()[0].rstrip(".")
    named, spared = (", ".join(f"`{each}`" for each in group) for group in (entry.named_by, entry.spares))
    where = ", ".join((*(f"{band} s" for band in entry.bands or ()), *(entry.parameters or ()))) or "everywhere"
    return f"| `{entry.name}` | {what} | {named} | {spared} | {where} |"


def test_the_page_has_every_liar_as_the_shelf_has_it():
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    listed = [line for line in lines if line.startswith("| `") and line.count("|") == 6]
    assert listed == [table_row(entry) for entry in SHELF.values()]


def test_the_shelf_is_full():
    assert len(SHELF) >= 15


@pytest.mark.parametrize("name", [name for name in SHELF if name != "random_nan"])
def test_only_the_numbers_are_wrong(name):
    assert check_forward(liar(name), MODELS, PERIODS) == []


def test_a_lost_sample_breaks_the_contract():
    problems = check_forward(random_nan(Toy(), 0.9), MODELS, PERIODS)
    assert any("NaN where the status promises one" in problem for problem in problems)


def test_a_mode_said_to_be_untrapped_does_not():
    eager = nan_at_cutoff(Toy(), margin=0.2)
    lost = np.isnan(eager.predict(MODELS, PERIODS))
    assert lost.any()
    assert not lost.all()
    assert check_forward(eager, MODELS, PERIODS) == []


@pytest.mark.parametrize("name", SHELF)
def test_every_liar_differs_from_the_truth(name):
    times = np.arange(2.0, 61.0, 0.5)
    told, honest = liar(name).jacobian(MODELS, times), Toy().jacobian(MODELS, times)
    differs = [not np.allclose(told[each], honest[each], rtol=1e-3, atol=1e-9) for each in ("vp", "vs", "rho")]
    differs.append(not np.allclose(told.velocity, honest.velocity, equal_nan=True))
    assert any(differs) or name == "nan_at_cutoff"


def test_random_nan_loses_about_the_share_it_says():
    times = np.arange(2.0, 60.0, 0.25)
    lost = np.isnan(random_nan(Toy(), 0.1).predict(uneven_models(3, 10), times))
    assert 0.05 < lost.mean() < 0.15


def test_the_noise_of_a_band_is_as_large_as_it_says_and_ends_with_the_band():
    times = np.array([9.9, 10.0, 19.9, 20.0])
    told, honest = noisy_band(Toy(), (10.0, 20.0), 0.5).jacobian(MODELS, times), Toy().jacobian(MODELS, times)
    off = np.linalg.norm((told.vs - honest.vs)[..., :-1], axis=-1) / np.linalg.norm(honest.vs[..., :-1], axis=-1)
    np.testing.assert_allclose(off, np.broadcast_to([0.0, 0.5, 0.5, 0.0], off.shape), atol=1e-12)


def test_a_projected_kernel_is_right_along_the_prior_and_nothing_off_it():
    subspace = known()["subspace"]
    told, honest = prior_projected(Toy(), subspace).jacobian(MODELS, PERIODS), Toy().jacobian(MODELS, PERIODS)
    parameters = [each[:, None, None] for each in MODELS[1:]]

    def change(kernels, direction):
        by_log = (kernels[name] * each for name, each in zip(("vp", "vs", "rho"), parameters, strict=True))
        return sum((part * row).sum(-1) for part, row in zip(by_log, direction, strict=True))

    for direction in subspace.directions:
        np.testing.assert_allclose(change(told, direction), change(honest, direction), atol=1e-12)
    off = subspace.split(np.random.default_rng(0).standard_normal(subspace.mean.shape))[1]
    assert np.abs(change(told, off)).max() < 1e-12 < np.abs(change(honest, off)).max()


def test_a_tied_kernel_is_right_along_the_tie_and_keeps_the_identities():
    told, honest = tied_kernel(Toy()).jacobian(MODELS, PERIODS), Toy().jacobian(MODELS, PERIODS)
    _, vp, vs, rho = (each[:, None, None] for each in MODELS)
    np.testing.assert_allclose(told.vs, honest.tied(vp / vs, 0.25 * rho / vs))
    assert not told.vp.any()
    assert not told.rho.any()
    assert check_identities(tied_kernel(Toy()), MODELS, np.arange(2.0, 61.0)) == []


def test_an_untrained_network_knows_its_own_derivative():
    assert check_kernel(UntrainedNetwork(), MODELS, PERIODS) == []
    assert check_kernel(UntrainedNetwork(waves=("love",), seed=3), MODELS, PERIODS) == []


@pytest.mark.parametrize("name", HONEST)
def test_controls_keep_the_contract(name):
    assert check_forward(HONEST[name](Toy()), MODELS, PERIODS, tolerance=1e-5) == []
