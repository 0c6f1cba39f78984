"""Second readers of model files: bytes to rows (thickness, vp, vs, rho) in km, km/s, g/cm3, thickness 0 at the end.

They judge what a file says, not whether such ground can be: a reader may refuse more, it may not read otherwise.
"""

import re
from fractions import Fraction
from itertools import pairwise

from tests.formats.grammar import Refused, column_name, double, exact, lines_of, require, whole

Rows = list[tuple[float, ...]]


def model96(data: bytes) -> Rows:
    """Twelve lines of header, then rows of ten numbers to the end, which blank lines may follow."""
    lines = lines_of(data)
    require(len(lines) > 12)
    starts = {
        0: "MODEL",
        2: "ISOTROPIC",
        3: "KGS",
        4: "(FLAT|SPHERICAL) EARTH",
        5: "1-D",
        6: "CONSTANT VELOCITY",
        11: "H",
    }
    for index, pattern in starts.items():
        require(re.match(pattern, " ".join(lines[index].upper().split())))
    body = lines[12:]
    while body and not body[-1].strip():
        body.pop()
    numbers = [[exact(token) for token in line.split()] for line in body]
    require(all(len(row) == 10 for row in numbers))
    require(all(row[4] >= 0 and row[5] >= 0 for row in numbers))
    signs = "".join("-" if row[0] < 0 else "+" for row in numbers)
    require(re.fullmatch(r"-*\++", signs))
    return _rows([[abs(row[0]), *row[1:4]] for row in numbers])


def csv(units: str) -> "object":
    """Reader of a CSV in "km" or "si"."""
    names = {"km": "thickness_km,vp_km_s,vs_km_s,rho_g_cm3", "si": "thickness_m,vp_m_s,vs_m_s,rho_kg_m3"}[units]

    def read(data: bytes) -> Rows:
        lines = [line for line in lines_of(data) if line.strip() and line.strip()[0] != "#"]
        require(lines)
        require([column_name(cell) for cell in lines[0].split(",")] == names.split(","))
        cells = [[exact(cell.strip()) for cell in line.split(",")] for line in lines[1:]]
        require(all(len(row) == 4 for row in cells))
        return _rows([[value / (1 if units == "km" else 1000) for value in row] for row in cells])

    return read


def geopsy(data: bytes) -> Rows:
    """One model: a count and as many rows of 4 or 6 numbers."""
    tokens = [line.split() for line in lines_of(data) if line.strip() and not line.strip().startswith("#")]
    require(tokens and len(tokens[0]) == 1)
    require(whole(tokens[0][0], 100_000) == len(tokens) - 1 >= 1)
    rows = [[exact(token) for token in row] for row in tokens[1:]]
    require({len(row) for row in rows} <= {4} or {len(row) for row in rows} <= {6})
    require(all(q == 0 or q >= 1 for row in rows for q in row[4:]))
    return _rows([[value / 1000 for value in row[:4]] for row in rows])


def nd(data: bytes) -> Rows:
    """Samples in depth, with names at discontinuities."""
    items = [re.split("#|//", line)[0].split() for line in lines_of(data)]
    items = [item for item in items if item]
    samples = []
    for before, item, after in zip([None, *items], items, [*items[1:], None], strict=False):
        if item[0][0].isalpha():
            require(len(item) == 1)
            apart = before and after and not before[0][0].isalpha() and not after[0][0].isalpha()
            require(not apart or exact(before[0]) == exact(after[0]))  # type: ignore[index]
        else:
            samples.append([exact(token) for token in item])
    return _sampled(samples)


def tvel(data: bytes) -> Rows:
    """Two lines of anything, then samples in depth."""
    lines = lines_of(data)
    require(len(lines) >= 2)
    rows = [re.split("#|//", line)[0].split() for line in lines[2:]]
    return _sampled([[exact(token) for token in row] for row in rows if row])


def _sampled(samples: list[list[Fraction]]) -> Rows:
    """Steps only: a gradient is refused, as readers do without `step`."""
    require(samples and all(4 <= len(row) <= 6 for row in samples))
    require(all(q == 0 or q >= 1 for row in samples for q in row[4:]))
    depths = [row[0] for row in samples]
    require(depths[0] == 0 and depths == sorted(depths))
    require(max(depths.count(depth) for depth in depths) <= 2)
    steps = [(b[0] - a[0], a[1:4], b[1:4]) for a, b in pairwise(samples) if b[0] > a[0]]
    flat = [(thickness, *upper) for thickness, upper, lower in steps if upper == lower]
    require(len(flat) == len(steps))
    # A last step that ends the file is the half-space itself.
    ends_flat = len(samples) > 1 and samples[-1][0] > samples[-2][0]
    layers = flat[:-1] if ends_flat else flat
    return _rows([*layers, (Fraction(0), *samples[-1][1:4])])


def _rows(rows: "list[list[Fraction]] | list[tuple[Fraction, ...]]") -> Rows:
    require(rows)
    doubles = [tuple(double(value) for value in row) for row in rows]
    return [*doubles[:-1], (0.0, *doubles[-1][1:])]


__all__ = ["Refused", "csv", "geopsy", "model96", "nd", "tvel"]
