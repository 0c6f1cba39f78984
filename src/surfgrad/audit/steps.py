"""Does the learned derivative send a Gauss-Newton step where the exact one does?"""

import numpy as np

from surfgrad.inversion.levenberg_marquardt import damped_step
from surfgrad.records import Array


def compare_steps(learned: Array, exact: Array, residual: Array) -> dict[str, Array]:
    """`step_cosine` and `step_error` = |s^ - s| / |s|, (B,), of Gauss-Newton steps in whitened coordinates.

    `learned`, `exact`: Jacobians (B, D, R) of all residuals, the prior's among them; `residual`: (B, D), the exact
    one for both, so that only the derivative differs. NaN where anything is missing or the exact step is 0.
    """
    found = {name: np.full(len(residual), np.nan) for name in ("step_cosine", "step_error")}
    whole = (
        np.isfinite(residual).all(axis=1) & np.isfinite(learned).all(axis=(1, 2)) & np.isfinite(exact).all(axis=(1, 2))
    )
    none = np.zeros(int(whole.sum()))
    step, _ = damped_step(residual[whole], exact[whole], none)
    other, _ = damped_step(residual[whole], learned[whole], none)
    size, its_size = np.linalg.norm(step, axis=1), np.linalg.norm(other, axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        error = np.linalg.norm(other - step, axis=1) / size
        cosine = np.where(its_size > 0, (step * other).sum(axis=1) / (size * its_size), 0.0)
    found["step_error"][whole] = np.where(size > 0, error, np.nan)
    found["step_cosine"][whole] = np.where(size > 0, cosine, np.nan)
    return found
