"""Can the inputs carry exact kernels at all? No network: the best combination of the inputs' own derivatives."""

import numpy as np
import pytest
import torch

from surfgrad.earth.priors import draw
from surfgrad.surrogates.backus import LOVE, RAYLEIGH, medium
from surfgrad.surrogates.scale_free import WaveNetwork
from surfgrad.surrogates.windows import Windows
from surfgrad.waves.kernels import phase_kernels


def best_error(wave: str, prior: str, period: float, kinds: slice) -> float:
    """Relative L2 error of the vs kernel of the best combination of inputs of some kinds, fitted to all three."""
    thickness, vp, vs, rho = draw(prior, 3, 1)
    exact = phase_kernels(thickness, vp, vs, rho, [period], wave=wave, per="log", threads=1)
    kernel = np.stack([exact.vp[0], exact.vs[0], exact.rho[0]])
    part = WaveNetwork(wave, (1,), Windows())
    part.weights.fill_(1.0 / part.windows.count)
    part = part.double()
    speed = torch.tensor(np.log(exact.velocity), dtype=torch.float64)

    def inputs(logs: torch.Tensor) -> torch.Tensor:
        quantities = medium(wave, *torch.exp(logs)[:, None])
        return part.features(torch.as_tensor(thickness)[None], quantities, torch.tensor([period]).double(), speed)[0]

    logs = torch.as_tensor(np.log(np.stack([vp, vs, rho])))
    slopes = torch.func.jacrev(inputs)(logs)[:, kinds].flatten(0, 1).flatten(1).numpy()
    found = np.linalg.lstsq(slopes.T, kernel.ravel(), rcond=1e-8)[0] @ slopes
    difference = (found.reshape(kernel.shape) - kernel)[1, :-1] / vs[:-1]
    return float(np.linalg.norm(difference) / np.linalg.norm(kernel[1, :-1] / vs[:-1]))


@pytest.mark.parametrize("prior", ["tectonic", "decorrelated"])
@pytest.mark.parametrize("period", [3.0, 15.0, 50.0])
@pytest.mark.parametrize(("wave", "kinds"), [("rayleigh", RAYLEIGH), ("love", LOVE)])
def test_exact_kernels_are_combinations_of_the_inputs_derivatives(
    wave: str, kinds: int, prior: str, period: float
) -> None:
    assert best_error(wave, prior, period, slice(0, kinds)) < 0.03


@pytest.mark.parametrize("wave", ["rayleigh", "love"])
def test_averages_of_one_kind_are_not_enough_where_layers_are_thin(wave: str) -> None:
    """Velocities of vertical S waves and densities alone, as bins of travel time have them."""
    all_kinds = best_error(wave, "decorrelated", 15.0, slice(0, None))
    assert best_error(wave, "decorrelated", 15.0, slice(0, 2)) > 10 * all_kinds
