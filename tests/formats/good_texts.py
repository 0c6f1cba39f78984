"""Good files of every format: texts that must be read, each drawn from a random generator.

Plain functions of a `Random`, one seed a text: as hypothesis strategies, drawing cost many times what reading does.
"""

from collections.abc import Callable, Sequence
from random import Random

from hypothesis import strategies as st

_STYLES = ("{!r}", "{:.4f}", "{:10.6f}", "{:.5e}", "{:.3E}", "{:+.4f}")


def texts(make: Callable[..., str], *options: object) -> st.SearchStrategy[str]:
    """The strategy of the texts that `make(random, *options)` gives."""
    return st.integers(0, 2**64).map(lambda seed: make(Random(seed), *options))


def printed(random: Random, low: float, high: float) -> str:
    """A number as programs print it: fixed, exponent with E or D, signed, without a leading 0."""
    value = random.choice((random.uniform(low, high), float(f"{random.uniform(low, high):.3g}"), low, high))
    style = random.randrange(len(_STYLES) + 2)
    if style < len(_STYLES):
        return _STYLES[style].format(value).strip()
    if style == len(_STYLES):
        return f"{value:.6e}".replace("e", random.choice("dD"))
    text = f"{value:.4f}"
    return text.removeprefix("0") if text.startswith("0.") else text


def layers(random: Random, scale: float = 1.0) -> list[list[str]]:
    """Rows thickness, vp, vs, rho; `scale` 1 for km, 1000 for SI; the last thickness is 0."""
    rows = []
    for _ in range(random.randint(1, 5)):
        vs = random.uniform(0.1, 4.5)
        vp = vs * random.uniform(1.3, 3.0)
        thickness, rho = printed(random, 0.01 * scale, 40.0 * scale), printed(random, 1.0 * scale, 3.5 * scale)
        rows.append([thickness, f"{vp * scale:.6g}", f"{vs * scale:.6g}", rho])
    rows[-1][0] = random.choice(("0", "0.0", "0.", "0.000"))
    return rows


def model96(random: Random) -> str:
    """Isotropic, flat or spherical, perhaps with layers above the reference level."""
    rows = layers(random)
    above = random.randrange(len(rows))
    lines = ["MODEL.01", random.choice(("CUS", "Modèle", "")), "ISOTROPIC", "KGS"]
    lines += [random.choice(("FLAT EARTH", "SPHERICAL EARTH")), "1-D", "CONSTANT VELOCITY"]
    lines += ["LINE08", "LINE09", "LINE10", "LINE11", "H VP VS RHO QP QS ETAP ETAS FREFP FREFS"]
    for i, row in enumerate(rows):
        row[0] = "-" + row[0].lstrip("+") if i < above else row[0]
        quality = random.choices(("0", "0.00", "600.", "0.172E-02", "1.0D3"), k=2)
        lines.append(" ".join([*row, *quality, "0.00", "0.00", "1.00", "1.00"]))
    return _joined(lines)


def model_csv(random: Random, units: str) -> str:
    """A heading, a remark, rows."""
    names = {"km": "thickness_km,vp_km_s,vs_km_s,rho_g_cm3", "si": "Thickness (m),Vp (m/s),Vs (m/s),Rho (kg/m3)"}[units]
    rows = layers(random, 1.0 if units == "km" else 1000.0)
    return _joined([names, "# a remark", *(",".join(row) for row in rows)])


def model_geopsy(random: Random) -> str:
    """One model, with or without Q."""
    rows = layers(random, 1000.0)
    quality = random.choice(([], ["50", "25"]))
    lines = [" ".join([*row, *quality]) for row in rows]
    return _joined(["# Layered model 1: value=0.1", str(len(rows)), *lines])


def sampled(random: Random, head: Sequence[str], names: bool) -> str:
    """Steps in depth: two samples a layer."""
    depth, lines = 0.0, list(head)
    quality = random.choice(([], ["1456.0", "600.0"]))
    for i, row in enumerate(layers(random)):
        below = depth + random.randint(1, 400) / 10
        if names and i and random.random() < 0.5:
            lines.append(random.choice(("mantle", "outer-core", "  moho", "LVZ")))
        lines += [" ".join([f"{at:8.3f}", *row[1:], *quality]) for at in (depth, below)]
        depth = below
    return _joined(lines)


def surf96(random: Random) -> str:
    """Unsorted, repeated periods, an extra column."""
    extra = random.choice(("", "  8.5093 ", " 1 2 remark"))
    lines = []
    for _ in range(random.randint(1, 6)):
        kind, mode = random.choice(("R C X", "L U T", "r u x", "R\tC\tF")), random.randint(0, 3)
        numbers = " ".join(printed(random, *span) for span in ((1, 90), (1, 6), (0.01, 1)))
        lines.append(f"SURF96 {kind}  {mode} {numbers}{extra}")
    return _joined(lines)


def curve_csv(random: Random, units: str) -> str:
    """Velocities, ellipticities or both, with or without sigma."""
    unit, scale = ("km_s", 1.0) if units == "km" else ("m_s", 1000.0)
    time, both = random.choice(("period_s", "frequency_hz", "Frequency (Hz)")), random.random() < 0.5
    lines = [f"wave,kind,mode,{time},velocity_{unit},sigma_{unit}" + (",ellipticity,sigma_ellipticity" if both else "")]
    for _ in range(random.randint(1, 5)):
        start = f",{random.randint(0, 3)},{printed(random, 0.1, 90)},"
        sigma = random.choice(("nan", "", "0.1", ".02"))
        if both and random.random() < 0.5:
            lines.append(f"rayleigh,ellipticity{start},,{printed(random, -3, 3)},{sigma}")
        else:
            name = random.choice(("rayleigh,phase", "love,group"))
            lines.append(f"{name}{start}{printed(random, scale, 6 * scale)},{sigma}" + (",," if both else ""))
    return _joined(lines)


def curve_geopsy(random: Random) -> str:
    """Sections with a heading, of one sort of stddev."""
    held = random.choice(("", " Stddev | Weight |", " Stddev (s/m) | Weight |"))
    lines = ["# Curve name: a curve"]
    for _ in range(random.randint(1, 3)):
        kind = random.choice(("Rayleigh phase", "Love group"))
        lines += [f"# {kind} mode {random.randint(0, 2)}", f"# | Frequency (Hz) | Slowness (s/m) |{held}"]
        for _ in range(random.randint(1, 4)):
            spread = random.choice(("2e-4", "1.5467D-04", ".0001")) if "s/m" in held else printed(random, 1.01, 1.5)
            numbers = printed(random, 0.1, 90), printed(random, 0.001, 0.01)
            lines.append(" ".join([*numbers, *([spread, "1"] if held else [])]))
    return _joined(lines)


def bare_table(random: Random, gaps: bool = False) -> str:
    """period, velocity, sigma between blanks or commas; with `gaps`, values of -1 and sigmas of 0 among them."""
    between = random.choice(("  ", ",", "\t"))
    lines = []
    for _ in range(random.randint(0, 5)):
        value, sigma = printed(random, 1, 6), random.choice(("0.1", "nan", "2e-2"))
        if gaps and random.random() < 0.5:
            value, sigma = random.choice(((value, "0.0"), ("-1.0000", sigma), ("-1", "0")))
        lines.append(between.join([printed(random, 0.1, 90), value, sigma]))
    return _joined([*lines, between.join(["10.0", "3.5", "0.1"])])


def _joined(lines: Sequence[str]) -> str:
    return "\n".join(lines) + "\n"
