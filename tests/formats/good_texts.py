"""Good files of every format, as hypothesis strategies: texts that must be read."""

from functools import cache
from typing import Any

from hypothesis import strategies as st

_STYLES = ("{!r}", "{:.4f}", "{:10.6f}", "{:.5e}", "{:.3E}", "{:+.4f}", "{:.6e}D", "{:.4f}-")


@cache  # making a strategy costs more than drawing from it
def printed(low: float, high: float) -> st.SearchStrategy[str]:
    """A number as programs print it: fixed, exponent with E or D, signed, without a leading 0."""
    return st.tuples(st.floats(low, high), st.sampled_from(_STYLES)).map(lambda pair: _text(*pair))


def _text(value: float, style: str) -> str:
    text = style.rstrip("D-").format(value).strip()
    if style[-1] == "-":
        return text.removeprefix("0") if text.startswith("0.") else text
    return text.replace("e", "D") if style[-1] == "D" else text


@cache
def layers(scale: float = 1.0) -> st.SearchStrategy[list[list[str]]]:
    """Rows thickness, vp, vs, rho; `scale` 1 for km, 1000 for SI; the last thickness is 0."""
    thickness, rho = printed(0.01 * scale, 40.0 * scale), printed(1.0 * scale, 3.5 * scale)
    row = st.tuples(thickness, st.floats(0.1, 4.5), st.floats(1.3, 3.0), rho)
    rows = st.lists(row, min_size=1, max_size=5)
    return st.tuples(rows, st.sampled_from(("0", "0.0", "0.", "0.000"))).map(lambda pair: _layers(*pair, scale))


def _layers(rows: list[tuple[str, float, float, str]], last: str, scale: float) -> list[list[str]]:
    texts = [[h, f"{vs * ratio * scale:.6g}", f"{vs * scale:.6g}", rho] for h, vs, ratio, rho in rows]
    texts[-1][0] = last
    return texts


@st.composite
def model96(draw: Any) -> str:
    """Isotropic, flat or spherical, perhaps with layers above the reference level."""
    rows = draw(layers())
    above = draw(st.integers(0, len(rows) - 1))
    quality = st.sampled_from(("0", "0.00", "600.", "0.172E-02", "1.0D3"))
    header = ["MODEL.01", draw(st.sampled_from(("CUS", "Modèle", ""))), "ISOTROPIC", "KGS"]
    header += [draw(st.sampled_from(("FLAT EARTH", "SPHERICAL EARTH"))), "1-D", "CONSTANT VELOCITY"]
    header += ["LINE08", "LINE09", "LINE10", "LINE11", "H VP VS RHO QP QS ETAP ETAS FREFP FREFS"]
    for i, row in enumerate(rows):
        row[0] = "-" + row[0].lstrip("+") if i < above else row[0]
        header.append(" ".join([*row, draw(quality), draw(quality), "0.00", "0.00", "1.00", "1.00"]))
    return "\n".join(header) + "\n"


@st.composite
def model_csv(draw: Any, units: str) -> str:
    """A heading, a remark, rows."""
    names = {"km": "thickness_km,vp_km_s,vs_km_s,rho_g_cm3", "si": "Thickness (m),Vp (m/s),Vs (m/s),Rho (kg/m3)"}[units]
    rows = draw(layers(1.0 if units == "km" else 1000.0))
    return "\n".join([names, "# a remark", *(",".join(row) for row in rows)]) + "\n"


@st.composite
def model_geopsy(draw: Any) -> str:
    """One model, with or without Q."""
    rows = draw(layers(1000.0))
    quality = ["50", "25"] if draw(st.booleans()) else []
    return (
        "\n".join(["# Layered model 1: value=0.1", str(len(rows)), *(" ".join([*row, *quality]) for row in rows)])
        + "\n"
    )


