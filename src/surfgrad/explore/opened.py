"""Files that the page hands over: read by the same readers as everywhere, from a folder that is gone afterwards."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from surfgrad.contracts import PARAMETERS
from surfgrad.curves.observed import ObservedCurves
from surfgrad.earth.model import EarthModel
from surfgrad.errors import SurfgradError, UsageError
from surfgrad.explore.plain import plain
from surfgrad.units import unit_system

Read = TypeVar("Read")


def open_model(content: bytes, name: str, units: str) -> EarthModel:
    """The model in a file's bytes; `units` are those of a format that can be in either.

    Raises FormatError naming the file by the name that it had, and the line.
    """
    from surfgrad.earth.formats.kinds import FORMATS, format_of
    from surfgrad.text import read_lines

    def read(path: Path) -> EarthModel:
        held = FORMATS[format_of(read_lines(path), path)]
        wanted = unit_system(units)
        return EarthModel.from_file(path, units=(wanted if wanted in held else held[0]).name)

    try:
        model = _as_file(content, name, read)
    except UsageError as error:
        cut = any(option in str(error) for option in ("step=", "depth="))
        raise UsageError(f"{error}{' (surfgrad convert makes layers of such a file)' if cut else ''}") from None
    return EarthModel(*model.arrays, name=model.name or Path(name).stem)


def open_curves(content: bytes, name: str, units: str, said: dict[str, Any]) -> ObservedCurves:
    """The observations in a file's bytes; `said`: wave, kind and mode where the file leaves them open."""
    import math

    from surfgrad.curves.kinds import FORMATS
    from surfgrad.curves.reading import format_of, read_curves
    from surfgrad.text import read_lines

    def read(path: Path) -> ObservedCurves:
        held = FORMATS[format_of(read_lines(path), path)]
        wanted = unit_system(units)
        system = wanted if wanted in held else held[0]
        return read_curves(path, units=system.name, missing=math.nan, zero_sigma=math.nan, **said)

    return _as_file(content, name, read)


def _as_file(content: bytes, name: str, read: Callable[[Path], Read]) -> Read:
    """What `read` makes of a file with these bytes; of the name only its last part counts, and only its ending."""
    shown = Path(name.replace("\\", "/")).name[:120] or "file"
    suffix = "".join(letter for letter in Path(shown).suffix if letter.isalnum() or letter == ".")
    with TemporaryDirectory(prefix="surfgrad-") as folder:
        path = Path(folder) / f"file{suffix}"
        path.write_bytes(content)
        try:
            return read(path)
        except SurfgradError as error:
            raise UsageError(str(error).replace(str(path), shown)) from None


def model_record(model: EarthModel) -> dict[str, Any]:
    """A model as the page holds it."""
    columns = zip(PARAMETERS, model.arrays, strict=True)
    return {"name": model.name or "model", **{field: plain(column) for field, column in columns}}


def curves_record(curves: ObservedCurves, number: int, name: str) -> dict[str, Any]:
    """Observations as the page draws them, under the number by which it asks for their misfit."""
    return {
        "data": number,
        "name": name,
        "wave": curves.wave.tolist(),
        "kind": curves.kind.tolist(),
        "mode": curves.mode.tolist(),
        "period_s": plain(curves.period_s),
        "value": plain(curves.value),
        "sigma": plain(curves.sigma),
    }
