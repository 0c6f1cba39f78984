"""Kernels that break one identity and look right otherwise."""

from dataclasses import replace

from surfgrad.contracts import Forward
from surfgrad.records import Array, Kernels
from surfgrad.testing.liars.liar import Liar, Models, parameter


def love_sees_vp(honest: Forward, share: float = 0.3) -> Liar:
    """Love waves given a share of their vs kernel for vp, to which they are blind."""

    def bend(kernels: Kernels, models: Models, periods: Array) -> Kernels:
        if kernels.vp is None or kernels.vs is None:
            return kernels
        vp, love = kernels.vp.copy(), [wave == "love" for wave in honest.waves]
        vp[:, love] = share * kernels.vs[:, love]
        return replace(kernels, vp=vp)

    return Liar(honest, "love_sees_vp", bend)


def leaning_density(honest: Forward, share: float = 0.1) -> Liar:
    """Density kernels that do not add up to nothing: scaling all densities would change c."""

    def bend(kernels: Kernels, models: Models, periods: Array) -> Kernels:
        if kernels.rho is None:
            return kernels
        total = parameter(models, "rho").sum(-1, keepdims=True)
        return replace(kernels, rho=kernels.rho + share * kernels.velocity[..., None] / total)

    return Liar(honest, "leaning_density", bend)
