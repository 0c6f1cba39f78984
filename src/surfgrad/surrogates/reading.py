"""A store's samples as tensors, read by pieces."""

from collections.abc import Iterator

import numpy as np

from surfgrad.ensembles.labels.stored import StoredLabels, open_labels
from surfgrad.ensembles.store import Ensemble
from surfgrad.ensembles.stored_array import StoredArray
from surfgrad.surrogates.gathering import Gathering
from surfgrad.surrogates.picks import picks_of
from surfgrad.surrogates.samples import Samples, samples_of, single

_PIECE = 1000  # samples


def pieces(rows: np.ndarray) -> Iterator[np.ndarray]:
    """Rows of a store (sorted), as many at once as are read at once."""
    for start in range(0, len(rows), _PIECE):
        yield rows[start : start + _PIECE]


def read_samples(store: Ensemble, rows: np.ndarray, derivatives: bool) -> Samples:
    """The samples `rows` (sorted, at least one); `derivatives`: with those that the store has of them."""
    labels = open_labels(store) if derivatives and store.card.get("further") else None
    grid = None if isinstance(store.thickness, StoredArray) else single(store.thickness)[None]
    gathering = Gathering(len(rows), 0 if labels is None else _most(store, labels), grid)
    names = ("vp", "vs", "rho", "velocity", "status", *(() if grid is not None else ("thickness",)))
    for piece in pieces(rows):
        block = {name: getattr(store, name)[piece] for name in names}
        picks = None if labels is None else picks_of(labels, piece)
        gathering.add(samples_of(block, grid, picks))
    return gathering.whole()


def _most(store: Ensemble, labels: StoredLabels) -> int:
    """Derivatives of a sample."""
    return labels.plan.kernels or len(store.waves) * labels.plan.periods
