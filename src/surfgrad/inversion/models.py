"""The models that can be asked for by a word, `layers:8`, `spline:12`, `grid`, with priors that suit the data."""

from dataclasses import dataclass, replace

import numpy as np

from surfgrad.errors import UsageError
from surfgrad.inversion.earth.depth_grid import b_splines, control_points, fine_layers, matern, places, square_root
from surfgrad.inversion.earth.layered_prior import LayeredPrior
from surfgrad.inversion.earth.marginals import LogNormal, LogUniform
from surfgrad.inversion.earth.no_density import WORD, refuse_prior
from surfgrad.inversion.earth.thicknesses import FreeInterfaces, HeldThicknesses, Thicknesses
from surfgrad.inversion.earth.ties import FreeRatio, HeldDensity, Law, RockDensity, RockVp
from surfgrad.inversion.earth.velocities import (
    IndependentVelocities,
    OverHeldHalfSpace,
    RisingVelocities,
    SmoothVelocities,
    Velocities,
)
from surfgrad.inversion.earth.water import Water
from surfgrad.inversion.reach import Reach

Array = np.ndarray
KINDS = ("layers", "spline", "grid")
MOST = 200
MOST_COMPARED = 30
HALF_SPACE = 1.1
"""Least centre of a free half-space's vs under a smooth profile, in units of the fastest velocity of the data."""
WIDEST = 0.8
"""sd of the logarithm of what a free half-space under a smooth profile is faster by than the data."""
FINE = 30
"""Fine layers under a spline or a grid, where nothing else is said."""
SPACING = 1.25
"""Each interface at least a quarter deeper than the one above, where so many fit."""
SHARE_OF_ROOM = 0.4
"""Of ln depth that these distances may take."""
KEPT = 0.999
"""Share of a grid's prior variance that its coordinates hold."""
ROCK_SD, SOIL_SD = (0.25, 0.10), (0.25, 0.25)
"""sd of ln vs about the rule of thumb, at the surface and at the bottom: mantles differ less than crusts and soils."""
ROCK_DEPTH = 1.0
"""km: data that reach deeper are taken as of rock, others as of soil."""
SOIL_RATIO, SOIL_DENSITY = (1.5, 5.0), 1.9
"""vp/vs of soil, dry to saturated, and a density that data hardly see, g/cm3."""


@dataclass(frozen=True)
class Options:
    """What may be said of a prior of vs, vp and density over depth; None: as suits the data.

    `vs`: (low, high), km/s. `sd`: of ln vs about the data's rule of thumb, at the surface and at the bottom, of splines
    and grids. `length`: over which these are correlated, in ln depth. `rising`: vs never falls with depth.
    `half_space`: its vs, km/s, if held. `vp`, `rho`: laws. `water`: on top. `fine`: layers under splines and grids, or
    `layering`: their thicknesses, km, the half-space's 0, where a forward accepts one grid only.
    """

    vs: tuple[float, float] | None = None
    sd: tuple[float, float] | None = None
    length: float = 0.7
    rising: bool = False
    half_space: float | None = None
    vp: Law | None = None
    rho: Law | None = None
    water: Water | None = None
    fine: int = FINE
    layering: tuple[float, ...] | None = None

    def __post_init__(self) -> None:
        """Check the numbers; each raises UsageError naming the option."""
        if self.sd is not None and not all(0.0 < each < 3.0 for each in self.sd):
            raise UsageError(f"sd: {self.sd[0]:g} and {self.sd[1]:g} given; numbers from 0 to 3 (of ln vs) are allowed")
        if not 0.0 < self.length < np.inf:
            raise UsageError(f"correlation length: {self.length:g} given; a number above 0 (of ln depth) is allowed")
        if self.half_space is not None and not 0.0 < self.half_space < np.inf:
            raise UsageError(f"half-space: {self.half_space:g} km/s given; a finite number above 0 is allowed")
        if not 4 <= self.fine <= 1000:
            raise UsageError(f"fine layers: {self.fine} given; 4 to 1000 are allowed")


def prior_of(model: str, reach: Reach, options: Options | None = None) -> LayeredPrior:
    """The prior of a model that is asked for by a word.

    `model`: `layers:N` (N layers over a half-space, N from 1), `spline:N` (vs over depth by N control points) or `grid`
    (vs in every fine layer). `reach`: what the data can speak of, see `reach_of`. `options`: what else is said; the
    rest suits the data. Raises UsageError naming the word or the option that is not allowed.
    """
    kind, number = parse_model(model)
    said = _completed(options or Options(), reach)
    if kind == "layers":
        thicknesses, velocities = _layers(number, reach, said)
    else:
        thicknesses, velocities = _profile(kind, number, reach, said)
    if said.vp is None or said.rho is None:
        raise AssertionError("laws are completed above")
    vp = replace(said.vp, layers=thicknesses.layers) if isinstance(said.vp, FreeRatio) and said.vp.layers else said.vp
    return LayeredPrior(thicknesses, velocities, vp, said.rho, said.water)


def parse_model(text: str) -> tuple[str, int]:
    """(kind, number), number 0 for a grid; UsageError naming what is allowed."""
    kind, colon, number = text.partition(":")
    allowed = "layers:8, spline:12 and grid are allowed, the numbers yours"
    if kind == WORD:
        raise refuse_prior(number, allowed)
    if kind not in KINDS or (kind == "grid") == bool(colon):
        raise UsageError(f"model: {text[:40]!r} given; {allowed}")
    if kind == "grid":
        return kind, 0
    if not (number.isascii() and number.isdecimal() and 1 <= int(number[:9]) <= MOST):
        raise UsageError(f"model: {text[:40]!r} given; {allowed}, from 1 to {MOST}")
    return kind, int(number)


