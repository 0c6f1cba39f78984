r"""Every derivative of the P-SV secular function from one upward and one downward sweep.

F is the pairing <V, Y> of two sets of minors at any depth: Y of the solutions that decay below, V of those that
leave the surface free. With the five numbers of `rayleigh` (at one g) it is

    <V, Y> = -(V1 Y3 + V3 Y1) + 2 V2 Y2 + V4 Y5 + V5 Y4,

which interfaces and layers leave unchanged; what one sublayer does to it is in `rayleigh_derivatives`. Factors taken
out of Y and V are kept as logarithms; a sublayer's derivatives lack exp(LOG + LOG_V).
"""

import numpy as np

from surfgrad.waves.chain import add, begin_chain, end_chain, set_down, weigh
from surfgrad.waves.compiled import LANES, compiled, lean
from surfgrad.waves.lanes import (
    BASE,
    BASE_V,
    CLIMBED_V,
    DA,
    DB,
    LOG_V,
    LOG_W,
    QA,
    QB,
    SA,
    SB,
    V1,
    V2,
    V3,
    V4,
    V5,
    W1,
    W2,
    Y1,
    Y2,
    Y3,
    Y5,
    G,
    fill_derivatives,
    group_bounds,
)
from surfgrad.waves.layers import MU, RHO, A, B, H
from surfgrad.waves.rayleigh import GROWTH, climb, climb_whole, fill_layer, start_all, take_factor_out
from surfgrad.waves.rayleigh_derivatives import add_medium, add_thin, differentiate, differentiate_half_space
from surfgrad.waves.rayleigh_stiff import (
    STIFF,
    THIN,
    climb_stiff,
    fill_products,
    set_basis,
    stiffens,
)
from surfgrad.waves.series import LONG_REACH, SHORT_REACH
from surfgrad.waves.steps import add_logs, cut_layers, keep_log, make_store
from surfgrad.waves.water import surface, water_column, water_layers
from surfgrad.waves.water_gradient import water_gradient

KEPT = 5 * LANES
STATE = KEPT + LANES
"""Size of a kept state: Y1 ... Y5, and BASE where it is needed."""


@compiled
def rayleigh_gradient(table, first, buf, by_layer):
    """Derivatives of the lanes' secular functions; `first`: the layer that stands for the half-space.

    `by_layer` (L, 4 LANES): those by thickness, vp, vs, rho, as far as layer `first`; in `buf`, BY_C: that by c,
    STRETCH: the sum of the layers' h F_h. All are times exp(-REFERENCE).
    """
    bounds, wet = group_bounds(buf), water_layers(table)
    owner, parts = cut_layers(table, wet, first, *bounds)
    store, plain = make_store(owner.shape[0], STATE), np.empty(owner.shape[0], np.bool_)
    upwards(table, first, buf, owner, parts, bounds, store, plain)
    surface(buf)
    begin_chain(buf)
    if wet == 0:
        start_above(buf)
    else:
        water_column(table, wet, buf, bounds)
        start_above(buf)
        water_gradient(table, wet, buf, bounds, *water_adjoint(buf), by_layer)
    downwards(table, first, buf, owner, parts, bounds, store, plain, by_layer)
    end_chain(buf)


@lean
def start_above(buf):
    """V at the solid's top, at g = 0: no shear stress, and the water column's ratio of the other two."""
    for i in range(LANES):
        buf[V1 + i], buf[V2 + i], buf[V3 + i] = buf[W1 + i], 0.0, 0.0
        buf[V4 + i], buf[V5 + i], buf[LOG_V + i] = buf[W2 + i], 0.0, buf[LOG_W + i]


@compiled
def water_adjoint(buf):
    """Derivatives of <V, Y> by W1 and W2 at the sea floor."""
    by_w1, by_w2 = np.empty(LANES), np.empty(LANES)
    for i in range(LANES):
        g = buf[BASE + i] * buf[G + i]
        by_w1[i] = g * (2.0 * buf[Y2 + i] - g * buf[Y1 + i]) - buf[Y3 + i]
        by_w2[i] = buf[Y5 + i]
    return by_w1, by_w2


@lean
def upwards(table, first, buf, owner, parts, bounds, store, plain):
    """Sweep Y up to the solid's top, and keep it below every sublayer.

    `plain` (S,): whether all lanes are there in the basis of the layer below.
    """
    states, scaled, logs = store
    start_all(table, buf, first)
    keep_log(buf, logs, 0)
    below, growth, times, settled, left = first, 0.0, 0, True, 0
    for step in range(owner.shape[0]):
        layer = owner[step]
        h = table[layer, H] / parts[layer]
        a, b, mu, rho = table[layer, A], table[layer, B], table[layer, MU], table[layer, RHO]
        scaled[step], plain[step] = times, settled
        for i in range(KEPT):
            states[step, i] = buf[Y1 + i]
        if layer != below:
            stiff = not settled or stiffens(table, layer, bounds[0])
            reach = h * h * max(bounds[1] ** 2, bounds[2] * b)
            whole = parts[layer] == 1 and reach <= 4.0 * LONG_REACH and not stiff
            if stiff and settled:
                set_basis(buf, table[below, MU])
            if not whole:
                fill_layer(table, layer, h, buf, bounds[1], bounds[2])
            if stiff:
                fill_products(buf, h, a, b, True)
            left = parts[layer]
        if not settled:
            _keep_basis(buf, states, step)
        if whole:
            climb_whole(buf, mu - table[below, MU], rho, h, a, b, reach)
        elif stiff:
            settled = climb_stiff(buf, mu, rho, h, left)
        else:
            climb(buf, mu - table[below, MU], rho)
        below, left = layer, left - 1
        growth += 2.0 * bounds[1] * h + 1.0
        if growth > GROWTH:
            take_factor_out(buf)
            growth, times = 0.0, times + 1
            keep_log(buf, logs, times)
    scaled[-1] = times
    if settled:
        set_basis(buf, table[below, MU])


