"""In which type, and how compressed, should an ensemble keep models and curves? Errors beside bytes.

Run from the repository root: `python -m benchmarks.store_precision [models, default 200]`. Weak prior, 256 layers.
A store solves the models that it keeps, rounded; so rounding models is no error of the data, only another model. What
it would be if curves of unrounded models were kept is printed, and what rounding the curves themselves does.
"""

import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import zarr
from benchmarks.models import PERIODS, weak_models
from zarr.codecs import BloscCodec, ZstdCodec

from surfgrad.waves.kernels import phase_kernels
from surfgrad.waves.phase import phase_velocity

Array = np.ndarray
TYPES = ("float64", "float32", "float16")


def rounding(models: list[Array]) -> None:
    """What each type does to velocities and to vs kernels."""
    few = [column[:20] for column in models]
    exact = phase_velocity(*models, PERIODS)
    kernels = phase_kernels(*few, PERIODS[::6]).vs
    print("type      models rounded: change of c, km/s; of vs kernels, relative L2    curves rounded: error, km/s")
    for name in TYPES[1:]:
        other = [models[0], *(column.astype(name).astype(float) for column in models[1:])]
        change = np.nanmax(np.abs(phase_velocity(*other, PERIODS) - exact))
        moved = phase_kernels(*(column[:20] for column in other), PERIODS[::6]).vs
        kernel = np.nanmax(np.linalg.norm(moved - kernels, axis=-1) / np.linalg.norm(kernels, axis=-1))
        curve = np.nanmax(np.abs(exact.astype(name).astype(float) - exact))
        print(f"{name:9s} {change:32.1e} {kernel:32.1e} {curve:36.1e}")


def packing(arrays: dict[str, Array]) -> None:
    """Bytes and microseconds per model of each codec and type."""
    codecs = {
        "none": None,
        "zstd 3": ZstdCodec(level=3),
        "lz4, bits shuffled": BloscCodec(cname="lz4", clevel=5, shuffle="bitshuffle"),
        "zstd 5, bits shuffled": BloscCodec(cname="zstd", clevel=5, shuffle="bitshuffle"),
        "zstd 5, bytes shuffled": BloscCodec(cname="zstd", clevel=5, shuffle="shuffle"),
        "zstd 9, bytes shuffled": BloscCodec(cname="zstd", clevel=9, shuffle="shuffle"),
    }
    print("array     type     codec                    bytes/model  write us  read us")
    for name, values in arrays.items():
        for kind in TYPES:
            for title, codec in codecs.items():
                size, write, read = packed(values.astype(kind), codec)
                print(f"{name:9s} {kind:8s} {title:24s} {size:11.0f} {write:9.1f} {read:8.1f}")


def packed(values: Array, codec: object) -> tuple[float, float, float]:
    """Bytes, and microseconds to write and to read, per model."""
    count = len(values)
    with tempfile.TemporaryDirectory() as folder:
        array = zarr.create_array(
            folder, name="x", shape=values.shape, shards=values.shape, chunks=(min(100, count), *values.shape[1:]),
            dtype=values.dtype, compressors=codec,
        )  # fmt: skip
        start = time.perf_counter()
        array[:] = values
        middle = time.perf_counter()
        array[:]
        end = time.perf_counter()
        size = sum(path.stat().st_size for path in Path(folder).rglob("c/**/*") if path.is_file())
    return size / count, (middle - start) / count * 1e6, (end - middle) / count * 1e6


def main() -> None:
    """Print both tables."""
    count = (int(sys.argv[1]) if len(sys.argv) > 1 else 200) // 100 * 100
    models = [np.array(column) for column in zip(*weak_models(count), strict=True)]
    velocity = np.stack([phase_velocity(*models, PERIODS, wave=wave) for wave in ("rayleigh", "love")], axis=1)
    rounding(models)
    packing({"vs": models[2], "rho": models[3], "velocity": velocity})


if __name__ == "__main__":
    main()
