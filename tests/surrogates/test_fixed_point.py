"""The root that a network is asked for: found, or honestly not."""

import torch
from torch import Tensor

from surfgrad.surrogates.fixed_point import solve

TRUE = torch.linspace(-1.0, 2.0, 40, dtype=torch.float64)


def bent(x: Tensor, rows: Tensor) -> Tensor:
    """ln(c / v) of a network that is nearly right: slope near -1, and bent."""
    away = TRUE[rows] - x
    return away + 0.1 * torch.sin(3 * away)


def test_roots_are_found_from_far() -> None:
    start = TRUE + torch.linspace(-0.9, 0.9, 40, dtype=torch.float64)
    torch.testing.assert_close(solve(bent, start, 1e-13), TRUE, rtol=0, atol=1e-12)


def test_every_entry_goes_its_own_way() -> None:
    start = TRUE + 0.2
    together = solve(bent, start, 1e-13)
    for number in (0, 7, 39):
        alone = solve(lambda x, rows, number=number: bent(x, rows + number), start[number : number + 1], 1e-13)
        assert torch.equal(alone, together[number : number + 1])


def test_no_root_is_nan_and_spares_the_others() -> None:
    def half(x: Tensor, rows: Tensor) -> Tensor:
        return torch.where(rows % 2 == 0, bent(x, rows), 1.0 + x**2)

    found = solve(half, TRUE + 0.1, 1e-12)
    assert torch.isnan(found[1::2]).all()
    torch.testing.assert_close(found[::2], TRUE[::2], rtol=0, atol=1e-11)


def test_a_residual_that_is_nan_is_no_root() -> None:
    assert torch.isnan(solve(lambda x, rows: torch.full_like(x, torch.nan), TRUE, 1e-12)).all()
