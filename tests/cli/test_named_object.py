"""`surfgrad audit my_module:network`: user code by name, and every way in which it can go wrong in one line."""

import sys

import numpy as np
import pytest
from tests.audit.small_prior import SmallPrior

from surfgrad.audit.store import read_audit
from surfgrad.cli.app import main
from surfgrad.cli.named_object import import_object, names_object
from surfgrad.earth.priors.base import draw_many
from surfgrad.ensembles import from_models
from surfgrad.errors import UsageError

MODULE = """
import numpy as np
from surfgrad.testing.liars import scaled_kernel
from surfgrad.waves.forward import ExactForward

exact = ExactForward()

class Tools:
    liar = scaled_kernel(exact)

class Network:
    depth_km, periods_s = np.arange(0.0, 60.0, 5.0), np.arange(2.0, 61.0, 2.0)
    def __call__(self, depth, vp, vs, rho):
        return np.repeat(0.9 * vs.mean(axis=1)[:, None], 60, axis=1)
    def slopes(self, depth, vp, vs, rho):
        flat = np.full((len(vs), 60, depth.size), 0.9 / depth.size)
        return 0.0 * flat, flat, 0.0 * flat

network = Network()
number = 7
def bare(depth, vp, vs, rho):
    return vs
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A working folder with a module of its own, and nothing of it left in the interpreter afterwards."""
    (tmp_path / "my_networks.py").write_text(MODULE)
    (tmp_path / "broken_module.py").write_text("raise RuntimeError('no weights\\nhere')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    yield tmp_path
    for name in ("my_networks", "broken_module"):
        sys.modules.pop(name, None)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = tmp_path_factory.mktemp("named") / "test.zarr"
    models = draw_many(SmallPrior(), 7, 20)
    from_models(models, path, source="small", periods=np.arange(2.0, 61.0, 2.0), workers=1)
    return path


def audited(name, store, folder):
    code = main(["audit", name, "--data", str(store), "--out", str(folder / "audit")])
    return code, read_audit(folder / "audit") if code == 0 else None


def test_a_forward_by_name_is_judged(folder, store):
    code, record = audited("my_networks:Tools.liar", store, folder)
    assert code == 0
    assert "amplitude_ratio" in record.failed()
    assert record.summary["surrogate_card"]["object"] == "my_networks:Tools.liar"


def test_a_network_by_name_is_judged(folder, store):
    code, record = audited("my_networks:network", store, folder)
    assert code == 0
    assert {"value_mae", "cosine"} <= set(record.failed())
    assert "12 nodes to 55 km" in record.summary["domain"]["note"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (
            "nowhere:network",
            "nowhere:network: importing nowhere failed: ModuleNotFoundError: No module named 'nowhere'",
        ),
        ("broken_module:network", "importing broken_module failed: RuntimeError: no weights"),
        ("my_networks:missing", "my_networks:missing: the module my_networks has no missing"),
        ("my_networks:number", "forward: int given"),
        ("my_networks:Network", "forward: the class Network given"),
        ("my_networks:bare", "forward: bare is no Forward; a network is allowed that has attributes depth_km"),
    ],
)
def test_what_cannot_be_judged_is_one_line_and_two(folder, store, capsys, name, words):
    assert audited(name, store, folder)[0] == 2
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1
    assert words in lines[0]
    assert not (folder / "audit").exists()


def test_what_has_the_form_of_a_name(folder):
    assert names_object("my_package.my_module:network")
    assert not any(
        names_object(text) for text in ("ckpt", "ckpt/", "exact", "C:\\ckpt", "a:b:c", "1a:b", ":b", "a:", "a b:c")
    )
    (folder / "odd:name").mkdir()
    assert not names_object("odd:name")


def test_the_help_says_that_the_module_is_run(capsys):
    assert main(["audit", "--help"]) == 0
    assert "runs" in capsys.readouterr().out


def test_importing_twice_gives_the_same_object(folder):
    assert import_object("my_networks:network") is import_object("my_networks:network")
    with pytest.raises(UsageError, match="has no Tools"):
        import_object("my_networks:Tools.none")
