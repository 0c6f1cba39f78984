"""Second readers of curve files: bytes to rows (wave, kind, mode, period, value, sigma) in s and km/s."""

import math
import re
from fractions import Fraction

from tests.formats.grammar import column_name, double, exact, lines_of, require, whole

Rows = list[tuple[object, ...]]
NOT_GIVEN = math.nan


def surf96(data: bytes) -> Rows:
    """Rows of eight words or more."""
    rows: Rows = []
    for words in _content(data):
        require(len(words) >= 8)
        tag, wave, kind, origin, mode, *numbers = words
        require(
            tag in ("SURF96", "surf96") and wave in list("RrLl") and kind in list("CcUu") and origin in list("TtXxFf")
        )
        period, value, sigma = (exact(token) for token in numbers[:3])
        require(sigma > 0)
        names = {"R": "rayleigh", "L": "love", "C": "phase", "U": "group"}
        rows.append((names[wave.upper()], names[kind.upper()], whole(mode, 9999), *map(double, (period, value, sigma))))
    return _some(rows)


def csv(units: str) -> "object":
    """Reader of a CSV with a heading, velocities in "km" or "si"."""
    scale, unit = (1, "km_s") if units == "km" else (1000, "m_s")

    def read(data: bytes) -> Rows:
        lines = [line.split(",") for line in lines_of(data) if line.strip() and line.strip()[0] != "#"]
        require(lines)
        names = [column_name(cell) for cell in lines[0]]
        known = {"wave", "kind", "mode", "status", "ellipticity", "sigma_ellipticity", "period_s", "frequency_hz"}
        require(set(names) <= known | {f"velocity_{unit}", f"sigma_{unit}"} and len(set(names)) == len(names))
        require(("period_s" in names) + ("frequency_hz" in names) == 1)
        require(all(len(cells) == len(names) for cells in lines))
        return _some([_row(dict(zip(names, cells, strict=True)), unit, scale) for cells in lines[1:]])

    return read


def _row(cells: dict[str, str], unit: str, scale: int) -> tuple[object, ...]:
    cells = {name: cell.strip() for name, cell in cells.items()}
    both = f"velocity_{unit}", "ellipticity"
    ratio = cells.get("kind") == "ellipticity" or both[0] not in cells
    name, sigma_name = (both[1], "sigma_ellipticity") if ratio else (both[0], f"sigma_{unit}")
    other = {both[0], both[1], "sigma_ellipticity", f"sigma_{unit}"} - {name, sigma_name}
    require(name in cells and not any(cells.get(each) for each in other))
    factor = 1 if ratio else scale
    sigma = cells.get(sigma_name, "")
    sigma_value = NOT_GIVEN if sigma.lower() in ("", "nan") else double(exact(sigma) / factor)
    require(sigma_value != 0)
    kind = cells.get("kind") or ("ellipticity" if ratio else "")
    wave = cells.get("wave") or ("rayleigh" if ratio else "")
    require(kind in ("phase", "group", "ellipticity") and wave in ("rayleigh", "love") and cells.get("mode"))
    period = exact(cells["period_s"]) if "period_s" in cells else _inverse(exact(cells["frequency_hz"]))
    return wave, kind, whole(cells["mode"], 9999), double(period), double(exact(cells[name]) / factor), sigma_value


def geopsy(data: bytes) -> Rows:
    """Sections under `# Rayleigh phase mode 0`; a third column only under a heading that says what it is."""
    rows: Rows = []
    key: tuple[object, ...] = ()
    held = ""
    for line in lines_of(data):
        text = line.strip()
        section = re.fullmatch(r"#\s*(Rayleigh|Love) (phase|group) mode ([0-9]{1,4})", text)
        if section:
            key = section[1].lower(), section[2], int(section[3])
        elif text.startswith("#"):
            require(not re.search(r"dispersion mode|ellipticity mode|Layered model|#\s*Mode \d", text))
            if "|" in text and "slowness" in text.lower():
                held = _held(text)
        elif text:
            rows.append((*key, *_sample(text.split(), held)))
            require(key)
    return _some(rows)


def _held(heading: str) -> str:
    """The name of the third column of a heading."""
    names = [name.strip() for name in heading.strip("# |").split("|")]
    require(names[:2] == ["Frequency (Hz)", "Slowness (s/m)"] and len(names) <= 5)
    third = names[2] if len(names) > 2 else ""
    require(third in ("", "Stddev", "Stddev (s/m)") or names[2:] == ["Valid"])
    require(names[3:] in ([], ["Weight"], ["Weight", "Valid"]))
    return "" if third == "Valid" else third


def _sample(tokens: list[str], held: str) -> tuple[float, float, float]:
    require(2 <= len(tokens) <= 5)
    frequency, slowness, *rest = (exact(token) for token in tokens)
    require(slowness > 0 and all(each == 1 for each in rest[1:]))
    velocity = 1 / (1000 * slowness)
    sigma = NOT_GIVEN
    if rest:
        require(held and (held != "Stddev" or rest[0] >= 1))
        spread = rest[0] / slowness if held == "Stddev (s/m)" else (rest[0] - 1 / rest[0]) / 2
        sigma = double(velocity * spread)
        require(sigma > 0)
    return double(_inverse(frequency)), double(velocity), sigma


def columns(names: str, kind: str, missing: str = "", zero_sigma: float = 0.0) -> "object":
    """Reader of a bare table of Rayleigh waves, mode 0, in km; values equal to the number `missing` are left out."""
    order = names.split(",")

    def read(data: bytes) -> Rows:
        rows: Rows = []
        for line in lines_of(data):
            if line.strip() and line.strip()[0] != "#":
                cells = [cell.strip() for cell in (line.split(",") if "," in line else line.split())]
                require(len(cells) == len(order))
                by_name = dict(zip(order, cells, strict=True))
                sigma = by_name["sigma_km_s"]
                sigma_value = NOT_GIVEN if sigma.lower() in ("", "nan") else double(exact(sigma))
                sigma_value = sigma_value or zero_sigma
                require(sigma_value != 0)
                numbers = double(exact(by_name["period_s"])), double(exact(by_name["velocity_km_s"]))
                if not missing or numbers[1] != float(missing):
                    rows.append(("rayleigh", kind, 0, *numbers, sigma_value))
        return _some(rows)

    return read


def _content(data: bytes) -> list[list[str]]:
    return [line.split() for line in lines_of(data) if line.strip() and not line.strip().startswith("#")]


def _inverse(number: Fraction) -> Fraction:
    require(number > 0)
    return 1 / number


def _some(rows: Rows) -> Rows:
    require(rows)
    return rows
