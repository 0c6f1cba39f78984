"""Kernels smoothed over nine layers look right and are not: the audit says by which metric, and the value error cannot.

Run: python examples/gallery/an_audit_that_fails.py [figure.png]
"""

import sys

import numpy as np
from matplotlib.figure import Figure

import surfgrad as sg
from surfgrad.earth.priors import draw_many, get_prior
from surfgrad.testing.liars import smoothed_kernel

models = draw_many(get_prior("tectonic"), 3, 25)
periods = np.geomspace(2.0, 60.0, 15)
honest, liar = sg.ExactForward(), smoothed_kernel(sg.ExactForward())
record = sg.audit(liar, models, periods)
print(f"verdict {record.verdict}; failed: {', '.join(record.failed())}")
assert record.verdict == "FAIL"
assert sg.audit(honest, models, periods).verdict == "PASS"

figure = Figure(figsize=(9.5, 4.0), dpi=120, layout="constrained")
profile, error = figure.subplots(1, 2)
one = tuple(each[:1] for each in models)
depth = np.cumsum(models[0][0][:-1])
edges = np.append(0.0, depth)
for forward, colour, name in ((honest, "#222222", "exact"), (liar, "#D55E00", "audited")):
    kernel = forward.jacobian(one, [12.0]).vs[0, 0, 0, :-1] / models[0][0][:-1]
    profile.stairs(kernel, edges, orientation="horizontal", baseline=None, color=colour, label=name)
profile.set(ylim=(60, 0), xlabel=r"Rayleigh $\partial c/\partial V_S$ per km at 12 s", ylabel="Depth (km)")
profile.legend(frameon=False, loc="lower right")
profile.set_title("Much the same to the eye", fontsize="medium")
of_vs = record.curves["relative_l2"][:, 0]
for wave, curve, colour in zip(("Rayleigh", "Love"), of_vs, ("#0072B2", "#D55E00"), strict=True):
    error.semilogx(periods, curve, color=colour, marker="o", markersize=3, label=wave)
error.set(xlabel="Period (s)", ylabel="Relative error of vs kernels", ylim=(0, None))
error.set_xticks([2, 5, 10, 20, 50], labels=["2", "5", "10", "20", "50"])
error.minorticks_off()
error.grid(color="#e4e4e4", linewidth=0.6)
error.legend(frameon=False)
error.set_title(f"{record.verdict} by {len(record.failed())} metrics; error of values 0", fontsize="medium")
figure.savefig(sys.argv[1] if sys.argv[1:] else "an_audit_that_fails.png")
