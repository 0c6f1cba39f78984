"""Labels in a store: written through `generate`, read back without the engine, refused where they cannot be right."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import zarr
from tests.ensembles.labels.solved import weak_models

from surfgrad.cli.app import main
from surfgrad.earth.priors import get_prior
from surfgrad.ensembles import Ensemble, from_models, generate, open_ensemble
from surfgrad.ensembles.labels import Labels, label_block, models_labels, open_labels, prior_labels
from surfgrad.ensembles.labels.block import Context
from surfgrad.ensembles.labels.plan import Plan
from surfgrad.errors import FormatError, UsageError

PERIODS = np.array([4.0, 9.0, 20.0, 45.0])
PLAN = "directional:4,periods:2,kernels:1"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Ensemble:
    out = tmp_path_factory.mktemp("labels") / "weak.zarr"
    return generate("weak", 5, 3, out, periods=PERIODS, chunk=2, workers=1, further=labels())


def labels() -> Labels:
    return prior_labels(get_prior("weak"), 3, PLAN)


def kernels_of(store: Ensemble) -> np.ndarray:
    """(n, W, T, 3, L): all logarithmic kernels of a store's models, by the engine."""
    from surfgrad import ExactForward

    models = store.models()
    found = ExactForward().jacobian(models, store.periods)
    parts = [found[name] * values[:, None, None] for name, values in zip(("vp", "vs", "rho"), models[1:], strict=True)]
    return np.stack(parts, axis=3) / found.velocity[..., None, None]


def test_what_is_read_back_are_the_derivatives_of_the_stored_models(store: Ensemble):
    found, kernels = open_labels(store), kernels_of(store)
    v = found.directions(dtype=np.float64)
    chosen = found.read("label_period").astype(int)
    at = np.take_along_axis(kernels, chosen[:, None, :, None, None], axis=2)
    truth = np.einsum("nwtpl,ndpl->nwtd", at, v)
    np.testing.assert_allclose(found.read("dlnc"), truth, rtol=0, atol=1e-7)
    assert np.abs(truth).max() > 0.1
    whole = at.reshape(5, 4, 3, -1)[np.arange(5)[:, None], found.read("kernel_pick")]
    np.testing.assert_allclose(found.read("kernel"), whole, rtol=2.0**-13 * 1.001, atol=1e-30)
    np.testing.assert_array_equal(found.read("label_status"), np.zeros((5, 2, 2)))
    np.testing.assert_allclose(found.directions([1, 3]), v[[1, 3]], atol=1e-6)


def test_the_cut_into_blocks_does_not_show(store: Ensemble, tmp_path: Path):
    other = generate("weak", 5, 3, tmp_path / "o.zarr", periods=PERIODS, chunk=5, workers=1, further=labels())
    assert other.card == store.card
    other.verify()
    later = generate("weak", 2, 3, tmp_path / "l.zarr", periods=PERIODS, first=3, workers=1, further=labels())
    for name in store.further:
        np.testing.assert_array_equal(later.further[name][:], store.further[name][3:])
    np.testing.assert_array_equal(open_labels(later).directions(), open_labels(store).directions(slice(3, 5)))


def test_parts_of_a_block_are_the_block(monkeypatch: pytest.MonkeyPatch):
    from tests.ensembles.labels.solved import solve

    from surfgrad.ensembles.labels import further
    from surfgrad.ensembles.schema import Curves

    models = weak_models(5)
    velocity, status = solve(models, PERIODS)
    curves = Curves(tuple(PERIODS))
    mine = labels()
    whole = label_block(models, velocity, status, mine.plan, 3, 7, context=Context(curves.waves, PERIODS, mine.pool))
    monkeypatch.setattr(further, "_AT_ONCE", 2 * 2 * 2 * 3 * 256 * 8)  # two samples
    found = mine.compute(models, velocity, status, curves, 7)
    for name, values in whole.items():
        np.testing.assert_array_equal(found[name], values)


