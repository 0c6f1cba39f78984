"""What every test may lean on."""

from pathlib import Path

import pytest
from hypothesis import settings

# No deadline: a first call compiles. Derandomised: a red run must be red again on the next machine.
settings.register_profile("surfgrad", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("surfgrad")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Folder of observations and truth tables that lies beside the checkout; the test skips where it is absent."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"no data folder at {folder}")
    return folder
