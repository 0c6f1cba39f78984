"""Forward functions for BayesBay: what its LogLikelihood calls with a state, on surfgrad's engine.

    import bayesbay as bb
    from surfgrad.integrations.bayesbay import DispersionForward

    forward = DispersionForward(periods, wave="rayleigh", earth="spherical")
    target = bb.likelihood.Target("rayleigh", c_observed, covariance_mat_inv=1 / sigma**2)
    likelihood = bb.likelihood.LogLikelihood([target], [forward])

Written from BayesBay's documentation (F. Magrini & J. He, BayesBay 0.4). Depths in km, velocities in km/s, modes from 0
(its tutorials call pysurf96, whose modes begin at 1). What differs from a forward on pysurf96 or disba: a state whose
model lacks the mode at one of the periods raises BayesBay's InvalidProposalException, which the chains count and
reject, where those give 0 or a shorter array.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from surfgrad.earth.layer_vector import DEFAULT_RELATION
from surfgrad.earth.relations import Relation
from surfgrad.earth.validate import real_numbers
from surfgrad.errors import ModelError, UsageError
from surfgrad.integrations.curve import Curve
from surfgrad.integrations.missing import MissingPackageError

Array = np.ndarray


@dataclass(frozen=True, eq=False)
class DispersionForward(Curve):
    """A callable from states to velocities, km/s, at `periods` (T,), s; it can be pickled, for chains in processes.

    The state holds a one-dimensional Voronoi discretisation named `space`, km from the surface down, with a parameter
    named `parameter`: vs, km/s. An interface is half-way between two sites, the deepest cell is the half-space.
    `relation`: what gives vp and density; by default vp = 1.77 vs and density = 0.32 vp + 0.77 of its tutorials. The
    other options are those of `Curve`.
    """

    relation: Relation = DEFAULT_RELATION
    space: str = "voronoi"
    parameter: str = "vs"

    def __call__(self, state: Any) -> Array:
        """Velocities (T,) of one state; InvalidProposalException where the mode does not exist."""
        cells = _entry(state, self.space, "state")
        sites, vs = (_entry(cells, name, self.space) for name in ("discretization", self.parameter))
        sites, vs = real_numbers("sites", sites), real_numbers(self.parameter, vs)
        if sites.ndim != 1 or sites.shape != vs.shape:
            raise ModelError(f"{self.parameter}: shape {vs.shape} given for {sites.shape} sites; one a site is allowed")
        down = np.argsort(sites)
        vs = vs[down]
        vp, rho = self.relation.columns(vs)
        values = self.velocity(layers_of_sites(sites[down]), vp, vs, rho)
        missing = np.isnan(values)
        if missing.any():
            self._reject(int(missing.sum()))
        return values

    def _reject(self, missing: int) -> None:
        try:
            from bayesbay.exceptions import InvalidProposalException
        except ImportError:
            raise MissingPackageError("bayesbay", "bayesbay") from None
        raise InvalidProposalException(
            f"{self.wave} mode {self.mode} does not exist at {missing} of {self.periods.size} periods"
        )


def _entry(holder: Any, name: str, of: str) -> Any:
    """What a state or a discretisation holds by that name; BayesBay's give None for a name that they do not have."""
    try:
        found = holder[name]
    except (KeyError, TypeError, IndexError):
        found = None
    if found is None:
        raise UsageError(f"{of}: without {name!r}; one that has it is allowed")
    return found


def layers_of_sites(sites: Any) -> Array:
    """Thicknesses (L,), km, of the Voronoi cells of sites (L,), km, from the surface down; the deepest has 0."""
    middles = 0.5 * (sites[1:] + sites[:-1])
    return np.append(np.diff(middles, prepend=0.0), 0.0)
