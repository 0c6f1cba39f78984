"""Rules that exact kernels obey whatever the model, on 300 draws of a prior, and a kernel 1 % too large beside them.

Run: python examples/gallery/identities.py [figure.png]
"""

import sys

import numpy as np
from matplotlib.figure import Figure

import surfgrad as sg
from surfgrad.earth.priors import draw_many, get_prior

thickness, vp, vs, rho = draw_many(get_prior("weak"), 1, 300)
periods = np.geomspace(2.0, 60.0, 20)
k = sg.phase_kernels(thickness, vp, vs, rho, periods)
u = sg.group_velocity(thickness, vp, vs, rho, periods)
a, b, r, h = (values[..., None, :] for values in (vp, vs, rho, thickness))
by_velocity, by_depth = (a * k.vp + b * k.vs).sum(-1), (h * k.thickness).sum(-1)
residuals = {
    "velocities and depths scaled": (by_velocity + by_depth - k.velocity) / k.velocity,
    r"velocities scaled: $c^2/U$": (by_velocity - k.velocity**2 / u) / k.velocity,
    "densities scaled": (r * k.rho).sum(-1) / k.velocity,
    "the first, kernels 1 % too large": (1.01 * (by_velocity + by_depth) - k.velocity) / k.velocity,
}
figure = Figure(figsize=(7.5, 3.8), dpi=120, layout="constrained")
axes = figure.add_subplot()
bins = np.arange(-18, 0, 0.25)
colours = ("#0072B2", "#D55E00", "#009E73", "#555555")
for (name, residual), colour in zip(residuals.items(), colours, strict=True):
    known = np.abs(residual[np.isfinite(residual)])
    counts, _ = np.histogram(np.log10(np.maximum(known, 1e-18)), bins)
    axes.stairs(counts, 10.0**bins, color=colour, label=f"{name}: largest {known.max():.0e}", linewidth=1.5)
axes.set(xscale="log", xlabel="Relative residual of the rule", ylabel="Values", title="Rayleigh waves, 2 to 60 s")
axes.legend(frameon=False, fontsize="small", loc="center")
figure.savefig(sys.argv[1] if sys.argv[1:] else "identities.png")
