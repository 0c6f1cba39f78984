"""The quantities that a long wave averages: Backus (1962, JGR 67), "Long-wave elastic anisotropy produced by layering".

Displacement and traction are continuous with depth; what stands beside their squares and products in the energy of a
mode (the Lagrangian with stresses for strains, Aki & Richards 2002, section 7.2) is what averages linearly over layers
thinner than a wavelength:

    Rayleigh:  rho, 1/mu, 1/M, mu/M, mu (1 - mu/M)      with mu = rho vs^2, M = rho vp^2
    Love:      rho, 1/mu, mu

So velocities depend on these through smooth windows of depth, and the kernel of any layer is a smooth function of depth
times their derivatives in the layer: thin layers need nothing of their own. Love waves have no vp.
"""

import torch
from torch import Tensor

RAYLEIGH, LOVE = 5, 3
"""How many quantities each wave has."""


def medium(wave: str, vp: Tensor, vs: Tensor, rho: Tensor) -> Tensor:
    """(..., L, Q): the wave's quantities in every layer, from km/s and g/cm3 (..., L)."""
    mu = rho * vs**2
    if wave == "love":
        return torch.stack([rho, 1 / mu, mu], dim=-1)
    ratio = (vs / vp) ** 2
    return torch.stack([rho, 1 / mu, ratio / mu, ratio, mu * (1 - ratio)], dim=-1)


def invariants(wave: str, averages: Tensor, weights: Tensor, log_velocity: Tensor) -> Tensor:
    """(..., J, Q): averages (..., J, Q) of `medium` in J windows as numbers without dimension.

    `weights`: (J,), sum 1: which windows make the density that the others are measured in. `log_velocity`: (...), the
    velocity that velocities are measured in. In turn: log density; log of the velocity of vertical S waves; of its
    ratio to that of P waves (Rayleigh); two numbers (Love: one) that vanish where the windows hold no contrast, and
    measure the anisotropy that layering causes. All are 0 or constant in a half-space but for its vp/vs.
    """
    rho, compliance = averages[..., 0], averages[..., 1]
    reference = (rho * weights).sum(dim=-1, keepdim=True)
    density = torch.log(rho / reference)
    speed = -0.5 * torch.log(compliance * reference) - log_velocity[..., None]
    if wave == "love":
        return torch.stack([density, speed, torch.log(compliance * averages[..., 2])], dim=-1)
    compression, ratio, plate = averages[..., 2], averages[..., 3], averages[..., 4]
    contrast = torch.log(ratio * compliance / compression)
    horizontal = torch.log(plate * compliance / (1 - ratio))
    return torch.stack([density, speed, 0.5 * torch.log(compliance / compression), contrast, horizontal], dim=-1)
