"""Kernels that are right along what a prior shows and wrong off it."""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from surfgrad.contracts import Forward
from surfgrad.records import Array, Kernels
from surfgrad.testing.liars.liar import PARAMETERS, Liar, Models, parameter

if TYPE_CHECKING:
    from surfgrad.earth.priors.subspace import Subspace


def prior_projected(honest: Forward, subspace: "Subspace") -> Liar:
    """Kernels projected on the subspace of a prior: perfect along it, nothing off it.

    `subspace`: of log vp, log vs, log rho on the models' own L layers (`surfgrad.earth.priors.subspace`). Values, and
    the change of c along every direction that the prior has, are right; a network that saw nothing else may be so.
    """

    def bend(kernels: Kernels, models: Models, periods: Array) -> Kernels:
        given = {name: kernels[name] for name in PARAMETERS}
        blank = np.zeros((*kernels.velocity.shape, models[0].shape[1]))
        by_log = [(blank if given[name] is None else given[name]) * parameter(models, name) for name in PARAMETERS]
        on, _ = subspace.split(np.stack(by_log, axis=-2))
        bent = {name: on[..., row, :] / parameter(models, name) for row, name in enumerate(PARAMETERS)}
        return replace(kernels, vp=bent["vp"], vs=bent["vs"], rho=bent["rho"])

    return Liar(honest, "prior_projected", bend)


def tied_kernel(honest: Forward, vp_power: float = 1.0, rho_power: float = 0.25) -> Liar:
    """The vs kernel carries what belongs to vp and rho, whose own kernels are zero: a total taken for a partial.

    The tie is vp ~ vs^vp_power, rho ~ vs^rho_power layer by layer: a constant vp/vs, and Gardner's (1974) exponent.
    Along it the change of c is right; and with these powers the identities hold as well as for the honest kernels.
    """

    def bend(kernels: Kernels, models: Models, periods: Array) -> Kernels:
        vs = parameter(models, "vs")
        total = kernels.tied(vp_power * parameter(models, "vp") / vs, rho_power * parameter(models, "rho") / vs)
        none = [None if each is None else 0.0 * each for each in (kernels.vp, kernels.rho)]
        return replace(kernels, vs=total, vp=none[0], rho=none[1])

    return Liar(honest, "tied_kernel", bend)
