"""The explorer's packed kernels are the record's, to far less than a line's width."""

import base64

import numpy as np
import pytest
from tests.report import fabricated

from surfgrad.report.explorer import explorer_data


def unpacked(one: dict, names: dict) -> np.ndarray:
    """(F, W, P, T, L), as the page's script unpacks it: NaN for a number that does not exist."""
    sizes = [len(names[each]) for each in ("forward", "wave", "parameter")]
    whole = np.frombuffer(base64.b64decode(one["kernel"]), dtype="<i2").reshape(
        *sizes, len(one["period"]), one["layers"]
    )
    return np.where(whole == -32768, np.nan, whole * np.array(one["scale"])[None, ..., None])


def test_kernels_come_back() -> None:
    kernels = fabricated.kernels()
    data = explorer_data(kernels, fabricated.TITLES)
    assert data["forward"] == ["exact", *fabricated.SURROGATES]
    assert data["colours"][1:] == ["#D55E00", "#0072B2"]
    for name, one in zip(fabricated.SETS, data["sets"], strict=True):
        truth = kernels["kernel"].sel(set=name).values
        np.testing.assert_allclose(unpacked(one, data), truth, atol=np.nanmax(np.abs(truth)) / 32767)
        assert one["title"] == fabricated.TITLES[name]
        assert one["error"][2][0][0][0] == 2.0
    assert np.isnan(unpacked(data["sets"][0], data)).sum() == 3 * fabricated.TOP.size


def test_one_bad_layer_does_not_spoil_another_period() -> None:
    kernels = fabricated.kernels()
    kernels["kernel"][0, 2, 1, 0, 1, 3] = 1e6
    data = explorer_data(kernels, fabricated.TITLES)
    found = unpacked(data["sets"][0], data)
    assert found[2, 1, 0, 1, 3] == pytest.approx(1e6, rel=1e-4)
    np.testing.assert_allclose(found[0, 1, 0, 0], kernels["kernel"].values[0, 0, 1, 0, 0], atol=1e-4)


def test_padding_is_not_drawn() -> None:
    kernels = fabricated.kernels()
    kernels["vs"][1, 4:] = np.nan
    one = explorer_data(kernels, fabricated.TITLES)["sets"][1]
    assert one["layers"] == len(one["top"]) == len(one["vs"]) == 4
