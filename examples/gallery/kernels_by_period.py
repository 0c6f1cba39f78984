"""What each period sees: kernels of phase velocity for vs, over period and depth, each period by its largest.

Run: python examples/gallery/kernels_by_period.py [figure.png]
"""

import sys

import numpy as np
from cmcrameri import cm
from matplotlib.figure import Figure

import surfgrad as sg

DEEPEST = 250.0
earth = sg.EarthModel.reference("ak135")
parts = np.maximum(1, np.ceil(earth.thickness / 2.5)).astype(int)  # the same ground in thinner layers shows more
thickness, vp, vs, rho = (np.repeat(values, parts) for values in earth.arrays)
thickness = thickness / np.repeat(parts, parts)
periods = np.geomspace(4.0, 150.0, 120)

figure = Figure(figsize=(10, 3.8), dpi=120, layout="constrained")
both = figure.subplots(1, 2, sharey=True)
for axes, wave in zip(both, ("rayleigh", "love"), strict=True):
    kernels = sg.phase_kernels(thickness, vp, vs, rho, periods, wave=wave, per="km").vs[:, :-1]
    shown = kernels / np.abs(kernels).max(axis=1, keepdims=True)
    depth = np.append(0.0, np.cumsum(thickness[:-1]))
    edges = np.sqrt(periods[1:] * periods[:-1])
    edges = np.concatenate(([periods[0]], edges, [periods[-1]]))
    picture = axes.pcolormesh(edges, depth, shown.T, cmap=cm.vik, vmin=-1, vmax=1, rasterized=True)
    axes.axhline(35.0, color="k", linewidth=0.7, linestyle=":")
    axes.text(periods[-1] * 0.97, 33.0, "Moho", ha="right", fontsize="x-small")
    axes.set(title=f"{wave.capitalize()}, fundamental mode", xlabel="Period (s)", xscale="log", ylim=(DEEPEST, 0))
    axes.set_xticks([5, 10, 20, 50, 100], labels=["5", "10", "20", "50", "100"])
both[0].set_ylabel("Depth (km)")
figure.colorbar(picture, ax=both, label=r"$\partial c/\partial V_S$ per km, over the period's largest")
figure.savefig(sys.argv[1] if sys.argv[1:] else "kernels_by_period.png")
