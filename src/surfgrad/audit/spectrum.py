"""Singular vectors and values of the prior-whitened Jacobian, exact and learned.

In whitened coordinates, data over their noise, A = S^-1/2 J C^1/2 says all that the data can say: the singular value
s_j is the signal-to-noise ratio of the model change C^1/2 v_j (Tarantola 2005, ch. 3), and 1/2 sum ln(1 + s_j^2) the
information, in nats, that the curve has about the model (the squares of s_j are the spectrum of its Fisher
information). A learned J^ is compared along each v_j: cosine and amplitude of A^ v_j against A v_j. Where s_j is
below 1 the noise hides the answer, and nothing is asked.
"""

import numpy as np

from surfgrad.records import Array

RANKS = 24
"""Directions that are looked at; fewer than these are above the noise in practice."""
FLOOR = 1.0
"""Smallest singular value, in units of the noise, that is asked about."""
RANGES = ((1.0, 10.0), (10.0, 100.0), (100.0, np.inf))
"""Singular values of one line of the table: barely above the noise, well above, far above."""
BY_RANK = ("singular", "learned_singular", "spectral_cosine", "spectral_amplitude")
BY_WAVE = ("subspace_distance", "subspace_angle", "information", "information_ratio")


def compare_spectra(learned: Array, exact: Array) -> dict[str, Array]:
    """Both sides of A (..., T, R), no unit: arrays (..., RANKS) of `BY_RANK` and (...) of `BY_WAVE`.

    `spectral_cosine` = <A^ v, A v> / |A^ v||A v|; `spectral_amplitude` = <A^ v, A v> / |A v|^2. `subspace_distance`:
    sine of the angle between the k exact and the k learned leading right singular vectors, root mean square over the
    k principal angles, k the number of exact singular values above the noise (Golub & Van Loan 2013, sec. 6.4.3);
    `subspace_angle`: the largest of them, degrees. `information`: nats, exact; `information_ratio`: learned over
    exact. NaN below the noise and where a side is NaN; rows that were not judged may be 0 on both sides.
    """
    lead = exact.shape[:-2]
    ranks = {name: np.full((*lead, RANKS), np.nan) for name in BY_RANK}
    waves = {name: np.full(lead, np.nan) for name in BY_WAVE}
    for place in np.ndindex(lead):
        a, b = learned[place], exact[place]
        if np.isfinite(a).all() and np.isfinite(b).all() and b.any():
            by_rank, by_wave = _compare(a, b)
            for name, values in by_rank.items():
                ranks[name][place][: values.size] = values[:RANKS]
            for name, value in by_wave.items():
                waves[name][place] = value
    return ranks | waves


def _compare(learned: Array, exact: Array) -> tuple[dict[str, Array], dict[str, float]]:
    _, singular, right = np.linalg.svd(exact, full_matrices=False)
    _, other, its_right = np.linalg.svd(learned, full_matrices=False)
    along, its_along = exact @ right.T, learned @ right.T
    product, size, its_size = (
        (p * q).sum(axis=0) for p, q in ((along, its_along), (along, along), (its_along, its_along))
    )
    heard = singular >= FLOOR
    with np.errstate(invalid="ignore", divide="ignore"):
        cosine = np.where(its_size > 0, product / np.sqrt(size * its_size), 0.0)
        amplitude = product / size
    by_rank = {
        "singular": singular,
        "learned_singular": other,
        "spectral_cosine": np.where(heard, cosine, np.nan),
        "spectral_amplitude": np.where(heard, amplitude, np.nan),
    }
    whole = information(singular)
    by_wave = _angles(right, its_right, int(heard.sum())) | {"information": whole}
    if heard.any():
        by_wave["information_ratio"] = information(other) / whole
    return by_rank, by_wave


def information(singular: Array) -> float:
    """Nats that data with singular values (J,) have about the model."""
    return float(0.5 * np.log1p(singular**2).sum())


def _angles(one: Array, other: Array, count: int) -> dict[str, float]:
    """Between the spans of the first `count` rows of two matrices with orthonormal rows."""
    if count == 0:
        return {}
    # Sines, not cosines, of the angles: a cosine of 1 - 1e-16 is an angle of 1e-8.
    left_over = other[:count] - other[:count] @ one[:count].T @ one[:count]
    sines = np.minimum(np.linalg.svd(left_over, compute_uv=False), 1.0)
    largest = float(np.degrees(np.arcsin(sines[0])))
    return {"subspace_distance": float(np.sqrt((sines**2).mean())), "subspace_angle": largest}
