"""What all curves at one set of periods have in common: which are searched first, and what is made of their roots.

A few periods are searched from scratch, the others from their neighbours' velocities, in two rounds of ever nearer
neighbours.
"""

import numpy as np

from surfgrad.waves.compiled import LANES, compiled, inlined, lean

NODES = 6
"""Neighbours between which a search begins."""


@compiled
def make_plan(omega):
    """(order, coarse, nodes, full, rough, users, first) of searches at `omega` (T,), rad/s, descending.

    `order` (T,): indices, the `coarse` first of which begin from scratch. `nodes` (T, NODES): the neighbours between
    whose roots the others begin; `full`, `rough` (T, NODES): their weights in the polynomials through all of them and
    through all but two. `users`, from `first[j]` to `first[j + 1]`: who begins between j and others.
    """
    size = omega.shape[0]
    nodes = np.full((size, NODES), -1)
    full, rough = np.zeros((size, NODES)), np.zeros((size, NODES))
    order, coarse = _arrange(omega, nodes)
    # An array's logarithm at once would take a second to compile.
    x = np.empty(size)
    for j in range(size):
        x[j] = np.log(omega[j])
    users, first = np.empty(NODES * size, np.int64), np.zeros(size + 1, np.int64)
    _find_users(order, coarse, nodes, users, first)
    for j in order[coarse:]:
        _weigh(x, nodes[j], j, 0, NODES, full[j])
        shift = 0
        while shift < 2 and nodes[j, shift + NODES // 2 - 1] < j:
            shift += 1
        _weigh(x, nodes[j], j, shift, NODES - 2, rough[j])
    return order, coarse, nodes, full, rough, users, first


@compiled
def _arrange(omega, nodes):
    """(indices in the order of their searches, number of the coarse ones).

    Coarse ones lie about evenly in ln(omega), at most one lane group; one more between each two of them follows, then
    the rest. Fills `nodes` of those that follow.
    """
    size = omega.shape[0]
    level, order = np.empty(size, np.int64), np.empty(size, np.int64)
    for j in range(size):
        level[j] = 2
    coarse = _coarse(omega, level)
    if coarse >= NODES:
        _between(omega, level)
    at = 0
    for wanted in range(3):
        for j in range(size):
            if level[j] == wanted:
                order[at] = j
                at += 1
    for wanted in range(1, 3):
        _neighbours(level, wanted, nodes)
    return order, coarse


@inlined
def _coarse(omega, level):
    """Set level 0 of the coarse ones; return their number."""
    size = omega.shape[0]
    count = min(size, LANES)
    j = -1
    for i in range(count):
        aim = omega[0] * (omega[-1] / omega[0]) ** (i / max(1, count - 1))
        j += 1
        while j < size - (count - i) and omega[j] * omega[j + 1] > aim * aim:
            j += 1
        level[j] = 0
    return count


@inlined
def _between(omega, level):
    """Set level 1 of the middle of every gap between coarse ones."""
    left = 0
    for right in range(1, omega.shape[0]):
        if level[right] != 0:
            continue
        if right - left > 1:
            j = left + 1
            while j < right - 1 and omega[j] * omega[j + 1] > omega[left] * omega[right]:
                j += 1
            level[j] = 1
        left = right


@compiled
def _neighbours(level, wanted, nodes):
    """Fill `nodes` of those of one level: the NODES around them of the levels before."""
    size = level.shape[0]
    known, count = np.empty(size, np.int64), 0
    for j in range(size):
        if level[j] < wanted:
            known[count] = j
            count += 1
    right = 0
    for j in range(size):
        if level[j] != wanted:
            continue
        while known[right] < j:
            right += 1
        first = min(max(right - NODES // 2, 0), count - NODES)
        for i in range(NODES):
            nodes[j, i] = known[first + i]


@lean
def _find_users(order, coarse, nodes, users, first):
    for j in order[coarse:]:
        for i in range(NODES):
            first[nodes[j, i] + 1] += 1
    for j in range(order.shape[0]):
        first[j + 1] += first[j]
    # Filled from each one's end, which `first` keeps by one place: what is left of it is its beginning.
    for j in order[coarse:][::-1]:
        for i in range(NODES):
            node = nodes[j, i]
            first[node + 1] -= 1
            users[first[node + 1]] = j
    for j in range(order.shape[0]):
        first[j] = first[j + 1]
    first[-1] = NODES * (order.shape[0] - coarse)


@lean
def _weigh(x, nodes, j, begin, count, weight):
    """Lagrange's weights at x[j] of `count` nodes from `begin` on."""
    for a in range(begin, begin + count):
        above, below = 1.0, 1.0
        for b in range(begin, begin + count):
            if b != a:
                above *= x[j] - x[nodes[b]]
                below *= x[nodes[a]] - x[nodes[b]]
        weight[a] = above / below
