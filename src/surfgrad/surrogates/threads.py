"""How many threads torch computes with."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch

from surfgrad.errors import UsageError

MOST_THREADS = 1024
"""No machine has so many cores, and torch dies, without a word, of threads that the system does not give it."""


@contextmanager
def torch_threads(threads: int | None) -> Iterator[None]:
    """So many inside, as many as before afterwards; None changes nothing."""
    if threads is not None and threads < 1:
        raise UsageError(f"threads: {threads} given; at least 1 is allowed")
    if threads is not None and threads > MOST_THREADS:
        raise UsageError(f"threads: {threads} given; at most {MOST_THREADS} is allowed")
    before = torch.get_num_threads()
    torch.set_num_threads(threads or before)
    try:
        yield
    finally:
        torch.set_num_threads(before)
