"""ONNX: a surrogate for programs without Python or torch, in the same units, checked before it is given away."""

import json
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from surfgrad.earth.validate import check_periods
from surfgrad.errors import SurfgradError
from surfgrad.files import replacing
from surfgrad.surrogates.architectures import architecture
from surfgrad.surrogates.card import UNITS, Card
from surfgrad.surrogates.probes import probe_models
from surfgrad.surrogates.surrogate import Surrogate
from surfgrad.surrogates.tensor_only import tensor_only

INPUTS = ("thickness", "vp", "vs", "rho")
AGREEMENT = 1e-5
"""Largest relative difference between the exported graph (single precision) and the surrogate (double)."""


class ExportError(SurfgradError):
    """The exported graph does not say what the surrogate says."""


def export_onnx(surrogate: Surrogate, out: str | Path, periods: Any = None) -> dict[str, Any]:
    """Write the surrogate as one ONNX file, in single precision; returns what its metadata `surfgrad` says.

    Inputs thickness, vp, vs, rho: (model, layer), km, km/s, km/s, g/cm3, any number of models; output velocity: (model,
    W, T), km/s, at `periods` (T,), s, which are a part of the graph (default: those of the training set). Scales are
    inside. The file is run in ONNX Runtime and compared with the surrogate before it gets its name: ExportError where
    they differ by more than 1e-5. Raises UsageError for periods that the surrogate does not have.
    """
    import onnx

    card = surrogate.card
    times = check_periods(sorted(card.domain.periods) if periods is None else periods)
    probes = probe_models(card)
    expected = surrogate.predict(probes, times)
    model = _graph(surrogate.network, card, times, probes)
    told = _describe(model, card, times)
    with replacing(out) as path:
        onnx.checker.check_model(model, full_check=True)
        path.write_bytes(model.SerializeToString())
        told["largest_difference"] = _check(path, probes, expected)
    return told


def _graph(network: nn.Module, card: Card, periods: np.ndarray, probes: tuple[np.ndarray, ...]) -> Any:
    """The network as an onnx.ModelProto, without the traces that the exporter leaves in it."""
    import onnxscript  # noqa: F401 - what torch exports with; asked for here, so that who lacks it is told which extra

    module = tensor_only(deepcopy(network).float(), periods).eval()
    dims: dict[int, Any] = {0: torch.export.Dim("model", min=1)}
    if not architecture(card.architecture).fixed_grid:
        dims[1] = torch.export.Dim("layer", min=4)
    examples: tuple[Tensor, ...] = tuple(torch.as_tensor(values, dtype=torch.float32) for values in probes)
    with _quiet():
        program = torch.onnx.export(
            module,
            examples,
            dynamo=True,
            dynamic_shapes=tuple(dims for _ in INPUTS),
            input_names=list(INPUTS),
            output_names=["velocity"],
            external_data=False,
            verbose=False,
        )
    assert program is not None
    model = program.model_proto
    _forget_where(model.graph)
    return model


@contextmanager
def _quiet() -> Iterator[None]:
    """The exporter warns of its own use of torch, and logs which packages it could have exported too."""
    logger = logging.getLogger("torch.onnx")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)


def _forget_where(graph: Any) -> None:
    """Stack traces of the exporting machine, in every node: nobody's business, and half of the file."""
    for node in graph.node:
        del node.metadata_props[:]
        node.doc_string = ""
        for attribute in node.attribute:
            if attribute.HasField("g"):
                _forget_where(attribute.g)


def _describe(model: Any, card: Card, periods: np.ndarray) -> dict[str, Any]:
    """Write units beside every input and output, and the rest as JSON under the key `surfgrad`."""
    words = {"thickness": "km; the last layer is the half-space, its thickness is not used"}
    words |= {
        "vp": "km/s",
        "vs": "km/s",
        "rho": "g/cm3",
        "velocity": f"{card.kind} velocity, km/s: model, wave, period",
    }
    for value in (*model.graph.input, *model.graph.output):
        value.doc_string = words[value.name]
    told: dict[str, Any] = {
        "architecture": card.architecture,
        "waves": list(card.waves),
        "kind": card.kind,
        "periods_s": periods.tolist(),
        "units": UNITS,
        "prior": (card.prior or {}).get("name"),
        "weights_sha256": card.weights_sha256,
        "surfgrad": card.versions.get("surfgrad"),
    }
    del model.metadata_props[:]
    entry = model.metadata_props.add()
    entry.key, entry.value = "surfgrad", json.dumps(told)
    return told


def _check(path: Path, probes: tuple[np.ndarray, ...], expected: np.ndarray) -> float:
    """Largest relative difference of what ONNX Runtime says; ExportError where it is too large, or NaN elsewhere."""
    found = run_onnx(path, probes)
    largest = float(np.nanmax(np.abs(found / expected - 1), initial=0.0))
    if found.shape != expected.shape or (np.isnan(found) != np.isnan(expected)).any() or largest > AGREEMENT:
        raise ExportError(f"the exported graph differs from the surrogate by {largest:.1e} (or where no value is)")
    return largest


def run_onnx(path: str | Path, models: tuple[np.ndarray, ...]) -> np.ndarray:
    """Velocities (N, W, T), km/s, of models (four arrays (N, L)) by an exported file, on one thread of ONNX Runtime."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    feed = {name: values.astype(np.float32) for name, values in zip(INPUTS, models, strict=True)}
    return np.asarray(session.run(["velocity"], feed)[0])
