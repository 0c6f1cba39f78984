"""The figure of the README: exact curves and Vs kernels of ak135.

Run: python examples/curves_and_kernels.py [figure.png]
"""

import sys

import numpy as np
from cmcrameri import cm
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import surfgrad as sg

PERIODS = np.geomspace(3.0, 100.0, 60)
KERNEL_PERIODS = np.array([5.0, 10.0, 20.0, 40.0, 80.0])
COLOURS = {"rayleigh": "#0072B2", "love": "#D55E00"}
DASHES = ("-", "--", ":")
DEEPEST = 150.0


def draw_curves(axes: Axes, model: sg.EarthModel) -> None:
    """Phase velocity of three modes of both waves; an overtone ends where it is no longer trapped."""
    for wave, colour in COLOURS.items():
        for mode, dashes in enumerate(DASHES):
            velocity = sg.phase_velocity(*model.arrays, PERIODS, wave=wave, mode=mode)
            axes.semilogx(PERIODS, velocity, dashes, color=colour, label=f"{wave.capitalize()} {mode}")
    axes.set_xticks([5, 10, 20, 50, 100], labels=["5", "10", "20", "50", "100"])
    axes.minorticks_off()
    axes.set_xlabel("Period (s)")
    axes.set_ylabel("Phase velocity (km/s)")
    axes.legend(frameon=False, fontsize="x-small", ncols=2)


def draw_kernels(axes: Axes, model: sg.EarthModel, wave: str) -> None:
    """Fundamental-mode dc/dVs per km against depth, one staircase a period."""
    kernels = sg.phase_kernels(*model.arrays, KERNEL_PERIODS, wave=wave, per="km")
    edges = np.append(model.depth_top, 2 * model.depth_top[-1])
    for period, profile, shade in zip(
        KERNEL_PERIODS, kernels.vs, np.linspace(0, 0.85, len(KERNEL_PERIODS)), strict=True
    ):
        colour = cm.batlow(shade)
        axes.stairs(profile, edges, orientation="horizontal", baseline=None, color=colour, label=f"{period:g} s")
    axes.axvline(0, color="k", linewidth=0.5)
    axes.set_ylim(DEEPEST, 0)
    axes.set_xticks([0, 0.04, 0.08])
    axes.set_xlabel(r"$\partial c/\partial V_S$ per km")
    axes.set_title(f"{wave.capitalize()} kernels", fontsize="small")
    axes.legend(frameon=False, fontsize="x-small", loc="lower right")


def draw_model(axes: Axes, model: sg.EarthModel) -> None:
    """Vs against depth."""
    edges = np.append(model.depth_top, 2 * model.depth_top[-1])
    axes.stairs(model.vs, edges, orientation="horizontal", baseline=None, color="k")
    axes.set_xlim(3.0, 5.0)
    axes.set_ylim(DEEPEST, 0)
    axes.set_xlabel("$V_S$ (km/s)")
    axes.set_ylabel("Depth (km)")
    axes.set_title("ak135", fontsize="small")


def split(model: sg.EarthModel, thickest: float) -> sg.EarthModel:
    """The same ground in layers of at most `thickest` km: curves stay as they are, kernels show more of the depth."""
    parts = np.maximum(1, np.ceil(model.thickness / thickest)).astype(int)
    thickness, vp, vs, rho = (np.repeat(values, parts) for values in model.arrays)
    return sg.EarthModel(thickness / np.repeat(parts, parts), vp, vs, rho, name=model.name)


def main(path: str = "curves_and_kernels.png") -> None:
    """Draw and save."""
    model = split(sg.EarthModel.reference("ak135"), thickest=2.5)
    figure = Figure(figsize=(10, 3.6), dpi=120, layout="constrained")
    curves, profile, rayleigh, love = figure.subplots(1, 4, width_ratios=[1.7, 0.7, 1, 1])
    draw_curves(curves, model)
    draw_model(profile, model)
    for axes, wave in ((rayleigh, "rayleigh"), (love, "love")):
        draw_kernels(axes, model, wave)
        axes.set_yticklabels([])
    figure.savefig(path)


if __name__ == "__main__":
    main(*sys.argv[1:])
