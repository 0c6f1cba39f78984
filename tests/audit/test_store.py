import csv
import json

import numpy as np
import pytest
import xarray as xr

import surfgrad.audit
from surfgrad.audit.store import read_audit, write_audit
from surfgrad.errors import FormatError, UsageError
from surfgrad.testing.liars import random_nan

from .toy import Toy, even_models, uneven_models

PERIODS = np.arange(2.0, 61.0, 4.0)


@pytest.fixture(scope="module")
def record():
    cards = {"surrogate_card": {"architecture": "toy"}, "data_card": {"prior": {"name": "none"}}}
    return surfgrad.audit(random_nan(Toy()), even_models(), PERIODS, reference=Toy(longest=50.0), **cards)


def test_round_trip(record, tmp_path):
    again = read_audit(write_audit(record, tmp_path / "audit"))
    assert again.summary == record.summary
    assert again.verdict == record.verdict
    assert again.failed() == record.failed()
    np.testing.assert_array_equal(again.layering, record.layering)
    for part in ("depth", "examples"):
        for name, array in vars(getattr(record, part)).items():
            np.testing.assert_array_equal(getattr(getattr(again, part), name), array)
    for name, array in record.curves.items():
        np.testing.assert_array_equal(again.curves[name], array)


def test_summary_is_strict_json_with_the_cards(record, tmp_path):
    def refuse(word):
        raise AssertionError(word)

    text = (write_audit(record, tmp_path) / "summary.json").read_text()
    summary = json.loads(text, parse_constant=refuse)
    assert summary["surrogate_card"] == {"architecture": "toy"}
    assert summary["data_card"] == {"prior": {"name": "none"}}
    assert summary["rows"][0]["n_excluded"]["VALUE_NAN"] > 0
    assert {"surfgrad", "numpy", "python"} <= set(summary["versions"])


def test_tables_agree_with_the_summary(record, tmp_path):
    write_audit(record, tmp_path)
    with (tmp_path / "metrics.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(record.rows)
    assert float(rows[4]["relative_l2_p95"]) == record.rows[4]["relative_l2"]["p95"]
    assert int(rows[5]["excluded_no_mode"]) == record.rows[5]["n_excluded"]["NO_MODE"] > 0
    with (tmp_path / "values.csv").open() as file:
        values = list(csv.DictReader(file))
    assert len(values) == 1 + 2 * (1 + 6 + PERIODS.size)
    assert sum(int(row["n"]) for row in values if row["scope"] == "period") == int(values[0]["n"])


def test_arrays_open_in_xarray_with_names_and_units(record, tmp_path):
    with xr.open_dataset(write_audit(record, tmp_path) / "arrays.nc", engine="h5netcdf") as arrays:
        kernel = arrays["example_kernel"].sel(wave="love", parameter="rho")
        assert kernel.dims == ("example", "example_period", "example_layer")
        assert arrays["depth_top"].attrs["units"] == "km"
        assert float(arrays["depth_bottom"][0]) == 2.0
        assert float(arrays["share_no_mode"].sel(wave="love", period=58.0)) == 1.0


def test_models_without_a_common_layering_have_no_error_by_depth(tmp_path):
    record = surfgrad.audit(Toy(), uneven_models(), PERIODS, reference=Toy())
    again = read_audit(write_audit(record, tmp_path))
    assert again.depth is None
    assert again.layering.size == 0
    assert again.examples is not None


def test_an_interrupted_rewrite_is_not_an_audit(record, tmp_path, monkeypatch):
    write_audit(record, tmp_path)

    def stop(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr("surfgrad.audit.store.write_csv", stop)
    with pytest.raises(KeyboardInterrupt):
        write_audit(record, tmp_path)
    with pytest.raises(FormatError, match=r"summary\.json: not found"):
        read_audit(tmp_path)


def test_damaged_folders_are_refused_by_file(record, tmp_path):
    write_audit(record, tmp_path)
    arrays = (tmp_path / "arrays.nc").read_bytes()
    (tmp_path / "arrays.nc").write_bytes(arrays[: len(arrays) // 2])
    with pytest.raises(FormatError, match=r"arrays\.nc: missing or damaged"):
        read_audit(tmp_path)
    (tmp_path / "arrays.nc").unlink()
    with pytest.raises(FormatError, match=r"arrays\.nc: not found"):
        read_audit(tmp_path)
    for text, words in (("{", "not a JSON file"), ('{"format": "x"}', "format is 'x'"), ("[]", "format is 'list'")):
        (tmp_path / "summary.json").write_text(text)
        with pytest.raises(FormatError, match=words):
            read_audit(tmp_path)


def test_a_file_in_the_folders_place_is_refused(record, tmp_path):
    (tmp_path / "here").write_text("")
    with pytest.raises(UsageError, match="is a file"):
        write_audit(record, tmp_path / "here")


def test_numbers_by_model_are_those_of_the_table_and_of_the_audit_repeated_on_one_model(record):
    found = record.curves["model_relative_l2"]
    models = even_models()
    assert found.shape == (len(models[0]), 2, 3, 6)
    alone = surfgrad.audit(Toy(), tuple(each[3:4] for each in models), PERIODS, reference=Toy(longest=50.0))
    again = surfgrad.audit(Toy(), models, PERIODS, reference=Toy(longest=50.0)).curves
    for row in alone.rows:
        place = (record.summary["waves"].index(row["wave"]), ("vs", "vp", "rho").index(row["parameter"]))
        band = [each["band"] for each in record.rows[:6]].index(row["band"])
        expected = np.nan if row["relative_l2"]["median"] is None else row["relative_l2"]["median"]
        np.testing.assert_array_equal(again["model_relative_l2"][3, *place, band], expected)
    assert np.isnan(found).any()
    assert np.isfinite(found).any()
    assert record.curves["model_value_mae"].shape == (len(models[0]), 2, 6)


def test_an_audit_without_numbers_by_model_is_still_read(record, tmp_path):
    folder = write_audit(record, tmp_path / "older")
    with xr.open_dataset(folder / "arrays.nc", engine="h5netcdf") as dataset:
        older = dataset.load().drop_vars(("model_relative_l2", "model_value_mae"))
    older.to_netcdf(folder / "arrays.nc", engine="h5netcdf")
    assert set(record.curves) - set(read_audit(folder).curves) == {"model_relative_l2", "model_value_mae"}
