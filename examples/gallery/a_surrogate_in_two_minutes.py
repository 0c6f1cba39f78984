"""A surrogate trained in two minutes on two cores, models and labels included: taught values and exact derivatives.

Run: python examples/gallery/a_surrogate_in_two_minutes.py [figure.png]; GALLERY_SHARE=0.1 takes a tenth of everything.
"""

import csv
import os
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch  # noqa: F401 (what is trained)
from matplotlib.figure import Figure

import surfgrad as sg
from surfgrad.earth.priors import draw_many, get_prior
from surfgrad.ensembles import generate
from surfgrad.ensembles.labels import prior_labels
from surfgrad.surrogates.recipes import recipe
from surfgrad.surrogates.train import train

SHARE = float(os.environ.get("GALLERY_SHARE", "1"))
prior = get_prior("weak")
labels = prior_labels(prior, 1, "directional:0,periods:2,kernels:4")  # whole kernels at two periods of each model
with tempfile.TemporaryDirectory() as name:
    folder = Path(name)
    periods = np.geomspace(2.0, 60.0, 24)
    store = generate("weak", round(4000 * SHARE), 1, folder / "train.zarr", periods=periods, workers=2, further=labels)
    plan = recipe("grid", loss="sobolev", budget_minutes=1.5 * SHARE, evaluate_every=100)
    surrogate = train(store, folder / "ckpt", plan)
    with (folder / "ckpt" / "learning_curve.csv").open(encoding="utf-8") as file:
        rows = [{key: float(value) for key, value in row.items()} for row in csv.DictReader(file)]

unseen = draw_many(prior, 2, 1)
asked = [8.0, 20.0, 45.0]
learned, exact = surrogate.jacobian(unseen, asked), sg.ExactForward().jacobian(unseen, asked)
figure = Figure(figsize=(9.5, 4.2), dpi=120, layout="constrained")
learning, profile = figure.subplots(1, 2)
seconds = [row["seconds"] for row in rows]
for key, scale, label, colour in (
    ("validation_mae_km_s", 1e3, "velocities: mean error (m/s)", "#0072B2"),
    ("validation_kernel_error", 1e2, "vs kernels: median error (%)", "#D55E00"),
):
    learning.semilogy(seconds, [scale * row[key] for row in rows], color=colour, marker="o", markersize=3, label=label)
learning.set(xlabel="Training (s)", ylabel="Error, models not trained on")
learning.set_yticks([1, 3, 10, 30, 100, 300], labels=["1", "3", "10", "30", "100", "300"])
learning.minorticks_off()
thickness = unseen[0][0][:-1]
edges = np.append(0.0, np.cumsum(thickness))
for row, (period, colour) in enumerate(zip(asked, ("#0072B2", "#D55E00", "#009E73"), strict=True)):
    for kernels, style, width in ((exact, "-", 2.4), (learned, "--", 1.0)):
        shown = kernels.vs[0, 0, row, :-1] / thickness
        dark = "#222222" if kernels is learned else colour
        profile.stairs(
            shown, edges, orientation="horizontal", baseline=None, color=dark, linestyle=style, linewidth=width
        )
    profile.plot([], [], color=colour, linewidth=2.4, label=f"exact, {period:g} s")
profile.plot([], [], color="#222222", linestyle="--", linewidth=1.0, label="learned")
profile.set(ylim=(120, 0), xlabel=r"Rayleigh $\partial c/\partial V_S$ per km", ylabel="Depth (km)")
for axes in (learning, profile):
    axes.legend(frameon=False, fontsize="small", loc="best")
    axes.grid(color="#e4e4e4", linewidth=0.6)
figure.savefig(sys.argv[1] if sys.argv[1:] else "a_surrogate_in_two_minutes.png")
