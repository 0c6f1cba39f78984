"""H/V of soil over rock: at its pole the surface moves horizontally, at its zero vertically, and the sense turns.

Run: python examples/gallery/ellipticity_and_its_pole.py [figure.png]
"""

import sys

import numpy as np
from matplotlib.figure import Figure

import surfgrad as sg

thickness, vp, vs, rho = [0.03, 0.0], [0.5, 2.6], [0.2, 1.2], [1.8, 2.3]
frequencies = np.geomspace(0.5, 20.0, 800)
ratio = sg.ellipticity(thickness, vp, vs, rho, 1 / frequencies)
turn = np.abs(np.diff(np.arctan(ratio))) > np.pi / 2  # from plus to minus infinity between two frequencies
pole = frequencies[:-1][turn][0]
zero = frequencies[:-1][(np.diff(np.sign(ratio)) != 0) & ~turn][0]

figure = Figure(figsize=(9, 3.6), dpi=120, layout="constrained")
signed, size = figure.subplots(1, 2)
angle = np.degrees(np.arctan(ratio))
angle[:-1][turn] = np.nan  # no line across the pole
signed.semilogx(frequencies, angle, color="#0072B2")
ticks = np.array([-10, -2, -1, -0.5, 0, 0.5, 1, 2, 10])
signed.set_yticks(np.degrees(np.arctan(ticks)), labels=[f"{tick:g}" for tick in ticks])
signed.axhline(0, color="k", linewidth=0.6)
signed.set(title="Signed, on an axis of its angle", ylabel="H/V (retrograde positive)", ylim=(-90, 90))
size.loglog(frequencies, np.abs(ratio), color="#0072B2")
size.axvline(vs[0] / (4 * thickness[0]), color="#D55E00", linestyle="--", label=r"$V_S/4h$ of the soil")
size.set(title=f"Its size: pole at {pole:.2f} Hz, zero at {zero:.2f} Hz", ylabel="|H/V|", ylim=(0.01, 100))
size.legend(frameon=False, fontsize="small")
for axes in (signed, size):
    axes.set_xlabel("Frequency (Hz)")
    axes.set_xticks([0.5, 1, 2, 5, 10, 20], labels=["0.5", "1", "2", "5", "10", "20"])
    axes.minorticks_off()
    axes.grid(color="#e4e4e4", linewidth=0.6)
figure.savefig(sys.argv[1] if sys.argv[1:] else "ellipticity_and_its_pole.png")
