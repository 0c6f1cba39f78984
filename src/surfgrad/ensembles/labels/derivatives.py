"""Exact logarithmic kernels at each sample's own periods: the adjoint sweeps, for nothing but those periods."""

import numpy as np

Array = np.ndarray
Models = tuple[Array, Array, Array, Array]


def log_kernels(models: Models, periods: Array, velocity: Array, wave: str, threads: int | None = None) -> Array:
    """(n, P, 3, L): d ln c / d ln (vp, vs, rho) of each layer, at roots `velocity` (n, P), km/s, of periods (n, P), s.

    `models`: thickness, vp, vs, rho, (n, L). NaN where the velocity is. See `surfgrad.phase_kernels`.
    """
    from surfgrad.waves.batch import share_out
    from surfgrad.waves.kernels import kernels_valid

    thickness, vp, vs, rho = (np.ascontiguousarray(values, dtype=np.float64) for values in models)
    out = np.full((*velocity.shape, 3, vs.shape[1]), np.nan)

    def run(part: slice) -> None:
        for i in range(*part.indices(len(vs))):
            one = slice(i, i + 1)
            # An invalid model has no velocity, and the engine must not see it.
            if np.isfinite(velocity[i]).any():
                model = (thickness[one], vp[one], vs[one], rho[one])
                raw = kernels_valid(*model, periods[i], velocity[one], wave=wave, threads=1)[0, 1:]
                logs = raw * np.stack([vp[i], vs[i], rho[i]])[:, None] / velocity[i][:, None]
                out[i] = logs.swapaxes(0, 1)

    share_out(run, len(vs), threads)
    return out
