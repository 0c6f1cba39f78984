"""Vs with bands from noisy curves of both waves: what the data say of each depth, and where only the prior speaks.

Run: python examples/gallery/an_inversion_with_bands.py [figure.png]
"""

import sys

import numpy as np
from matplotlib.figure import Figure

import surfgrad as sg
from surfgrad.inversion.models import prior_of
from surfgrad.inversion.noise import noise_of
from surfgrad.inversion.observations import observations
from surfgrad.inversion.optimum import find_optimum
from surfgrad.inversion.physics import ExactPhysics
from surfgrad.inversion.posterior import Posterior
from surfgrad.inversion.profiles import vs_at
from surfgrad.inversion.reach import reach_of

rng = np.random.default_rng(4)
middle = np.arange(1.0, 100.0, 2.0)  # km: a gradient with a slow channel about 20 km
vs = 2.9 + 1.6 * (1 - np.exp(-middle / 25)) - 0.3 * np.exp(-(((middle - 20) / 7) ** 2))
truth = sg.EarthModel(np.append(np.full(49, 2.0), 0.0), 1.75 * vs, vs, 1.2 + 0.45 * vs)
periods, sigma = np.geomspace(4.0, 60.0, 20), 0.02  # s, km/s
waves = np.repeat(["rayleigh", "love"], periods.size)
exact = np.concatenate([sg.phase_velocity(*truth.arrays, periods, wave=wave) for wave in ("rayleigh", "love")])
picked = exact + sigma * rng.standard_normal(exact.size)
data = observations(sg.ObservedCurves(waves, "phase", 0, np.tile(periods, 2), picked, sigma))
prior = prior_of("spline:14", reach_of(data))
posterior = Posterior(data, ExactPhysics(data), prior, noise_of(data))
optimum = find_optimum(posterior, starts=10, seed=1)
assert optimum is not None
draws = rng.multivariate_normal(optimum.x, optimum.covariance, 400)
fits = posterior.predictions(draws)
print(f"chi square per value {np.mean(((posterior.predictions(optimum.x[None])[0] - picked) / sigma) ** 2):.2f}")

figure = Figure(figsize=(9.5, 4.2), dpi=120, layout="constrained")
profile, fit = figure.subplots(1, 2)
depths = np.linspace(0.0, 90.0, 300)
for x, colour, name in (
    (rng.standard_normal((400, len(prior.names))), "#b0b0b0", "prior"),
    (draws, "#0072B2", "posterior"),
):
    low, middle, high = np.quantile(vs_at(prior.models(x), depths), (0.05, 0.5, 0.95), axis=0)
    profile.fill_betweenx(depths, low, high, color=colour, alpha=0.35, linewidth=0, label=f"{name}, 5 to 95 %")
profile.plot(middle, depths, color="#0072B2", label="posterior, median")
profile.plot(vs_at(tuple(each[None] for each in truth.arrays), depths)[0], depths, color="#222222", label="truth")
profile.set(ylim=(90, 0), xlabel=r"$V_S$ (km/s)", ylabel="Depth (km)")
profile.legend(frameon=False, fontsize="small", loc="lower left")
for wave, colour, name in (("rayleigh", "#0072B2", "Rayleigh"), ("love", "#D55E00", "Love")):
    of_wave = waves == wave
    low, high = np.nanquantile(fits[:, of_wave], (0.05, 0.95), axis=0)
    fit.fill_between(periods, low, high, color=colour, alpha=0.35, linewidth=0, label=f"{name}, 5 to 95 %")
    fit.errorbar(periods, picked[of_wave], sigma, fmt=".", color=colour, markersize=4, linewidth=0.9)
fit.set(xscale="log", xlabel="Period (s)", ylabel="Phase velocity (km/s)")
fit.set_xticks([5, 10, 20, 50], labels=["5", "10", "20", "50"])
fit.minorticks_off()
fit.legend(frameon=False, fontsize="small")
for axes in (profile, fit):
    axes.grid(color="#e4e4e4", linewidth=0.6)
figure.savefig(sys.argv[1] if sys.argv[1:] else "an_inversion_with_bands.png")
