"""Windows of depth: exact shares, no jump where an interface moves, and averages that a long wave would take."""

from itertools import pairwise

import numpy as np
import pytest
import torch
from scipy.integrate import quad

from surfgrad.errors import UsageError
from surfgrad.surrogates.backus import LOVE, RAYLEIGH, invariants, medium
from surfgrad.surrogates.travel_time import mean_velocity
from surfgrad.surrogates.windows import Windows

THICKNESS = torch.tensor([[0.5, 2.0, 0.02, 30.0, 0.0]], dtype=torch.float64)
WAVELENGTH = torch.tensor([11.0], dtype=torch.float64)


def test_shares_are_integrals_of_gaussians() -> None:
    windows = Windows()
    shares = windows.shares(THICKNESS, WAVELENGTH)[0].numpy()
    edges = np.append(np.log1p(np.cumsum([0.0, 0.5, 2.0, 0.02, 30.0]) / (windows.nearest * 11.0)), np.inf)
    for number in (0, 3, windows.count - 1):
        centre, sigma = number * windows.spacing, windows.width * windows.spacing
        parts = np.array(
            [
                quad(lambda s: np.exp(-0.5 * ((s - centre) / sigma) ** 2), a, min(b, centre + 12 * sigma))[0]  # noqa: B023
                if a < centre + 12 * sigma
                else 0.0
                for a, b in pairwise(edges)
            ]
        )
        np.testing.assert_allclose(shares[:, number], parts / parts.sum(), atol=1e-9)


def test_shares_sum_to_one_and_parts_of_a_layer_add_up() -> None:
    whole = Windows().shares(THICKNESS, WAVELENGTH)
    cut = torch.tensor([[0.5, 1.7, 0.3, 0.02, 30.0, 0.0]], dtype=torch.float64)
    parts = Windows().shares(cut, WAVELENGTH)
    torch.testing.assert_close(whole.sum(dim=1), torch.ones_like(whole[:, 0]), rtol=1e-13, atol=0)
    torch.testing.assert_close(parts[:, 1] + parts[:, 2], whole[:, 1], rtol=1e-12, atol=1e-15)


def test_a_half_space_fills_every_window() -> None:
    shares = Windows().shares(torch.zeros((2, 1), dtype=torch.float64), torch.ones(2, dtype=torch.float64))
    assert shares.shape == (2, 1, Windows().count)
    assert (shares == 1.0).all()


@pytest.mark.parametrize("bad", [{"spacing": 0.0}, {"nearest": float("nan")}, {"width": "wide"}, {"spacing": 2e-3}])
def test_windows_that_cannot_be_are_refused(bad: dict[str, object]) -> None:
    with pytest.raises(UsageError, match=next(iter(bad))):
        Windows(**bad)  # type: ignore[arg-type]


def layers(rows: list[list[float]]) -> tuple[torch.Tensor, ...]:
    return tuple(torch.tensor([row], dtype=torch.float64) for row in rows)


@pytest.mark.parametrize(("wave", "kinds"), [("rayleigh", RAYLEIGH), ("love", LOVE)])
def test_contrast_numbers_vanish_in_a_half_space_and_only_there(wave: str, kinds: int) -> None:
    weights = torch.full((2,), 0.5, dtype=torch.float64)
    even = medium(wave, *layers([[6.0, 6.0], [3.5, 3.5], [2.7, 2.7]]))
    uneven = medium(wave, *layers([[6.0, 4.0], [3.5, 1.0], [2.7, 2.0]]))
    speed = torch.log(torch.tensor([3.5], dtype=torch.float64))
    half = torch.tensor([[[0.5, 0.5], [0.2, 0.8]]], dtype=torch.float64)
    calm, rough = (invariants(wave, half @ each, weights, speed) for each in (even, uneven))
    assert calm.shape == (1, 2, kinds)
    torch.testing.assert_close(calm[..., :2], torch.zeros_like(calm[..., :2]), rtol=0, atol=1e-14)
    contrasts = slice(3, None) if wave == "rayleigh" else slice(2, None)
    assert calm[..., contrasts].abs().max() < 1e-14
    assert rough[..., contrasts].abs().min() > 0.01


def test_love_does_not_see_vp() -> None:
    one, other = (medium("love", *layers([[vp, 7.0], [3.5, 4.0], [2.7, 3.0]])) for vp in (6.0, 9.0))
    assert torch.equal(one, other)
    assert not torch.equal(*(medium("rayleigh", *layers([[vp], [3.5], [2.7]])) for vp in (6.0, 9.0)))


def test_the_first_guess_is_homogeneous_and_a_mean() -> None:
    thickness, vs = layers([[0.5, 2.0, 9.0, 30.0, 0.0], [1.0, 2.5, 2.0, 3.5, 4.5]])
    periods = torch.tensor([[2.0, 20.0]], dtype=torch.float64)
    for wave, factor in (("rayleigh", np.exp(-0.1)), ("love", np.exp(0.04))):
        guess = mean_velocity(wave, thickness, vs, periods)
        torch.testing.assert_close(
            mean_velocity(wave, thickness, 0.1 * vs, 10 * periods), 0.1 * guess, rtol=1e-13, atol=0
        )
        even = mean_velocity(wave, thickness, torch.full_like(vs, 3.0), periods)
        np.testing.assert_allclose(even.numpy(), 3.0 * factor, rtol=1e-13)
        assert guess[0, 0] < guess[0, 1]
