"""Further arrays per sample: stored beside the curves, hashed, resumed, and held to what they announced."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr
from tests.ensembles.synthetic import PERIODS, ToyPrior, toy_solve

from surfgrad.ensembles import generate
from surfgrad.ensembles.schema import SampleArray
from surfgrad.errors import UsageError


@dataclass(frozen=True)
class Noise:
    """Random numbers that depend on the sample's index, times its slowest vs."""

    name: str = "noise"
    announced: int = 3

    def card(self) -> dict[str, Any]:
        return {"kind": "noise", "announced": self.announced}

    def arrays(self, curves: Any, layers: int) -> Sequence[SampleArray]:
        return (SampleArray(self.name, ("direction",), (self.announced,), "float32", "km/s", "toy"),)

    def compute(self, models: Any, velocity: Any, status: Any, curves: Any, first: int) -> dict[str, np.ndarray]:
        rows = [np.random.default_rng([7, first + row]).random(3) * vs.min() for row, vs in enumerate(models[2])]
        return {self.name: np.array(rows)}


def make(out: Path, **options: Any) -> Any:
    options = {"further": Noise(), "periods": PERIODS, "chunk": 5, "solve": toy_solve, **options}
    return generate(ToyPrior(), 23, 1, out, **options)


def test_rows_are_stored_with_their_samples(tmp_path: Path) -> None:
    found = make(tmp_path / "a.zarr")
    expected = Noise().compute(found.models(), None, None, None, 0)["noise"]
    np.testing.assert_array_equal(found.further["noise"][:], expected.astype(np.float32))
    assert found.card["further"] == {"kind": "noise", "announced": 3}
    found.verify()
    with xr.open_zarr(found.path, consolidated=False) as plain:
        assert plain.noise.dims == ("sample", "direction")
        assert plain.noise.units == "km/s"


def test_the_cut_into_blocks_does_not_show(tmp_path: Path) -> None:
    one, other = make(tmp_path / "a.zarr"), make(tmp_path / "b.zarr", chunk=11)
    assert one.card == other.card


def test_a_store_without_them_is_another_store(tmp_path: Path) -> None:
    make(tmp_path / "a.zarr")
    with pytest.raises(UsageError, match="further"):
        make(tmp_path / "a.zarr", further=None)


def test_a_taken_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="'period' is in the store already"):
        make(tmp_path / "a.zarr", further=Noise(name="period"))
    assert not list(tmp_path.iterdir())


def test_rows_of_another_shape_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="noise: rows of shape"):
        make(tmp_path / "a.zarr", further=Noise(announced=2))
