"""The surrogate that comes with the package, asked about models like its own and unlike them: its score knows which.

Run: python examples/gallery/a_surrogate_and_its_domain.py [figure.png]
"""

import sys

import numpy as np
import torch  # noqa: F401 (what the surrogate runs on)
from matplotlib.figure import Figure

import surfgrad as sg
from surfgrad.earth.priors import draw_many, get_prior

surrogate, exact = sg.load_surrogate("builtin"), sg.ExactForward()
GROUNDS = (
    ("smooth crust and mantle (weak)", "weak", np.geomspace(2.0, 60.0, 12), "#0072B2", "o"),
    ("sharp Moho, channels (tectonic)", "tectonic", np.geomspace(2.0, 60.0, 12), "#D55E00", "s"),
    ("soil over rock (near_surface)", "near_surface", np.geomspace(0.01, 1.0, 12), "#009E73", "^"),
)
figure = Figure(figsize=(7.5, 4.2), dpi=120, layout="constrained")
axes = figure.add_subplot()
for name, prior, periods, colour, marker in GROUNDS:
    models = draw_many(get_prior(prior), 5, 25)
    true = exact.predict(models, periods)
    error = np.abs(surrogate.predict(models, periods) / true - 1)
    score = surrogate.score(models, periods)
    trapped = np.isfinite(true) & np.isfinite(score) & np.isfinite(error)
    inside = trapped & (score <= 1)
    share = inside.sum() / trapped.sum()
    label = f"{name}: {share:.0%} inside, median error there {100 * np.median(error[inside]):.1g} %"
    axes.loglog(score[trapped], 100 * error[trapped], marker, color=colour, markersize=2.6, alpha=0.6, label=label)
axes.axvline(1.0, color="k", linewidth=0.8)
axes.text(1.08, 0.0013, "outside", fontsize="small")
axes.set(xlabel="Score of the value", ylabel="Error of phase velocity (%)", ylim=(1e-3, 2e4))
axes.legend(frameon=False, fontsize="small", loc="upper left", markerscale=2)
axes.grid(color="#e4e4e4", linewidth=0.6)
figure.savefig(sys.argv[1] if sys.argv[1:] else "a_surrogate_and_its_domain.png")
