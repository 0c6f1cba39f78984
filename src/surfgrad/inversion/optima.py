"""The distinct ones among many starts' optima, and how much of the posterior each stands for."""

from dataclasses import dataclass

import numpy as np

from surfgrad.inversion.laplace import laplace_covariance
from surfgrad.inversion.optimum import Optimum
from surfgrad.records import Array

APART = 1.0
"""Optima that lie farther apart than this, in standard deviations of the better one, are two."""


@dataclass(frozen=True, eq=False)
class Optima:
    """K acceptable optima, the best first.

    `x`: (K, R), coordinates of the earth model. `log_density`: (K,). `covariance`: (K, R, R), Laplace's of each.
    `share`: (K,), of the mixture of their Laplace posteriors: density times volume, adding up to 1. `log_evidence`: of
    the data under the model, by the same mixture, up to a constant of the data and their errors: what models of one
    table are compared by (MacKay 2003, section 28.2), as far as the Gaussians are right and no mode was missed.
    """

    x: Array
    log_density: Array
    covariance: Array
    share: Array
    log_evidence: float

    def __len__(self) -> int:
        """K."""
        return len(self.x)


def distinct_optima(found: Optimum) -> Optima:
    """Of all acceptable starts, and the best one, whether acceptable or not."""
    best = int(np.nanargmax(found.log_densities))
    candidates = np.flatnonzero(found.acceptable)
    order = candidates[np.argsort(-found.log_densities[candidates], kind="stable")]
    kept = [best]
    covariances = [laplace_covariance(found.starts.jacobian[best])]
    for row in order.tolist():
        steps = found.starts.x[row] - found.starts.x[kept]
        apart = [step @ np.linalg.solve(each, step) for step, each in zip(steps, covariances, strict=True)]
        if min(apart) > APART**2:
            kept.append(row)
            covariances.append(laplace_covariance(found.starts.jacobian[row]))
    covariance, logs = np.array(covariances), found.log_densities[kept]
    mass = logs + 0.5 * np.linalg.slogdet(covariance)[1]
    share = np.exp(mass - mass.max())
    evidence = float(mass.max() + np.log(share.sum()))
    return Optima(found.starts.x[kept], logs, covariance, share / share.sum(), evidence)
