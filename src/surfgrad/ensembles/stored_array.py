"""An array of a store, read when it is asked for."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from surfgrad.errors import FormatError
from surfgrad.text import cause


@dataclass(frozen=True)
class StoredArray:
    """An array on disk: what is indexed (or given to `np.asarray`) is read then; FormatError where it is damaged.

    `read_as`: the type that it is read as; None: as it is stored.
    """

    path: Path
    name: str
    source: Any = field(repr=False)
    read_as: str | None = None

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the whole array."""
        return tuple(self.source.shape)

    @property
    def dtype(self) -> np.dtype[Any]:
        """Type of its entries, when they are read."""
        return np.dtype(self.read_as or self.source.dtype)

    @property
    def ndim(self) -> int:
        """Number of dimensions."""
        return len(self.shape)

    def __len__(self) -> int:
        return self.shape[0]

    def __getitem__(self, key: Any) -> np.ndarray:
        return self.stored(key).astype(self.dtype, copy=False)

    def stored(self, key: Any) -> np.ndarray:
        """What is on disk, in the type that it has there."""
        first = key[0] if isinstance(key, tuple) else key
        try:
            if isinstance(first, (list, np.ndarray)):
                values = np.asarray(self.source.oindex[key])
            else:
                values = np.asarray(self.source[key])
        except (IndexError, TypeError):
            raise
        except Exception as error:  # whatever a codec raises on damaged bytes
            raise FormatError(
                f"{self.path}: {self.name} cannot be read, the store is damaged ({cause(error)})"
            ) from None
        return values

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        values = self[:]
        return values if dtype is None else values.astype(dtype, copy=False)
