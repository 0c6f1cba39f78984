"""The parts of many points on disk: a file each, with what identifies it."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from surfgrad.errors import FormatError
from surfgrad.files import replacing
from surfgrad.netcdf import read_dataset, write_dataset

if TYPE_CHECKING:
    import xarray as xr

PARTS = "parts"
_TOKEN = ".token"


@dataclass(frozen=True)
class PartFiles:
    """`folder`/parts/part-00000.nc and so on. Fulfils `surfgrad.ensembles.blocks.Shelf`.

    `points`, `size`: of all parts, and of each but the last. `wanted`: the identity of each; a part on disk that says
    another is as good as none. `token`: what tells this folder from one of the same name on another machine.
    """

    folder: Path
    points: int
    size: int
    wanted: tuple[str, ...]
    token: str

    @property
    def out(self) -> Path:
        """See `Shelf`."""
        return self.folder

    def span(self, index: int) -> tuple[int, int]:
        """See `Shelf`."""
        return index * self.size, min((index + 1) * self.size, self.points)

    def missing(self) -> list[int]:
        """See `Shelf`."""
        return [index for index, wanted in enumerate(self.wanted) if self._kept(index) != wanted]

    def visible(self) -> bool:
        """See `Shelf`."""
        try:
            return (self.folder / PARTS / _TOKEN).read_text(encoding="utf-8") == self.token
        except OSError:
            return False

    def write(self, index: int, block: "xr.Dataset") -> None:
        """See `Shelf`."""
        write_dataset(block, self._path(index))

    def merged(self) -> "xr.Dataset":
        """All parts as one, which is written to `folder`/points.nc."""
        import xarray as xr

        parts = [read_dataset(self._path(index)) for index in range(len(self.wanted))]
        whole = xr.concat(parts, "point", data_vars="minimal") if len(parts) > 1 else parts[0]
        whole.attrs.pop("identity", None)
        write_dataset(whole, self.folder / "points.nc")
        return whole

    def _path(self, index: int) -> Path:
        return self.folder / PARTS / f"part-{index:05d}.nc"

    def _kept(self, index: int) -> str | None:
        """The identity of a part on disk; None where there is none that can be read."""
        try:
            return str(read_dataset(self._path(index), wanted=lambda _: False).attrs.get("identity"))
        except FormatError:
            return None


def begin(folder: Path, points: int, size: int, wanted: tuple[str, ...]) -> PartFiles:
    """Make the folder where it is not there; what is in it stays."""
    files = PartFiles(folder, points, size, wanted, uuid4().hex)
    (folder / PARTS).mkdir(parents=True, exist_ok=True)
    with replacing(folder / PARTS / _TOKEN) as temporary:
        temporary.write_text(files.token, encoding="utf-8")
    return files