@lean
def _keep_basis(buf, states, step):
    for i in range(LANES):
        states[step, KEPT + i] = buf[BASE + i]


@lean
def _bring_back(buf, states, step, plain, mu):
    """Y below a sublayer, in the basis of `mu` where that is `plain`."""
    for i in range(KEPT):
        buf[Y1 + i] = states[step, i]
    for i in range(LANES):
        buf[BASE + i] = mu if plain else states[step, KEPT + i]


@lean
def downwards(table, first, buf, owner, parts, bounds, store, plain, by_layer):
    """Sweep V down from the solid's top, where it is given at g = 0, and add up the derivatives of <V, Y>."""
    states, scaled, logs = store
    above, mu_above, growth, left, rescaled, settled = -1, 0.0, 0.0, 0, True, True
    for step in range(owner.shape[0] - 1, -1, -1):
        layer = owner[step]
        h, mu_below = table[layer, H] / parts[layer], table[owner[step - 1] if step > 0 else first, MU]
        if rescaled or scaled[step] != scaled[step + 1]:
            add_logs(buf, logs, scaled[step])
            weigh(buf, by_layer, layer)
        stands_out = _stands_out(table, layer, bounds[0])
        reach = h * h * max(bounds[1] ** 2, bounds[2] * table[layer, B])
        if parts[layer] == 1 and reach <= LONG_REACH and settled and plain[step] and not stands_out:
            if reach <= SHORT_REACH:
                add_thin(table[layer], mu_below, mu_above, buf, states[step], by_layer[layer])
            else:
                add_medium(table[layer], mu_below, mu_above, buf, states[step], by_layer[layer])
        else:
            if layer != above:
                _fill(table, layer, h, buf, bounds, stands_out)
                left = parts[layer]
            if settled:
                _set_basis_above(buf, mu_above)
            _bring_back(buf, states, step, plain[step], mu_below)
            settled = differentiate(table[layer], h, left, buf)
            add(table, layer, h, 1.0 / parts[layer], buf)
            left -= 1
            if left == 0:
                set_down(buf, by_layer, layer)
        above, mu_above = layer, table[layer, MU]
        growth += 2.0 * bounds[1] * h + 1.0
        rescaled = growth > GROWTH
        if rescaled:
            _take_factor_out(buf)
            growth = 0.0
    if settled:
        _set_basis_above(buf, mu_above)
    start_all(table, buf, first)
    add_logs(buf, logs, 0)
    weigh(buf, by_layer, first)
    differentiate_half_space(table[first], buf)
    add(table, first, 0.0, 1.0, buf)
    set_down(buf, by_layer, first)


@lean
def _set_basis_above(buf, mu):
    """Say that V is in the basis of the rigidity `mu` in every lane."""
    for i in range(LANES):
        buf[BASE_V + i] = mu
        buf[CLIMBED_V + i] = 0.0


@lean
def _fill(table, layer, h, buf, bounds, stands_out):
    fill_layer(table, layer, h, buf, bounds[1], bounds[2])
    kk, ww, hh = bounds[1] ** 2, bounds[2], h * h
    fill_products(buf, h, table[layer, A], table[layer, B], stands_out)
    fill_derivatives(buf, h, table[layer, A], DA, SA, QA, hh * max(kk, ww * table[layer, A]))
    fill_derivatives(buf, h, table[layer, B], DB, SB, QB, hh * max(kk, ww * table[layer, B]))


@lean
def _stands_out(table, layer, k_low):
    """Whether the layer is thin for some lanes and much stiffer than a neighbour (the surface, water included)."""
    above = table[layer - 1, MU] if layer > 0 else 0.0
    softer = min(above, table[layer + 1, MU])
    return table[layer, MU] > STIFF * softer and k_low * table[layer, H] <= THIN


@lean
def _take_factor_out(buf):
    for i in range(LANES):
        size = abs(buf[V1 + i]) + abs(buf[V2 + i]) + abs(buf[V3 + i]) + abs(buf[V4 + i]) + abs(buf[V5 + i])
        factor = 1.0 / size
        buf[LOG_V + i] += np.log(size)
        buf[V1 + i] *= factor
        buf[V2 + i] *= factor
        buf[V3 + i] *= factor
        buf[V4 + i] *= factor
        buf[V5 + i] *= factor