def models_of(text: str) -> tuple[str, ...]:
    """The models in a text: `layers:5`, `layers:2:8` for all from 2 to 8, several with commas; at most `MOST_COMPARED`.

    UsageError naming what is allowed.
    """
    if text.startswith(WORD):
        parse_model(text)
    found: list[str] = []
    for word in text.split(","):
        kind, _, numbers = word.strip().partition(":")
        if numbers.count(":") != 1:
            parse_model(word.strip())
            found.append(word.strip())
            continue
        (_, low), (_, high) = (parse_model(f"{kind}:{each}") for each in numbers.split(":"))
        if low > high:
            raise UsageError(f"model: {word[:40]!r} given; {kind}:LEAST:MOST is allowed, the least first")
        found += [f"{kind}:{number}" for number in range(low, high + 1)]
    if len(found) > MOST_COMPARED or len(set(found)) < len(found):
        raise UsageError(f"model: {text[:40]!r} given; up to {MOST_COMPARED} different ones are allowed")
    return tuple(found)


def _completed(options: Options, reach: Reach) -> Options:
    rock = reach.deepest >= ROCK_DEPTH
    vp: Law = RockVp() if rock else FreeRatio(LogUniform(*SOIL_RATIO))
    rho: Law = RockDensity() if rock else HeldDensity(SOIL_DENSITY)
    sd = options.sd or (ROCK_SD if rock else SOIL_SD)
    return replace(options, vs=options.vs or reach.vs_range, sd=sd, vp=options.vp or vp, rho=options.rho or rho)


def _layers(number: int, reach: Reach, options: Options) -> tuple[Thicknesses, Velocities]:
    room = np.log(reach.deepest / reach.shallowest)
    spacing = min(SPACING, float(np.exp(SHARE_OF_ROOM * room / max(number - 1, 1))))
    free = number + (options.half_space is None)
    low, high = options.vs or reach.vs_range
    velocities: Velocities
    if options.rising:
        velocities = RisingVelocities(np.eye(free), low, high)
    else:
        velocities = IndependentVelocities(
            free, LogUniform(_lows(free, low, high, reach, options), np.full(free, high))
        )
    return FreeInterfaces(number, reach.shallowest, reach.deepest, spacing), _over_half_space(velocities, options)


def _lows(free: int, low: float, high: float, reach: Reach, options: Options) -> Array:
    """A free half-space is faster than all data: they would not be trapped otherwise."""
    lows = np.full(free, low)
    if options.half_space is None:
        lows[-1] = max(low, min(reach.fastest, 0.9 * high))
    return lows


def _profile(kind: str, number: int, reach: Reach, options: Options) -> tuple[Thicknesses, Velocities]:
    scale = reach.shallowest
    given = options.layering
    thickness = fine_layers(scale, reach.bottom, options.fine) if given is None else np.array(given)
    at = places(thickness, scale)
    free = at if options.half_space is None else at[:-1]
    basis = b_splines(free, number) if kind == "spline" else np.eye(free.size)
    if options.rising:
        if kind == "grid":
            raise UsageError("rising: given with grid; layers:N and spline:N are allowed with it")
        low, high = options.vs or reach.vs_range
        velocities: Velocities = RisingVelocities(basis, low, high)
    else:
        knots = control_points(free, number) if kind == "spline" else free
        velocities = _smooth(kind, basis, knots, scale, reach, options)
    return HeldThicknesses(thickness), _over_half_space(velocities, options)


def _smooth(kind: str, basis: Array, knots: Array, scale: float, reach: Reach, options: Options) -> Velocities:
    """ln vs is Gaussian: the rule of thumb's, laid on the basis, and correlated changes of it."""
    share = (knots - knots[0]) / max(knots[-1] - knots[0], 1e-12)
    top, bottom = options.sd or SOIL_SD
    sd = top + (bottom - top) * share
    root = square_root(matern(knots, options.length), KEPT if kind == "grid" else 1.0)
    centre = np.exp(basis @ np.log(reach.profile(scale * np.expm1(knots))))
    words: dict[str, object] = {
        "over_depth": f"{kind}: Gaussian ln vs, Matern 3/2 over s = ln(1 + z / scale)",
        "scale_km": scale,
        "correlation_length": options.length,
        "sd_of_ln_vs": [top, bottom],
    }
    name = "control" if kind == "spline" else "component"
    factor, floor = basis @ (sd[:, None] * root), np.zeros(len(basis))
    if options.half_space is None:
        # A half-space slower than the data would trap no mode: it is above them, about as loosely as the others are.
        floor[-1] = reach.fastest
        centre[-1] = max(centre[-1], HALF_SPACE * reach.fastest)
        factor[-1] *= min(centre[-1] / (centre[-1] - floor[-1]), WIDEST / sd[-1])
        words["half_space_above_km_s"] = float(floor[-1])
    return SmoothVelocities(factor, LogNormal(centre, 1.0, floor), tuple(words.items()), name)


def _over_half_space(velocities: Velocities, options: Options) -> Velocities:
    return velocities if options.half_space is None else OverHeldHalfSpace(velocities, options.half_space)
