"""Closed forms and the poles of ellipticity: cases whose answer is known beforehand."""

import json

import mpmath as mp
import numpy as np
from benchmarks.truth.report import Row
from benchmarks.truth.tally import LIMITS
from scipy.optimize import brentq
from tests.reference import meeting
from tests.reference.closed_forms import rayleigh_halfspace
from tests.reference.samples import ANALYTIC_TRUTH, SHARED
from tests.reference.stiffness import Model

import surfgrad as sg

POLE = (1.48, 1.51)
"""Periods, s, between which the soft layers of HoA.mod have their pole."""


def rows() -> list[Row]:
    """All cases; those of the data folder beside the checkout only where it is."""
    found = list(half_spaces())
    if ANALYTIC_TRUTH.exists():
        truth = json.loads(ANALYTIC_TRUTH.read_text())
        found += published_half_spaces(truth["rayleigh_halfspace"])
        found += love(list(truth["love_two_layer"].values()))
        found += pole()
    return found


def half_spaces() -> list[Row]:
    """Rayleigh's cubic, and H/V from its potentials (Aki & Richards 2002, section 5.4), vp/vs from 1.42 to 30."""
    c, ratio = 0.0, 0.0
    for x in np.geomspace(1.42, 30.0, 25):
        vs, vp = 3.0, 3.0 * x
        truth = rayleigh_halfspace(vp, vs)
        c = max(c, abs(sg.phase_velocity([0.0], [vp], [vs], [2.7], [10.0])[0] / truth - 1))
        tilt = (2 - (truth / vs) ** 2) / (2 * np.sqrt(1 - (truth / vp) ** 2))
        ratio = max(ratio, abs(sg.ellipticity([0.0], [vp], [vs], [2.7], [10.0])[0] / tilt - 1))
    return [("half-spaces: c", c, LIMITS["c"]), ("half-spaces: H/V", ratio, LIMITS["H/V"])]


def published_half_spaces(table: list[dict[str, float]]) -> list[Row]:
    """The same from the table of truth."""
    c, ratio = 0.0, 0.0
    for row in (row for row in table if row["vs_over_vp"] > 0):
        model = [0.0], [1 / row["vs_over_vp"]], [1.0], [2.0]
        c = max(c, abs(sg.phase_velocity(*model, [1.0])[0] / row["c_over_vs"] - 1))
        ratio = max(ratio, abs(sg.ellipticity(*model, [1.0])[0] / row["H_over_V"] - 1))
    return [("tabulated half-spaces: c", c, LIMITS["c"]), ("tabulated half-spaces: H/V", ratio, LIMITS["H/V"])]


def love(cases: list[dict]) -> list[Row]:
    """Love waves of a layer on a half-space."""
    c, group = 0.0, 0.0
    for case in cases:
        vs = np.array([case["vs1"], case["vs2"]])
        model = [case["h_km"], 0.0], 2 * vs, vs, [case["rho1"], case["rho2"]]
        for row in case["rows"]:
            asked = {"wave": "love", "mode": row["mode"]}
            c = max(c, abs(sg.phase_velocity(*model, [row["period"]], **asked)[0] / row["c"] - 1))
            group = max(group, abs(sg.group_velocity(*model, [row["period"]], **asked)[0] / row["U"] - 1))
    return [("Love waves of a layer: c", c, LIMITS["c"]), ("Love waves of a layer: U", group, LIMITS["U"])]


def pole() -> list[Row]:
    """Where V/H of HoA.mod passes through zero, in the engine and in 60 digits."""
    model = sg.EarthModel.from_file(SHARED / "cps" / "ellipticity_models" / "HoA.mod").arrays
    found = brentq(lambda period: 1 / sg.ellipticity(*model, [period])[0], *POLE, xtol=1e-14, rtol=1e-14)
    truth = _pole_in_50_digits(model, found)
    return [(f"pole of HoA.mod at T = {found:.12f} s", abs(found / truth - 1), 1e-10)]


def _pole_in_50_digits(model: Model, near: float) -> float:
    def upright(period: float) -> mp.mpf:
        c = float(sg.phase_velocity(*model, [period])[0])
        return 1 / meeting.ellipticity(meeting.find_mode(model, period, "rayleigh", 0, c))

    a, b = near * (1 - 1e-6), near * (1 + 1e-6)
    fa, fb = upright(a), upright(b)
    # Straight over 1e-6: the secant is off by 1e-12 at most.
    return float(a - fa * (b - a) / (fb - fa))
