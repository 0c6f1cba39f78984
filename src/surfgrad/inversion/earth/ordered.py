"""Sorted uniform numbers as a smooth function of independent normal ones.

Of N independent uniforms the largest is u_N^(1/N), the next u_(N-1)^(1/(N-1)) times that, and so on down, with other
independent uniforms u (Devroye 1986, Non-Uniform Random Variate Generation, section V.3). So an order is kept without
a wall, and the prior is exactly that of independent uniforms that happen to be sorted.
"""

import numpy as np
from scipy.special import log_ndtr

Array = np.ndarray
_LOG_HEIGHT = -0.5 * np.log(2.0 * np.pi)


def ordered_uniform(g: Array) -> tuple[Array, Array]:
    """Rising numbers (B, N) in (0, 1) of g (B, N), and their derivatives (B, N, N): by g_j, of those up to the j-th."""
    rank = np.arange(1, g.shape[1] + 1)
    log_u = log_ndtr(g)
    log_p = np.cumsum((log_u / rank)[:, ::-1], axis=1)[:, ::-1]
    p = np.exp(log_p)
    # d ln u / d g = bell / Phi, by logarithms: both vanish far down.
    step = np.exp(_LOG_HEIGHT - 0.5 * g * g - log_u) / rank
    return p, p[:, :, None] * np.triu(np.ones((g.shape[1], g.shape[1]))) * step[:, None, :]
