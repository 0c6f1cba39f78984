"""A buried channel: two modes so close that a search by steps passes both and takes the third for the first.

Run: python examples/gallery/certificate.py [figure.png]
"""

import sys

import numpy as np
from matplotlib.figure import Figure

import surfgrad as sg

thickness = np.array([2.0, 12.0, 4.1, 0.0])  # km: soft layers on top and below, hard ones between and underneath
vs, rho = np.array([2.2, 3.5, 2.196, 3.8]), np.array([2.4, 2.7, 2.4, 2.9])
vp = 1.75 * vs
periods = np.linspace(0.8, 4.0, 321)
STEP = 0.01  # km/s, a customary one


def secular(c: np.ndarray, period: float) -> np.ndarray:
    """Love's secular function by Haskell's recursion from the free surface down, at trial velocities c, km/s."""
    k, mu = 2 * np.pi / period / c, rho * vs**2
    u, stress = np.ones_like(c), np.zeros_like(c)
    for h, b, m in zip(thickness[:-1], vs[:-1], mu[:-1], strict=True):
        q = k * np.sqrt((1 - (c / b) ** 2).astype(complex))  # imaginary where the layer is slower
        cosh, sinh_over_q = np.cosh(q * h).real, (np.sinh(q * h) / q).real
        u, stress = cosh * u + sinh_over_q / m * stress, m * (q**2).real * sinh_over_q * u + cosh * stress
    return stress + mu[-1] * k * np.sqrt(1 - (c / vs[-1]) ** 2) * u


def first_root_by_steps(period: float) -> float:
    """The first change of sign, as most programs look for it."""
    trial = np.arange(0.9 * vs.min() + 0.3 * STEP, vs[-1], STEP)
    signs = np.flatnonzero(np.diff(np.sign(secular(trial, period))) != 0)
    return float(trial[signs[0]] + STEP / 2) if signs.size else np.nan


naive = np.array([first_root_by_steps(period) for period in periods])
modes = [sg.phase_velocity(thickness, vp, vs, rho, periods, wave="love", mode=mode) for mode in range(4)]
wrong = np.isfinite(naive) & (np.abs(naive - modes[0]) > STEP)
figure = Figure(figsize=(9, 3.8), dpi=120, layout="constrained")
curves, gap = figure.subplots(1, 2, width_ratios=[1.4, 1])
for mode, velocity in enumerate(modes):
    curves.plot(periods, velocity, color="#D55E00", linestyle=("-", "--", ":", "-.")[mode], label=f"mode {mode}")
curves.plot(periods[wrong], naive[wrong], ".", color="#0072B2", markersize=4, label='"mode 0" by steps of 10 m/s')
curves.set(
    xlabel="Period (s)", ylabel="Love phase velocity (km/s)", title=f"Wrong at {wrong.mean():.0%} of the periods"
)
curves.legend(frameon=False, fontsize="small")
apart = 1000 * (modes[1] - modes[0])
gap.semilogy(periods, apart, color="#D55E00")
gap.axhline(1000 * STEP, color="#0072B2", linestyle="--", label="the step")
gap.set(xlabel="Period (s)", ylabel="Modes 1 and 0 apart (m/s)")
gap.set_title(f"{np.nanmin(apart):.1g} m/s apart, and certified", fontsize="medium")
gap.legend(frameon=False, fontsize="small")
for axes in (curves, gap):
    axes.grid(color="#e4e4e4", linewidth=0.6)
figure.savefig(sys.argv[1] if sys.argv[1:] else "certificate.png")
