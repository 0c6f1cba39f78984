"""Draws on disk: what was written comes back, ArviZ opens it, and what is no such file is named."""

import warnings
from importlib.util import find_spec

import numpy as np
import pytest
import xarray as xr

from surfgrad.errors import FormatError
from surfgrad.inversion.samples import SampleSet, posterior_groups, read_samples, write_samples
from surfgrad.netcdf import write_groups


def some(chains=3, draws=5):
    rng = np.random.default_rng(0)
    statistics = {
        "diverging": rng.uniform(size=(chains, draws)) < 0.3,
        "tree_depth": rng.integers(1, 5, (chains, draws)),
        "step_size": np.array(0.7),
    }
    x, value = rng.standard_normal((chains, draws, 2)), rng.standard_normal((chains, draws))
    return SampleSet(("vs 1", "σ"), x, value, "nuts", 2**70, 1.5, statistics)


def test_a_file_gives_back_what_was_written(tmp_path):
    samples, path = some(), tmp_path / "posterior.nc"
    write_samples(samples, path, {"observed_data": xr.Dataset({"velocity": ("period_s", [3.0, 3.5])})})
    back = read_samples(path)
    assert (back.names, back.method, back.seed, back.seconds) == (("vs 1", "σ"), "nuts", 2**70, 1.5)
    np.testing.assert_array_equal(back.x, samples.x)
    np.testing.assert_array_equal(back.log_density, samples.log_density)
    assert set(back.statistics) == set(samples.statistics)
    for name, values in samples.statistics.items():
        np.testing.assert_array_equal(back.statistics[name], values)
    assert back.divergences == samples.divergences > 0
    with xr.open_dataset(path, group="observed_data", engine="h5netcdf") as observed:
        assert observed["velocity"].values.tolist() == [3.0, 3.5]


@pytest.mark.skipif(find_spec("arviz") is None, reason="ArviZ is not installed (extra `sampling`)")
def test_arviz_opens_it(tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # it announces its next version
        import arviz

    samples, path = some(), tmp_path / "posterior.nc"
    write_samples(samples, path)
    opened = arviz.from_netcdf(path)
    np.testing.assert_array_equal(opened["posterior"]["x"].sel(parameter="σ").values, samples.x[..., 1])
    np.testing.assert_array_equal(opened["sample_stats"]["diverging"].values, samples.statistics["diverging"])
    assert float(arviz.ess(opened)["x"].sel(parameter="vs 1")) > 0


def test_a_file_that_is_something_else_is_named(tmp_path):
    text = tmp_path / "notes.nc"
    text.write_text("no NetCDF")
    other = tmp_path / "other.nc"
    xr.Dataset({"a": ("x", [1.0])}).to_netcdf(other, engine="h5netcdf")
    short = tmp_path / "short.nc"
    groups = posterior_groups(some())
    write_groups({**groups, "posterior": groups["posterior"].drop_vars("x")}, short)
    misfit = tmp_path / "misfit.nc"
    write_groups({"posterior": groups["posterior"], "sample_stats": groups["sample_stats"].isel(draw=slice(2))}, misfit)
    for path in (text, other, short, misfit, tmp_path / "absent.nc"):
        with pytest.raises(FormatError, match=f"{path.name}: no posterior samples") as error:
            read_samples(path)
        assert "\n" not in str(error.value)


def test_nothing_is_left_of_a_file_that_could_not_be_finished(tmp_path):
    bad = {**posterior_groups(some()), "observed_data": xr.Dataset({"a": ("x", [object()])})}
    with pytest.raises(Exception):  # noqa: B017 - whatever the writer says of an object
        write_groups(bad, tmp_path / "posterior.nc")
    assert not list(tmp_path.iterdir())


def test_shapes_that_do_not_go_together():
    with pytest.raises(ValueError, match="x: shape"):
        SampleSet(("a",), np.zeros((2, 3, 2)), np.zeros((2, 3)), "nuts", 0, 0.0)
