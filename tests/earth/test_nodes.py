"""Layers as depth nodes see them: averages against another route, derivatives against differences."""

import numpy as np
import pytest

from surfgrad.earth.model import EarthModel
from surfgrad.earth.nodes import AVERAGES, at_nodes, check_nodes, node_shares, to_layers
from surfgrad.earth.regrid import regrid
from surfgrad.errors import UsageError

DEPTH = np.array([0.0, 0.5, 1.0, 2.0, 4.0, 7.0, 12.0])
RNG = np.random.default_rng(0)
THICKNESS = np.array([[0.7, 2.0, 0.0, 3.3, 0.0], [1.0, 1.0, 5.0, 20.0, np.inf], [0.2, 0.1, 0.2, 0.5, 0.0]])
VS = RNG.uniform(1.0, 4.0, THICKNESS.shape)
VP = VS * RNG.uniform(1.6, 2.0, VS.shape)
RHO = RNG.uniform(2.0, 3.0, VS.shape)


def seen(average, vp=VP, vs=VS, rho=RHO):
    return at_nodes(vp, vs, rho, node_shares(THICKNESS, DEPTH, average))


@pytest.mark.parametrize("average", AVERAGES)
def test_shares_are_shares(average):
    shares = node_shares(THICKNESS, DEPTH, average)
    assert shares.shape == (3, 7, 5)
    np.testing.assert_allclose(shares.sum(axis=-1), 1.0, atol=1e-14)
    assert shares.min() >= 0.0
    assert not shares[0, :, 2].any(), "a layer without thickness is not there"


def test_cells_down_to_the_next_node_are_the_layers_of_a_regridded_model():
    for number in range(3):
        h = np.where(np.isfinite(THICKNESS[number]), THICKNESS[number], 0.0)
        model = regrid(EarthModel(h, VP[number], VS[number], RHO[number]), np.append(np.diff(DEPTH), 0.0), below=None)
        for mine, theirs in zip(seen("below"), (model.vp, model.vs, model.rho), strict=True):
            np.testing.assert_allclose(mine[number], theirs, rtol=1e-13)


@pytest.mark.parametrize("average", AVERAGES)
def test_averages_against_fine_sums(average):
    _, vs, rho = seen(average)
    step = 1e-4
    fine = step * (np.arange(round(20.0 / step)) + 0.5)
    upper, lower = {
        "below": (np.append(0.0, DEPTH[1:]), np.append(DEPTH[1:], DEPTH[-1] + step)),
        "around": (np.array([0, 0.25, 0.75, 1.5, 3, 5.5, 9.5]), np.array([0.25, 0.75, 1.5, 3, 5.5, 9.5, 14.5])),
        "point": (DEPTH, DEPTH + step),
    }[average]
    for number in range(3):
        layer = np.searchsorted(np.cumsum(THICKNESS[number, :-1]), fine, side="right")
        for node in range(DEPTH.size):
            cell = layer[(fine >= upper[node]) & (fine < lower[node])]
            assert vs[number, node] == pytest.approx(1.0 / np.mean(1.0 / VS[number, cell]), rel=1e-3)
            assert rho[number, node] == pytest.approx(np.mean(RHO[number, cell]), rel=1e-3)


@pytest.mark.parametrize("average", ["below", "point"])
def test_its_own_grid_is_seen_as_it_is(average):
    h = np.append(np.diff(DEPTH), 0.0)[None]
    vs = np.linspace(2.0, 4.0, h.size)[None]
    found = at_nodes(1.8 * vs, vs, 0.8 * vs, node_shares(h, DEPTH, average))
    for mine, factor in zip(found, (1.8, 1.0, 0.8), strict=True):
        np.testing.assert_allclose(mine, factor * vs, rtol=1e-14)


@pytest.mark.parametrize("average", AVERAGES)
def test_derivatives_meet_differences(average):
    weights = [RNG.standard_normal((3, 2, DEPTH.size)) for _ in range(3)]
    shares = node_shares(THICKNESS, DEPTH, average)
    found = to_layers(tuple(weights), VP, VS, shares)

    def total(*models):
        return sum(np.einsum("nwd,nd->nw", w, each) for w, each in zip(weights, seen(average, *models), strict=True))

    for which in range(3):
        for layer in range(5):
            sides = []
            for sign in (1, -1):
                moved = [VP.copy(), VS.copy(), RHO.copy()]
                moved[which][:, layer] += sign * 1e-5
                sides.append(total(*moved))
            np.testing.assert_allclose(found[which][..., layer], (sides[0] - sides[1]) / 2e-5, atol=1e-8)


def test_a_wrong_chain_rule_would_be_seen():
    shares = node_shares(THICKNESS, DEPTH, "below")
    ones = np.ones((3, 1, DEPTH.size))
    right = to_layers((ones, ones, ones), VP, VS, shares)[1]
    assert np.abs(right - (ones @ shares)).max() > 0.1, "shares alone are not the derivative of a slowness average"


@pytest.mark.parametrize(
    ("depth", "average", "words"),
    [
        ([0.0], "below", "two or more nodes"),
        ([0.0, 1.0, 1.0], "below", "rising"),
        ([-1.0, 1.0], "below", "0 or below the surface"),
        ([0.0, np.nan], "below", "two or more nodes"),
        ("deep", "below", "two or more nodes"),
        ([0.0, 1.0], "above", "'above' given; allowed are below, around, point"),
    ],
)
def test_bad_nodes_are_one_line(depth, average, words):
    with pytest.raises(UsageError, match=words):
        check_nodes(depth, average)
