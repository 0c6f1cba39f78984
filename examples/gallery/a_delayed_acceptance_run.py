"""A forward that is a little wrong proposes, the exact engine decides: the posterior is the exact one all the same.

Run: python examples/gallery/a_delayed_acceptance_run.py [figure.png]; GALLERY_SHARE=0.1 takes a tenth of the draws.
"""

import os
import sys

import numpy as np
from matplotlib.figure import Figure

import surfgrad as sg
from surfgrad.inversion.corrected import corrected
from surfgrad.inversion.delayed import delayed_acceptance
from surfgrad.inversion.hmc import hmc
from surfgrad.inversion.models import Options, prior_of
from surfgrad.inversion.noise import noise_of
from surfgrad.inversion.observations import observations
from surfgrad.inversion.optimum import find_optimum
from surfgrad.inversion.physics import ExactPhysics, ForwardPhysics
from surfgrad.inversion.posterior import Posterior
from surfgrad.inversion.profiles import vs_at
from surfgrad.inversion.reach import reach_of
from surfgrad.testing.liars import biased_values

SHARE = float(os.environ.get("GALLERY_SHARE", "1"))
rng = np.random.default_rng(3)
periods, sigma = np.geomspace(4.0, 40.0, 10), 0.02  # s, km/s
truth = sg.EarthModel([4, 12, 18, 0], [5.1, 6.0, 6.7, 8.0], [2.8, 3.45, 3.8, 4.5], [2.5, 2.7, 2.9, 3.35])
picked = sg.phase_velocity(*truth.arrays, periods) + sigma * rng.standard_normal(periods.size)
data = observations(sg.ObservedCurves("rayleigh", "phase", 0, periods, picked, sigma))
prior = prior_of("spline:5", reach_of(data), Options(fine=12, half_space=4.6))
exact = Posterior(data, ExactPhysics(data), prior, noise_of(data))
wrong = biased_values(sg.ExactForward(), 0.03)  # km/s too fast, everywhere: it stands for a surrogate
cheap = Posterior(data, ForwardPhysics(data, wrong), prior, noise_of(data))
optimum = find_optimum(exact, starts=8, seed=1)
assert optimum is not None
mended = corrected(cheap, exact, optimum.x, optimum.covariance)  # right to second order at the optimum
known = {"draws": round(400 * SHARE), "tune": round(100 * SHARE), "chains": 16, "seed": 1}
known |= {"start": optimum.x, "covariance": optimum.covariance}
runs = {"exact engine": hmc(exact, **known), "wrong forward alone": hmc(cheap, **known)}
runs["delayed acceptance"] = delayed = delayed_acceptance(exact, mended, **known)
accepted = float(np.nanmean(delayed.statistics["second_stage_acceptance"]))
print(f"accepted by the exact engine: {accepted:.2f}")

LOOKS = {
    "exact engine": ("#222222", "-"),
    "wrong forward alone": ("#D55E00", ":"),
    "delayed acceptance": ("#0072B2", "--"),
}
figure = Figure(figsize=(9.5, 4.2), dpi=120, layout="constrained")
profile, law = figure.subplots(1, 2)
depths = np.linspace(0.0, 60.0, 200)
for name, (colour, style) in LOOKS.items():
    vs = vs_at(prior.models(runs[name].pooled), depths)
    for share in (0.05, 0.5, 0.95):
        width = 1.8 if share == 0.5 else 1.0
        profile.plot(np.quantile(vs, share, axis=0), depths, color=colour, linestyle=style, linewidth=width)
    at = np.sort(vs[:, np.searchsorted(depths, 8.0)])
    law.plot(at, np.linspace(0, 1, at.size), color=colour, linestyle=style, label=name)
profile.set(ylim=(60, 0), xlabel=r"$V_S$ (km/s)", ylabel="Depth (km)")
profile.set_title("Median, and 5 and 95 %", fontsize="medium")
law.set(xlabel=r"$V_S$ at 8 km (km/s)", ylabel="Share of the draws below")
law.set_title(f"Corrected at the optimum: {accepted:.0%} accepted", fontsize="medium")
law.legend(frameon=False)
for axes in (profile, law):
    axes.grid(color="#e4e4e4", linewidth=0.6)
figure.savefig(sys.argv[1] if sys.argv[1:] else "a_delayed_acceptance_run.png")
