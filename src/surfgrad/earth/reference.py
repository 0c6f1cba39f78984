"""Reference Earths, ak135 and PREM, for land, down to the bottom of the transition zone.

ak135: velocities of Kennett, Engdahl & Buland (1995, Geophys. J. Int. 122, 108-124), continental structure, with the
density of Montagner & Kennett (1996, Geophys. J. Int. 125, 229-248), which together are ak135-f; in the continental
crust and down to 77.5 km, where ak135-f describes an ocean, density is that of ak135. Its authors advise caution with
the density of the upper mantle, which falls from 120 to 210 km.

PREM: polynomials of Dziewonski & Anderson (1981, Phys. Earth Planet. Inter. 25, 297-356, Table I), at 1 s, isotropic in
the uppermost mantle (the table's "effective isotropic" lines). Its 3 km of ocean are replaced by more upper crust, so
that it can stand beside columns on land.

Both are spherical Earths; the layers are the same values on a flat one.
"""

import numpy as np

from surfgrad.earth.model import EarthModel
from surfgrad.earth.profile import Profile
from surfgrad.errors import ModelError, UsageError

Array = np.ndarray
NAMES = ("ak135", "prem")
_RADIUS = 6371.0

_AK135 = np.array(
    [  # depth km, vp km/s, vs km/s, rho g/cm3
        (0.0, 5.8000, 3.4600, 2.7200),
        (20.0, 5.8000, 3.4600, 2.7200),
        (20.0, 6.5000, 3.8500, 2.9200),
        (35.0, 6.5000, 3.8500, 2.9200),
        (35.0, 8.0400, 4.4800, 3.3200),
        (77.5, 8.0450, 4.4900, 3.3450),
        (120.0, 8.0505, 4.5000, 3.4268),
        (165.0, 8.1750, 4.5090, 3.3711),
        (210.0, 8.3007, 4.5184, 3.3243),
        (260.0, 8.4822, 4.6094, 3.3663),
        (310.0, 8.6650, 4.6964, 3.4110),
        (360.0, 8.8476, 4.7832, 3.4577),
        (410.0, 9.0302, 4.8702, 3.5068),
        (410.0, 9.3601, 5.0806, 3.9317),
        (460.0, 9.5280, 5.1864, 3.9273),
        (510.0, 9.6962, 5.2922, 3.9233),
        (560.0, 9.8640, 5.3989, 3.9218),
        (610.0, 10.0320, 5.5047, 3.9206),
        (660.0, 10.2000, 5.6104, 3.9201),
        (660.0, 10.7909, 5.9607, 4.2387),
    ]
)
_PREM = (
    # bottom km, then (constant, factor of r / 6371 km) of vp, vs, rho; Table I, from the top
    (15.0, (5.8, 0.0), (3.2, 0.0), (2.6, 0.0)),
    (24.4, (6.8, 0.0), (3.9, 0.0), (2.9, 0.0)),
    (220.0, (4.1875, 3.9382), (2.1519, 2.3481), (2.6910, 0.6924)),
    (400.0, (20.3926, -12.2569), (8.9496, -4.4597), (7.1089, -3.8045)),
    (600.0, (39.7027, -32.6166), (22.3512, -18.5856), (11.2494, -8.0298)),
    (670.0, (19.0957, -9.8672), (9.9839, -4.9324), (5.3197, -1.4836)),
)
_PREM_BELOW = (670.0, 10.75131, 5.94508, 4.38071)
"""Top of the lower mantle, Table II: what a half-space at 670 km is made of."""
_MOHO = {"ak135": 35.0, "prem": 24.4}


def reference_profile(name: str) -> Profile:
    """The published profile, (K,) knots; raises UsageError naming the models there are."""
    key = name.lower() if isinstance(name, str) else name
    if key == "ak135":
        return Profile(*_AK135.T)
    if key == "prem":
        return _prem()
    raise UsageError(f"reference: {name!r} given; {', '.join(NAMES)} are allowed")


def mantle_profile(name: str) -> Profile:
    """The profile below its Moho, with its uppermost mantle continued to the surface: what lies below a thin crust."""
    whole, moho = reference_profile(name), _MOHO[name.lower()]
    top = Profile(*(np.array([float(value[0])]) for value in (np.zeros(1), *whole.values(np.array([moho]), +1))))
    return top.replaced_below(moho, whole)


def reference(name: str, interfaces: Array | None = None) -> EarthModel:
    """A reference Earth cut into layers.

    `interfaces`: depths, km, rising, of the layers' bottoms, the last one the top of the half-space; by default every
    published discontinuity down to 660 (PREM: 670) km, with gradients cut to layers of at most 5 km above 220 km and 10
    km below. Each layer has the mean of the piecewise-linear profile that keeps its mass and its vertical P and S
    travel times; the half-space has the values at its top. Raises UsageError for an unknown name.
    """
    profile = reference_profile(name)
    depths = _default_interfaces(profile) if interfaces is None else np.asarray(interfaces, dtype=np.float64)
    if depths.ndim != 1 or not np.all(np.isfinite(depths)) or np.any(np.diff(depths, prepend=0.0) <= 0):
        raise ModelError("interfaces: depths that do not rise from above 0 km given; finite, rising depths are allowed")
    thickness = np.append(np.diff(depths, prepend=0.0), 0.0)
    return EarthModel(thickness, *profile.layers(thickness), name=name.lower())


def _prem() -> Profile:
    """Lines in radius are lines in depth: a knot at each end of each region says it all."""
    rows: list[list[float]] = []
    top = 0.0
    for bottom, *lines in _PREM:
        for depth in (top, bottom):
            rows.append([depth, *(a + b * (1.0 - depth / _RADIUS) for a, b in lines)])
        top = bottom
    rows.append(list(_PREM_BELOW))
    return Profile(*np.array(rows).T)


def _default_interfaces(profile: Profile) -> Array:
    found: list[float] = []
    for i in range(profile.depth.size - 1):
        top, bottom = float(profile.depth[i]), float(profile.depth[i + 1])
        flat = all(values[i] == values[i + 1] for values in (profile.vp, profile.vs, profile.rho))
        parts = 1 if flat else int(np.ceil((bottom - top) / (5.0 if bottom <= 220.0 else 10.0)))
        if bottom > top:
            found.extend(np.linspace(top, bottom, parts + 1)[1:].tolist())
    return np.array(found)
