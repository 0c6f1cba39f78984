"""How much faster waves are on a sphere than the same layers on a flat Earth say, for c, U and both waves.

Run: python examples/gallery/spherical_earth.py [figure.png]
"""

import sys

import numpy as np
from matplotlib.figure import Figure

import surfgrad as sg

model = sg.EarthModel.reference("prem")
periods = np.geomspace(5.0, 200.0, 60)
figure = Figure(figsize=(9, 3.6), dpi=120, layout="constrained")
curves, change = figure.subplots(1, 2)
for wave, colour in (("rayleigh", "#0072B2"), ("love", "#D55E00")):
    for solve, name, width in ((sg.phase_velocity, "c", 2.0), (sg.group_velocity, "U", 0.9)):
        flat, sphere = (solve(*model.arrays, periods, wave=wave, earth=earth) for earth in ("flat", "spherical"))
        look = {"color": colour, "linewidth": width}
        curves.semilogx(periods, sphere, **look, label=f"{wave.capitalize()} {name}")
        curves.semilogx(periods, flat, **look, linestyle=":")
        change.semilogx(periods, 100 * (sphere / flat - 1), **look)
curves.set(ylabel="Velocity (km/s)", title="PREM: sphere, and flat (dotted)")
curves.legend(frameon=False, fontsize="small")
change.set(ylabel="Sphere over flat, difference (%)", title="Neglected by a flat Earth")
change.axhline(0, color="k", linewidth=0.6)
for axes in (curves, change):
    axes.set_xlabel("Period (s)")
    axes.set_xticks([5, 10, 20, 50, 100, 200], labels=["5", "10", "20", "50", "100", "200"])
    axes.xaxis.minorticks_off()
    axes.grid(color="#e4e4e4", linewidth=0.6)
figure.savefig(sys.argv[1] if sys.argv[1:] else "spherical_earth.png")
