"""Exact derivatives of a network by automatic differentiation, in parts so that memory stays bounded."""

import numpy as np
from torch import Tensor, nn
from torch.func import jacrev, vmap

CHUNK = 32
"""Models at once: 256 layers, 118 outputs and hidden layers of 512 take about 100 MB."""

_VP, _VS, _RHO = 1, 2, 3  # places among the network's arguments


def jacobian(
    network: nn.Module, arrays: tuple[Tensor, ...], periods: np.ndarray, chunk: int
) -> tuple[np.ndarray, tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Velocities (N, W, T) and their derivatives with respect to vp, vs, rho, (N, W, T, L) each.

    `arrays`: thickness, vp, vs, rho, (N, L) each. One reverse sweep per output, batched over outputs and models.
    """

    def one(thickness: Tensor, vp: Tensor, vs: Tensor, rho: Tensor) -> tuple[Tensor, Tensor]:
        velocity = network(thickness[None], vp[None], vs[None], rho[None], periods)[0]
        return velocity, velocity

    batched = vmap(jacrev(one, argnums=(_VP, _VS, _RHO), has_aux=True))
    parts = [batched(*(array[start : start + chunk] for array in arrays)) for start in range(0, len(arrays[0]), chunk)]
    velocity = np.concatenate([values.numpy() for _, values in parts])
    vp, vs, rho = (np.concatenate([kernels[row].numpy() for kernels, _ in parts]) for row in range(3))
    return velocity, (vp, vs, rho)