def test_given_models_have_labels_too(tmp_path: Path):
    models = weak_models(4)
    store = from_models(
        models, tmp_path / "g.zarr", source="four", periods=PERIODS, workers=1, further=models_labels(models, PLAN)
    )
    found = open_labels(store)
    assert found.plan == Plan(4, 2, 1)
    logs = np.log(np.stack(models[1:], axis=1))
    np.testing.assert_allclose(found.pool, logs, atol=1e-6)
    assert np.isfinite(found.directions()).all()


def copy(store: Ensemble, out: Path) -> Path:
    import shutil

    shutil.copytree(store.path, out)
    return out


def reopened(store: Ensemble, out: Path, change: Callable[[dict[str, Any]], Any]) -> Ensemble:
    """The store after somebody changed what its card says of labels."""
    group = zarr.open_group(copy(store, out), mode="r+")
    card = json.loads(json.dumps(group.attrs["card"]))
    change(card)
    group.attrs["card"] = card
    return open_ensemble(out)


CHANGES: dict[str, tuple[Callable[[dict[str, Any]], Any], str]] = {
    "version": (lambda card: card["further"].update(version=2), "version 2; this one reads 1"),
    "plan": (lambda card: card["further"].update(plan="everything"), "not a plan"),
    "other plan": (lambda card: card["further"].update(plan="directional:5,periods:2,kernels:1"), "direction_kind"),
    "pool": (lambda card: card["further"].update(pool=[1, 2]), "cannot be drawn again"),
    "sums": (lambda card: card["further"]["pool"].update(sums=["x", 0, 0]), "cannot be drawn again"),
    "seed": (lambda card: card["further"].update(seed=4), "cannot be drawn again"),
    "no seed": (lambda card: card["further"].update(seed=None), "cannot be drawn again"),
    "prior": (lambda card: card["prior"].update(name="tectonic"), "cannot be drawn again"),
    "unknown": (lambda card: card["prior"].update(name="mars"), "cannot be drawn again"),
}


@pytest.mark.parametrize(("change", "words"), CHANGES.values(), ids=CHANGES.keys())
def test_labels_that_cannot_be_right_are_refused(
    store: Ensemble, tmp_path: Path, change: Callable[[dict[str, Any]], Any], words: str
):
    with pytest.raises(FormatError, match=words) as error:
        open_labels(reopened(store, tmp_path / "changed.zarr", change))
    assert "\n" not in str(error.value)


def test_a_store_without_labels_is_named(tmp_path: Path):
    plain = generate("weak", 1, 3, tmp_path / "p.zarr", periods=PERIODS, workers=1)
    with pytest.raises(UsageError, match="--derivatives"):
        open_labels(plain)


def test_broken_codes_are_a_damaged_store(store: Ensemble, tmp_path: Path):
    path = copy(store, tmp_path / "broken.zarr")
    zarr.open_group(path, mode="r+")["direction_kind"][2, 1] = 9
    broken = open_labels(open_ensemble(path))
    assert np.isfinite(broken.directions([0])).all()
    with pytest.raises(FormatError, match="direction 1: kind 9"):
        broken.directions([2])


def test_the_command_writes_labels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, store: Ensemble):
    monkeypatch.chdir(tmp_path)
    words = f"generate --prior weak --count 5 --seed 3 --out c.zarr --derivatives {PLAN}"
    curves = "--periods 4,9,20,45 --workers 1 --chunk 2"
    assert main([*words.split(), *curves.split()]) == 0
    assert open_ensemble("c.zarr").card == store.card


@pytest.mark.parametrize(
    ("flag", "words"), [("directional:x", "--derivatives: 'directional:x'"), ("periods:5", "5 periods given")]
)
def test_the_command_refuses_what_is_no_plan(
    tmp_path: Path, capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch, flag: str, words: str
):
    monkeypatch.chdir(tmp_path)
    command = f"generate --prior weak --count 1 --out c.zarr --periods 4,9,20,45 --derivatives {flag}"
    assert main(command.split()) == 2
    error = capsys.readouterr().err.strip()
    assert words in error
    assert not list(tmp_path.iterdir())
