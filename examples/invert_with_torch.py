"""Vs of a layered crust from its Rayleigh and Love curves: L-BFGS through the exact engine.

Run: python examples/invert_with_torch.py [model.csv]
"""

import sys

import numpy as np
import torch

import surfgrad as sg
from surfgrad.integrations.torch import phase_velocity

PERIODS, SIGMA = np.geomspace(2.0, 60.0, 30), 0.005  # s, km/s
THICKNESS = torch.tensor([2.0, 4.0, 8.0, 12.0, 14.0, 0.0])
TRUTH = torch.tensor([2.4, 3.3, 3.1, 3.6, 3.9, 4.6])


def curves(vs: torch.Tensor) -> torch.Tensor:
    """Two modes of both waves (4, T), km/s, with vp and density that follow vs."""
    model = THICKNESS.double(), 1.75 * vs, vs, 1.2 + 0.45 * vs
    return torch.stack([phase_velocity(*model, PERIODS, wave=w, mode=m) for w in ("rayleigh", "love") for m in (0, 1)])


data = curves(TRUTH.double()) + SIGMA * torch.randn(4, 30, generator=torch.manual_seed(1))
there = torch.isfinite(data)  # an overtone ends where it is no longer trapped
log_vs = torch.linspace(2.8, 4.4, 6, dtype=torch.float64).log().requires_grad_()
optimiser = torch.optim.LBFGS([log_vs], max_iter=200, line_search_fn="strong_wolfe")


def misfit() -> torch.Tensor:
    """Half chi squared, its gradient left in `log_vs`; a mode that the data has and the model lacks costs 50 sigma."""
    optimiser.zero_grad()
    residual = torch.nan_to_num((curves(log_vs.exp()) - data)[there] / SIGMA, nan=50.0)
    value = 0.5 * (residual**2).sum()
    value.backward()
    return value


optimiser.step(misfit)
vs = log_vs.detach().exp()
print("true ", *(f"{v:6.3f}" for v in TRUTH), "\nfound", *(f"{v:6.3f}" for v in vs))
print(f"chi squared per value {2 * float(misfit().detach()) / int(there.sum()):.2f}")
sg.EarthModel(THICKNESS, 1.75 * vs, vs, 1.2 + 0.45 * vs).to_file(sys.argv[1] if sys.argv[1:] else "found.csv")
