"""Phase velocity over a region of 3,600 columns, one batch: how much of a map at 25 s is crustal thickness?

Run: python examples/gallery/a_map_of_many_points.py [figure.png]
"""

import sys

import numpy as np
from cmcrameri import cm
from matplotlib.figure import Figure

import surfgrad as sg

east, north = np.meshgrid(np.linspace(0, 600, 60), np.linspace(0, 600, 60))  # km
moho = 36 + 18 * np.exp(-(((north - 300 - 0.2 * east) / 90) ** 2))  # km: a root under a mountain range
basin = 4.0 * np.exp(-(((east - 420) / 80) ** 2 + ((north - 130) / 60) ** 2))  # km of sediment
thickness = np.stack([basin, 0.45 * moho - basin, 0.55 * moho, 0 * moho], axis=-1)
vp, vs, rho = np.array([3.2, 6.0, 6.7, 8.05]), np.array([1.7, 3.5, 3.85, 4.5]), np.array([2.2, 2.7, 2.9, 3.32])
columns = np.broadcast_arrays(thickness, vp, vs, rho)
fast = sg.dispersion(*columns, [8.0, 25.0])
assert (fast.status == sg.Status.OK).all()

figure = Figure(figsize=(10, 3.5), dpi=120, layout="constrained")
panels = (("Moho depth (km)", moho, cm.lapaz_r), ("c at 8 s (km/s)", fast.velocity[..., 0], cm.batlow))
panels = (*panels, ("c at 25 s (km/s)", fast.velocity[..., 1], cm.batlow))
for axes, (title, values, colours) in zip(figure.subplots(1, 3, sharey=True), panels, strict=True):
    picture = axes.pcolormesh(east, north, values, cmap=colours, rasterized=True)
    axes.contour(east, north, basin, levels=[1.0], colors="k", linewidths=0.8)  # where sediment is 1 km thick
    axes.set(title=title, xlabel="East (km)", aspect="equal")
    figure.colorbar(picture, ax=axes, shrink=0.9)
figure.axes[0].set_ylabel("North (km)")
figure.savefig(sys.argv[1] if sys.argv[1:] else "a_map_of_many_points.png")
