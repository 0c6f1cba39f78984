"""The gradient of a misfit by torch, through the exact engine, beside central differences of any step.

Run: python examples/gallery/gradient_in_torch.py [figure.png]
"""

import sys

import numpy as np
import torch
from matplotlib.figure import Figure

from surfgrad.integrations.torch import phase_velocity

periods = np.geomspace(3.0, 60.0, 30)
thickness = torch.tensor([2.0, 5.0, 8.0, 10.0, 12.0, 20.0, 0.0], dtype=torch.float64)
vs = torch.tensor([2.4, 3.1, 3.4, 3.6, 3.8, 4.4, 4.6], dtype=torch.float64, requires_grad=True)
observed = 3.6 + 0.5 * torch.tanh(torch.log(torch.as_tensor(periods) / 20.0))


def misfit(vs: torch.Tensor) -> torch.Tensor:
    """Half the sum of squares over (0.02 km/s)^2; vp and density follow vs."""
    c = phase_velocity(thickness, 1.75 * vs, vs, 0.77 + 0.55 * vs, periods)
    return 0.5 * (((c - observed) / 0.02) ** 2).sum()


misfit(vs).backward()
exact = vs.grad.numpy()
steps = np.geomspace(1e-9, 0.1, 41)
worst = []
with torch.no_grad():
    for step in steps:
        moves = step * torch.eye(vs.numel(), dtype=torch.float64)
        differences = np.array([float(misfit(vs + m) - misfit(vs - m)) / (2 * step) for m in moves])
        worst.append(np.abs(differences - exact).max() / np.abs(exact).max())

figure = Figure(figsize=(9, 3.6), dpi=120, layout="constrained")
bars, errors = figure.subplots(1, 2)
bars.barh(np.arange(vs.numel()), exact, color="#0072B2")
bars.set_yticks(np.arange(vs.numel()), labels=[*(f"layer {i + 1}" for i in range(6)), "half-space"])
bars.invert_yaxis()
bars.set(xlabel="d misfit / d Vs (s/km)", title="One backward pass")
errors.loglog(steps, worst, color="#D55E00")
errors.axvspan(0.01, 0.1, color="#dddddd", zorder=0)
errors.text(0.009, max(worst), "steps of\n0.3 to 3 %", fontsize="x-small", va="top", ha="right")
errors.set(xlabel="Step of central differences (km/s)", ylabel="Largest error, relative")
errors.set_title("What differences give instead")
errors.grid(color="#e4e4e4", linewidth=0.6)
figure.savefig(sys.argv[1] if sys.argv[1:] else "gradient_in_torch.png")