@st.composite
def sampled(draw: Any, head: str, names: bool) -> str:
    """Steps in depth: two samples a layer."""
    depth, lines = 0.0, [head] if head else []
    quality = ["1456.0", "600.0"] if draw(st.booleans()) else []
    for i, row in enumerate(draw(layers())):
        below = depth + draw(st.integers(1, 400)) / 10
        if names and i and draw(st.booleans()):
            lines.append(draw(st.sampled_from(("mantle", "outer-core", "  moho", "LVZ"))))
        lines += [" ".join([f"{at:8.3f}", *row[1:], *quality]) for at in (depth, below)]
        depth = below
    return "\n".join(lines) + "\n"


@st.composite
def surf96(draw: Any) -> str:
    """Unsorted, repeated periods, an extra column."""
    row = st.tuples(
        st.sampled_from(("R C X", "L U T", "r u x", "R\tC\tF")),
        st.integers(0, 3),
        printed(1, 90),
        printed(1, 6),
        printed(0.01, 1),
    )
    rows = draw(st.lists(row, min_size=1, max_size=6))
    extra = draw(st.sampled_from(("", "  8.5093 ", " 1 2 remark")))
    return "".join(f"SURF96 {kind}  {mode} {' '.join(numbers)}{extra}\n" for kind, mode, *numbers in rows)


@st.composite
def curve_csv(draw: Any, units: str) -> str:
    """Velocities, ellipticities or both, with or without sigma."""
    unit, scale = ("km_s", 1.0) if units == "km" else ("m_s", 1000.0)
    time = draw(st.sampled_from(("period_s", "frequency_hz", "Frequency (Hz)")))
    both = draw(st.booleans())
    lines = [f"wave,kind,mode,{time},velocity_{unit},sigma_{unit}" + (",ellipticity,sigma_ellipticity" if both else "")]
    for _ in range(draw(st.integers(1, 5))):
        start = f",{draw(st.integers(0, 3))},{draw(printed(0.1, 90))},"
        sigma = draw(st.sampled_from(("nan", "", "0.1", ".02")))
        if both and draw(st.booleans()):
            lines.append(f"rayleigh,ellipticity{start},,{draw(printed(-3, 3))},{sigma}")
        else:
            name = draw(st.sampled_from(("rayleigh,phase", "love,group")))
            lines.append(f"{name}{start}{draw(printed(1 * scale, 6 * scale))},{sigma}" + (",," if both else ""))
    return "\n".join(lines) + "\n"


@st.composite
def curve_geopsy(draw: Any) -> str:
    """Sections with a heading, of one sort of stddev."""
    held = draw(st.sampled_from(("", " Stddev | Weight |", " Stddev (s/m) | Weight |")))
    lines = ["# Curve name: a curve"]
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(("Rayleigh phase", "Love group")))
        lines += [f"# {kind} mode {draw(st.integers(0, 2))}", f"# | Frequency (Hz) | Slowness (s/m) |{held}"]
        for _ in range(draw(st.integers(1, 4))):
            spread = st.sampled_from(("2e-4", "1.5467D-04", ".0001")) if "s/m" in held else printed(1.01, 1.5)
            stddev = draw(spread) + " 1" if held else ""
            lines.append(f"{draw(printed(0.1, 90))} {draw(printed(0.001, 0.01))} {stddev}")
    return "\n".join(lines) + "\n"


@st.composite
def bare_table(draw: Any, gaps: bool = False) -> str:
    """period, velocity, sigma between blanks or commas; with `gaps`, values of -1 and sigmas of 0 among them."""
    between = draw(st.sampled_from(("  ", ",", "\t")))
    values, sigmas = printed(1, 6), st.sampled_from(("0.1", "nan", "2e-2"))
    if gaps:
        values, sigmas = values | st.sampled_from(("-1.0000", "-1")), sigmas | st.just("0.0")
    rows = draw(st.lists(st.tuples(printed(0.1, 90), values, sigmas), min_size=0, max_size=6))
    rows.append(("10.0", "3.5", "0.1"))
    return "\n".join(between.join(cells) for cells in rows) + "\n"
