"""All modes that a site traps, counted before they are computed: none is missed, none is invented.

Run: python examples/gallery/all_modes.py [figure.png]
"""

import sys

import numpy as np
from cmcrameri import cm
from matplotlib.figure import Figure

import surfgrad as sg

thickness = [0.004, 0.008, 0.018, 0.04, 0.0]
vp, vs, rho = [0.36, 1.45, 1.6, 1.9, 2.4], [0.15, 0.22, 0.38, 0.55, 1.1], [1.75, 1.85, 1.95, 2.05, 2.25]
frequencies = np.linspace(1.0, 60.0, 400)

figure = Figure(figsize=(9, 3.8), dpi=120, layout="constrained")
for axes, wave in zip(figure.subplots(1, 2, sharey=True), ("rayleigh", "love"), strict=True):
    trapped = sg.mode_count(thickness, vp, vs, rho, 1 / frequencies, vs[-1], wave=wave)
    for mode in range(trapped.max()):
        curve = sg.dispersion(thickness, vp, vs, rho, 1 / frequencies, wave=wave, mode=mode)
        axes.plot(frequencies, 1000 * curve.velocity, color=cm.batlow(mode / trapped.max()), linewidth=1.4)
    found = sum(
        np.isfinite(sg.phase_velocity(thickness, vp, vs, rho, 1 / frequencies, wave=wave, mode=mode))
        for mode in range(trapped.max())
    )
    assert (found == trapped).all(), "every mode that is counted has its velocity, and no other"
    axes.set(title=f"{wave.capitalize()}: up to {trapped.max()} modes", xlabel="Frequency (Hz)")
    axes.grid(color="#e4e4e4", linewidth=0.6)
figure.axes[0].set_ylabel("Phase velocity (m/s)")
figure.savefig(sys.argv[1] if sys.argv[1:] else "all_modes.png")
