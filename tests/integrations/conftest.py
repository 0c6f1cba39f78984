"""What the tests of several frameworks share."""

from collections.abc import Iterator

import pytest


@pytest.fixture
def double() -> Iterator[None]:
    """JAX in double precision, which is off until asked for, and global."""
    jax = pytest.importorskip("jax", reason='needs jax: pip install "surfgrad[jax]"')

    before = jax.config.jax_enable_x64
    jax.config.update("jax_enable_x64", True)
    yield
    jax.config.update("jax_enable_x64", before)
