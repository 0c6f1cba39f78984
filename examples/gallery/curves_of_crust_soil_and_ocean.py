"""Phase (thick) and group velocity (thin) of a continental crust, of soil over rock, and of an ocean.

Run: python examples/gallery/curves_of_crust_soil_and_ocean.py [figure.png]
"""

import sys

import numpy as np
from matplotlib.figure import Figure

import surfgrad as sg

# thickness (km), vp, vs (km/s), density (g/cm3); the last row is the half-space; vs = 0 is water
CRUST = [(2, 4.3, 2.45, 2.45), (10, 5.95, 3.45, 2.7), (24, 6.6, 3.8, 2.87), (0, 8.05, 4.5, 3.32)]
SOIL = [(0.004, 0.36, 0.15, 1.75), (0.008, 1.45, 0.22, 1.85), (0.018, 1.6, 0.38, 1.95), (0, 2.4, 1.1, 2.25)]
OCEAN = [(4, 1.5, 0, 1.03), (0.6, 1.9, 0.5, 1.9), (7, 6.5, 3.7, 2.9), (60, 8.1, 4.55, 3.33), (0, 8.3, 4.65, 3.34)]
COLOURS = {"rayleigh": "#0072B2", "love": "#D55E00"}

figure = Figure(figsize=(10, 3.4), dpi=120, layout="constrained")
for axes, title, rows, periods, unit in zip(
    figure.subplots(1, 3),
    ("Continental crust", "Soft soil over rock", "Ocean, 4 km of water"),
    (CRUST, SOIL, OCEAN),
    (np.geomspace(2, 60, 120), np.geomspace(0.02, 1, 120), np.geomspace(3, 100, 120)),  # s
    (1.0, 1000.0, 1.0),
    strict=True,
):
    model = sg.EarthModel(*np.transpose(rows))
    for wave, colour in COLOURS.items():
        phase = sg.phase_velocity(*model.arrays, periods, wave=wave)
        group = sg.group_velocity(*model.arrays, periods, wave=wave)
        axes.semilogx(periods, unit * phase, color=colour, linewidth=2, label=f"{wave.capitalize()} c")
        axes.semilogx(periods, unit * group, color=colour, linewidth=0.9, label=f"{wave.capitalize()} U")
    axes.set(title=title, xlabel="Period (s)", ylabel=f"Velocity ({'m/s' if unit > 1 else 'km/s'})")
    round_ones = np.outer([0.01, 0.1, 1, 10, 100], [1, 2, 5]).ravel()
    ticks = round_ones[(round_ones >= periods[0]) & (round_ones <= periods[-1])]
    axes.set_xticks(ticks, labels=[f"{tick:g}" for tick in ticks])
    axes.minorticks_off()
    axes.grid(color="#e4e4e4", linewidth=0.6)
    axes.legend(frameon=False, fontsize="x-small")
figure.savefig(sys.argv[1] if sys.argv[1:] else "curves_of_crust_soil_and_ocean.png")
