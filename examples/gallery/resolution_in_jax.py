"""What two curves can say of each layer: the Fisher information from a Jacobian that JAX takes through the engine.

Run: python examples/gallery/resolution_in_jax.py [figure.png]
"""

import sys

import jax
import numpy as np
from matplotlib.figure import Figure

jax.config.update("jax_enable_x64", True)
import jax.numpy as jnp  # noqa: E402 (the precision must be chosen first)

from surfgrad.integrations.jax import phase_velocity  # noqa: E402

SIGMA, PRIOR = 0.02, 0.3  # km/s: of the data, and of what is known of vs before
thickness = jnp.append(jnp.full(20, 4.0), 0.0)
vs = jnp.linspace(2.8, 4.6, 21)
periods = np.geomspace(3.0, 60.0, 30)


def curve(vs: jax.Array, wave: str) -> jax.Array:
    """Phase velocity with vp and density that follow vs."""
    return phase_velocity(thickness, 1.75 * vs, vs, 0.77 + 0.55 * vs, periods, wave=wave)


def deviation(*waves: str) -> np.ndarray:
    """Standard deviation of each layer's vs after the curves of these waves, to first order."""
    jacobian = jnp.concatenate([jax.jacobian(curve)(vs, wave) for wave in waves])
    information = jacobian.T @ jacobian / SIGMA**2 + jnp.eye(vs.size) / PRIOR**2
    return np.sqrt(np.diag(np.linalg.inv(information)))


figure = Figure(figsize=(5, 4.4), dpi=120, layout="constrained")
axes = figure.add_subplot()
edges = np.append(np.concatenate(([0.0], np.cumsum(thickness[:-1]))), 95.0)
for waves, colour in ((("rayleigh",), "#0072B2"), (("love",), "#D55E00"), (("rayleigh", "love"), "#222222")):
    label = " and ".join(wave.capitalize() for wave in waves)
    look = {"color": colour, "label": label, "linewidth": 1.6, "orientation": "horizontal", "baseline": None}
    axes.stairs(deviation(*waves), edges, **look)
axes.axvline(PRIOR, color="#888888", linestyle=":", label="before")
axes.set(ylim=(95, 0), xlim=(0, 0.34), xlabel=r"Standard deviation of $V_S$ (km/s)", ylabel="Depth (km)")
axes.set_title("Layers of 4 km, curves of 3 to 60 s, 20 m/s", fontsize="medium")
axes.legend(frameon=False, fontsize="small", loc="center left")
figure.savefig(sys.argv[1] if sys.argv[1:] else "resolution_in_jax.png")
