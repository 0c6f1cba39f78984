r"""One mode's motion-stress vector at every depth, for a root that is known: a boundary-value problem, not a shot.

Layers are cut into pieces across which no solution grows by more than e. The vectors at the tops of the pieces, and the
amplitudes of the two solutions that decay in the half-space, are the unknowns of one banded linear system: the surface
is free, exp(A t) x(top) = x(bottom). Eliminated with pivoting it is stable however thick the evanescent layers are and
wherever the mode lives (multiple shooting: Ascher, Mattheij & Russell 1995, Numerical solution of boundary value
problems), and its null vector, found by inverse iteration, is the mode. Where a layer is so thick that nothing is left
in its middle, the middle is one piece across which only this is asked: nothing grows downwards below its top, nothing
grows upwards above its bottom.
"""

from dataclasses import dataclass

import numpy as np

from surfgrad.waves.modeshape_solve import Model, Pieces, cut, solve
from surfgrad.waves.modeshape_system import exponential, exponential_solutions, exponents, squares, stress_unit, system

Array = np.ndarray


@dataclass(frozen=True)
class ModeShape:
    """A mode of one model at one wavenumber `k`, 1/km, and velocity `c`, km/s.

    `nodes`: (n, d), the vector at the top of every piece, in the units of `modeshape_system`. `decaying`: (d, d/2),
    the half-space's solutions with their amplitudes. The largest displacement at a node is 1.
    """

    wave: str
    k: float
    c: float
    model: Model
    pieces: Pieces
    nodes: Array
    decaying: Array

    @property
    def stress_unit(self) -> Array:
        """What the stresses of every layer are measured in, GPa/km."""
        return self.k * stress_unit(self.c, self.model[2], self.model[3])

    def within(self, chosen: Array, t: Array) -> Array:
        """Vectors (n, j, d) at distances t (n, j), in 1/k, below the tops of chosen pieces (n,); 0 in empty ones."""
        layer, empty = self.pieces.layer[chosen], self.pieces.empty[chosen]
        vp, vs = self.model[1][layer], self.model[2][layer]
        steps = exponential(
            system(self.wave, self.c, vp, vs), *squares(self.c, vp, vs), np.where(empty[:, None], 0.0, t)
        )
        x = (steps @ self.nodes[chosen][:, None, :, None])[..., 0]
        water = vs == 0.0
        if water.any():
            x[water, :, 0] = x[water, :, 3]
        return np.where(empty[:, None, None], 0.0, x)

    def below(self, t: Array) -> Array:
        """Vectors (j, d) at distances t (j,), in 1/k, below the top of the half-space."""
        rates = exponents(self.wave, self.c, self.model[1][-1], self.model[2][-1])
        return np.exp(-t[:, None] * rates) @ self.decaying.T

    def at(self, depths: Array) -> Array:
        """Vectors (Z, d) at depths (Z,), km: displacements as they are normalised here, stresses in GPa/km."""
        bottom = float(np.sum(self.model[0][:-1]))
        inside = depths <= bottom if len(self.pieces.layer) else np.zeros(len(depths), bool)
        out = np.empty((len(depths), len(self.decaying)))
        layer = np.full(len(depths), len(self.model[0]) - 1)
        if inside.any():
            # A depth that is an interface belongs to the layer above it.
            chosen = np.maximum(np.searchsorted(self.pieces.top, depths[inside], side="left") - 1, 0)
            layer[inside] = self.pieces.layer[chosen]
            t = np.clip((depths[inside] - self.pieces.top[chosen]) * self.k, 0.0, self.pieces.t[chosen])
            out[inside] = self.within(chosen, t[:, None])[:, 0]
        out[~inside] = self.below((depths[~inside] - bottom) * self.k)
        out[:, out.shape[1] // 2 :] *= self.stress_unit[layer][:, None]
        return out


def mode_shape(wave: str, model: Model, omega: float, c: float) -> ModeShape:
    """The mode of one model, four arrays (L,), at omega, rad/s; c, km/s, is its root. Love waves: without the water."""
    k = omega / c
    pieces = cut(model, k, c)
    nodes, amplitude = solve(wave, model, c, pieces)
    decaying = exponential_solutions(wave, c, model[1][-1], model[2][-1], -1.0) * amplitude
    half = len(amplitude)
    displacements = np.append(nodes[:, :half].ravel(), decaying[:half].sum(axis=1))
    largest = displacements[np.argmax(np.abs(displacements))]
    return ModeShape(wave, k, c, model, pieces, nodes / largest, decaying / largest)
