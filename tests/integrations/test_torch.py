"""torch: types, shapes, transforms, missing values, refusals."""

import json
import multiprocessing
import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.integrations.differentiable import BAND, PERIODS, SHALLOW, Leaky, Recording, random_models

import surfgrad as sg
from surfgrad.errors import ModelError, UsageError
from surfgrad.integrations.quantity import Quantity

torch = pytest.importorskip("torch", reason='needs torch: pip install "surfgrad[torch]"')
exact = pytest.importorskip("surfgrad.integrations.torch")
grad, jacfwd, jacrev, jvp, vmap = (getattr(torch.func, name) for name in ("grad", "jacfwd", "jacrev", "jvp", "vmap"))

# torch's own forward mode calls what torch has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:`torch.jit.script` is deprecated:DeprecationWarning")

CRUST = tuple(column[0] for column in random_models(seed=1))
THICKNESS, VP, VS, RHO = CRUST


def curve(vs: Any, periods: Any = PERIODS, **options: Any) -> Any:
    return exact.phase_velocity(THICKNESS, VP, vs, RHO, periods, **options)


@pytest.mark.parametrize("kind", ["phase_velocity", "group_velocity", "ellipticity"])
def test_values_are_the_engines(kind: str) -> None:
    found = getattr(exact, kind)(*CRUST, PERIODS, mode=1, earth="spherical")
    assert found.dtype == torch.float64
    np.testing.assert_array_equal(found.numpy(), getattr(sg, kind)(*CRUST, PERIODS, mode=1, earth="spherical"))


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32, torch.float16, torch.bfloat16])
def test_the_type_of_the_model_comes_back(dtype: Any) -> None:
    vs = torch.tensor(VS, dtype=dtype, requires_grad=True)
    c = curve(vs)
    c.sum().backward()
    assert c.dtype == vs.grad.dtype == dtype
    exactly = sg.phase_kernels(THICKNESS, VP, vs.detach().double().numpy(), RHO, PERIODS)
    # In float64 in between: each number is rounded once.
    np.testing.assert_array_equal(c.detach().double(), torch.tensor(exactly.velocity).to(dtype).double())
    np.testing.assert_array_equal(vs.grad.double(), torch.tensor(exactly.vs.sum(axis=0)).to(dtype).double())


def test_types_are_promoted_and_whole_numbers_are_numbers() -> None:
    assert curve(torch.tensor(VS, dtype=torch.float32)).dtype == torch.float32
    both = exact.phase_velocity(THICKNESS, torch.tensor(VP), torch.tensor(VS, dtype=torch.float32), RHO, PERIODS)
    assert both.dtype == torch.float64
    whole = exact.phase_velocity(torch.tensor([5, 1]), [5, 8], torch.tensor([3, 4]), [2, 3], 10)
    np.testing.assert_array_equal(whole, sg.phase_velocity([5, 1], [5, 8], [3, 4], [2, 3], [10.0]))


def test_gradients_of_what_is_broadcast_are_summed() -> None:
    batch = torch.tensor(np.stack([VS, 0.98 * VS]), requires_grad=True)
    shared = torch.tensor(RHO, requires_grad=True)
    exact.phase_velocity(THICKNESS, VP, batch, shared, PERIODS).sum().backward()
    kernels = sg.phase_kernels(THICKNESS, VP, batch.detach().numpy(), RHO, PERIODS)
    np.testing.assert_allclose(batch.grad, kernels.vs.sum(axis=1), rtol=1e-13)
    np.testing.assert_allclose(shared.grad, kernels.rho.sum(axis=(0, 1)), rtol=1e-13)


def test_only_what_is_needed_is_asked_for_and_kept() -> None:
    vs, record = torch.tensor(VS, requires_grad=True), Recording("phase")
    solve = lambda v, t=PERIODS: exact._solve(record, THICKNESS, VP, v, RHO, t)  # noqa: E731
    c = solve(vs)
    assert len(c.grad_fn.saved_tensors) == 7  # five arguments, what is missing, one kernel
    c.sum().backward()
    assert record.calls == [("vs",)]
    with torch.no_grad():
        solve(vs)
    solve(vs.detach())
    solve(vs, torch.tensor(PERIODS, requires_grad=True))
    assert record.calls[1:] == [None, None, ("vs", "periods")]
    jvp(solve, (vs.detach(),), (vs.detach(),))
    grad(lambda rows: vmap(solve)(rows).sum())(vs.detach()[None])  # the batch hides that a gradient will be asked for
    assert record.calls[4:] == [("vs",), None, ("vs",)]


def losses() -> dict[str, Callable[[Any], Any]]:
    """What users write over curves with gaps; every one passes NaN back to the entries that are missing."""
    return {
        "nansum": lambda c: torch.nansum((c - 3.0) ** 2),
        "where": lambda c: torch.where(torch.isfinite(c), (c - 3.0) ** 2, 0.0).sum(),
        "index": lambda c: ((c - 3.0)[torch.isfinite(c)] ** 2).sum(),
        "nan_to_num": lambda c: torch.nan_to_num((c - 3.0) ** 2).sum(),
        "in place": lambda c: ((c.masked_fill_(torch.isnan(c), 3.0) - 3.0) ** 2).sum(),
        "NaN itself": lambda c: ((c - 3.0) ** 2).sum(),
    }


def gap_gradient(quantity: Quantity, loss: Callable[[Any], Any]) -> Any:
    vs = torch.tensor(SHALLOW[2], requires_grad=True)
    c = exact._solve(quantity, SHALLOW[0], SHALLOW[1], vs, SHALLOW[3], BAND)
    assert torch.isnan(c).tolist() == [False, True]
    loss(c).backward()
    return vs.grad.numpy()


@pytest.mark.parametrize("kind", ["phase", "group", "ellipticity"])
@pytest.mark.parametrize("name", losses())
def test_missing_values_let_nothing_through(name: str, kind: str) -> None:
    quantity = Quantity(kind, mode=1)
    alone = torch.tensor(SHALLOW[2], requires_grad=True)
    ((exact._solve(quantity, SHALLOW[0], SHALLOW[1], alone, SHALLOW[3], BAND[:1]) - 3.0) ** 2).sum().backward()
    np.testing.assert_allclose(gap_gradient(quantity, losses()[name]), alone.grad, rtol=1e-12)


def gaps_of_a_batch(quantity: Quantity) -> tuple[Any, Any]:
    """Gradients of a sum over two models, of which the first lacks a value; and each model's own."""
    rows = np.stack([SHALLOW[2], [0.3, 4.5]])
    batch, *alone = (torch.tensor(each, requires_grad=True) for each in (rows, *rows))
    for vs in (batch, *alone):
        c = exact._solve(quantity, SHALLOW[0], SHALLOW[1], vs, SHALLOW[3], [2.0, 9.0])
        ((c - 3.0) ** 2).sum().backward()
    assert torch.isnan(c).tolist() == [False, False]
    return batch.grad, torch.stack([vs.grad for vs in alone])


@pytest.mark.parametrize("kind", ["phase", "group", "ellipticity"])
def test_gaps_of_one_model_leave_the_rest_of_a_batch_alone(kind: str) -> None:
    together, alone = gaps_of_a_batch(Quantity(kind, mode=1))
    np.testing.assert_array_equal(together, alone)
    assert torch.isfinite(together).all()
    assert (together != 0).all()
    leak, _ = gaps_of_a_batch(Leaky(kind, mode=1))
    assert torch.isnan(leak).all(dim=1).tolist() == [True, False]


def test_a_leak_of_nan_would_be_seen() -> None:
    assert np.isnan(gap_gradient(Leaky("phase", mode=1), losses()["nansum"])).all()


def test_a_missing_value_has_no_tangent() -> None:
    model = [torch.tensor(column) for column in SHALLOW]
    solve = lambda vs: exact.phase_velocity(model[0], model[1], vs, model[3], BAND, mode=1)  # noqa: E731
    assert torch.isnan(jvp(solve, (model[2],), (model[2],))[1]).tolist() == [False, True]
    assert torch.isnan(jacfwd(solve)(model[2])).all(dim=1).tolist() == [False, True]
    masked = lambda vs: torch.nansum(solve(vs) ** 2)  # noqa: E731
    np.testing.assert_allclose(jacfwd(masked)(model[2]), grad(masked)(model[2]), rtol=1e-12)


def test_where_kernels_are_refused_the_value_is_missing_too() -> None:
    # Within rounding of its cut-off the overtone has a group velocity, but no certain derivative.
    model, period = ([5.0, 0.0], [6.0, 8.0], [3.0, 4.5], [2.5, 3.3]), [2.0 * 5.0 * (1 / 9 - 1 / 20.25) ** 0.5 - 2e-8]
    refused = np.isnan(sg.group_kernels(*model, period, wave="love", mode=1).velocity)
    assert refused.all()
    assert np.isfinite(sg.group_velocity(*model, period, wave="love", mode=1)).all()
    vs = torch.tensor(model[2], requires_grad=True, dtype=torch.float64)
    with_gradient = exact.group_velocity(model[0], model[1], vs, model[3], period, wave="love", mode=1)
    assert torch.isnan(with_gradient).all()
    assert torch.isfinite(exact.group_velocity(*model, period, wave="love", mode=1)).all()

    def hidden(rows: Any) -> Any:  # here it is known too late: the value is out, so the gradient is NaN, not 0
        solve = lambda v: exact.group_velocity(model[0], model[1], v, model[3], period, wave="love", mode=1)  # noqa: E731
        found = vmap(solve)(rows)
        return found.sum(), found

    gradient, value = grad(hidden, has_aux=True)(vs.detach()[None])
    assert torch.isfinite(value).all()
    assert torch.isnan(gradient).all()


def test_transforms_agree() -> None:
    vs = torch.tensor(VS)
    batch = torch.stack([vs, 0.98 * vs])
    by_rows = torch.stack([jacrev(curve)(row) for row in batch])
    np.testing.assert_array_equal(vmap(jacrev(curve))(batch), by_rows)
    np.testing.assert_allclose(vmap(jacfwd(curve))(batch), by_rows, rtol=1e-12)
    through = grad(lambda rows: vmap(curve)(rows).sum())(batch)
    np.testing.assert_allclose(through, by_rows.sum(dim=1), rtol=1e-12)


@pytest.mark.parametrize("chunk", [None, 1])
def test_every_axis_can_be_mapped(chunk: int | None) -> None:
    vs = torch.tensor(np.stack([VS, 0.98 * VS, 1.01 * VS]))
    vp = torch.tensor(np.stack([VP, 1.02 * VP]))
    periods = torch.tensor(np.stack([PERIODS, 1.1 * PERIODS, 0.9 * PERIODS]))

    def one(p: Any, s: Any, t: Any) -> Any:
        return exact.phase_velocity(THICKNESS, p, s, RHO, t)

    over_vs = vmap(one, (None, 0, 0), chunk_size=chunk)
    both = vmap(over_vs, (0, None, None), chunk_size=chunk)(vp, vs, periods)
    other = vmap(vmap(one, (0, None, None)), (None, 0, 0), out_dims=1)(vp, vs, periods)
    expected = torch.stack([torch.stack([one(p, s, t) for s, t in zip(vs, periods, strict=True)]) for p in vp])
    np.testing.assert_array_equal(both, expected)
    np.testing.assert_array_equal(other, expected)
    last = vmap(one, (None, 1, None))(vp[0], vs.T, periods[0])
    np.testing.assert_array_equal(last, torch.stack([one(vp[0], s, periods[0]) for s in vs]))


def test_gradients_by_periods_that_are_mapped() -> None:
    vs, periods = torch.tensor(np.stack([VS, 0.98 * VS])), torch.tensor(np.stack([PERIODS, 1.1 * PERIODS]))
    group = vmap(grad(lambda v, t: curve(v, t).sum(), 1))(vs, periods)
    whole = vmap(grad(lambda t: curve(vs, t).sum()))(periods)  # two models at each of two sets
    for i, t in enumerate(periods):
        slopes = torch.stack([grad(lambda t, v=v: curve(v, t).sum())(t) for v in vs])
        np.testing.assert_allclose(group[i], slopes[i], rtol=1e-12)
        np.testing.assert_allclose(whole[i], slopes.sum(dim=0), rtol=1e-12)


def test_the_derivative_by_period_is_group_velocitys() -> None:
    periods = torch.tensor(PERIODS, requires_grad=True)
    c = curve(VS, periods)
    c.sum().backward()
    group = c.detach() ** 2 / (c.detach() + periods.detach() * periods.grad)
    np.testing.assert_allclose(group, sg.group_velocity(*CRUST, PERIODS), rtol=1e-12)


def test_second_derivatives_are_refused() -> None:
    vs = torch.tensor(VS, requires_grad=True)
    (first,) = torch.autograd.grad(curve(vs).sum(), vs, create_graph=True)
    with pytest.raises(UsageError, match=r"^second derivatives: .* first derivatives are allowed$"):
        (first**2).sum().backward()
    for twice in (torch.func.hessian(curve), jacrev(jacrev(curve)), jacfwd(jacfwd(curve)), jacrev(jacfwd(curve))):
        with pytest.raises(UsageError, match=r"^second derivatives"):
            twice(vs.detach())


def test_a_derivative_by_the_gradient_itself_is_no_second_one() -> None:
    # J v by two passes backwards, as torch.autograd.functional does it.
    vs = torch.tensor(VS)
    twice = torch.autograd.functional.jvp(curve, (vs,), (vs,))[1]
    np.testing.assert_allclose(twice, jvp(curve, (vs,), (vs,))[1], rtol=1e-12)


def test_a_model_that_is_none_is_named() -> None:
    with pytest.raises(ModelError, match=r"^vs\[1, 2\]: -1 km/s given"):
        curve(torch.tensor(np.stack([VS, [*VS[:2], -1.0, VS[3]]])))
    with pytest.raises(ModelError, match=r"^model: shapes thickness \(4,\), vp \(4,\), vs \(3,\)"):
        curve(torch.tensor(VS[:3], requires_grad=True))
    for given in (torch.tensor(VS) * 1j, torch.tensor([True] * 4), ["a"] * 4):
        with pytest.raises(ModelError, match=r"^vs: .* given; real numbers.* allowed$"):
            curve(given)
    with pytest.raises(ModelError, match=r"^periods: shape \(2, 3\) given"):
        curve(torch.tensor(VS), torch.ones(2, 3))
    with pytest.raises(ModelError, match=r"^periods\[0\]: 0 s given"):
        curve(torch.tensor(VS), torch.zeros(2))


def test_an_invalid_model_may_be_a_missing_value() -> None:
    batch = torch.tensor(np.stack([VS, -VS]), requires_grad=True)
    c = curve(batch, invalid="nan")
    assert torch.isnan(c).all(dim=-1).tolist() == [False, True]
    torch.nansum(c).backward()
    np.testing.assert_array_equal(batch.grad[0], grad(lambda v: curve(v).sum())(torch.tensor(VS)))
    np.testing.assert_array_equal(batch.grad[1], 0.0)
    deep = exact.phase_velocity(1000 * THICKNESS, VP, batch, RHO, PERIODS, earth="spherical", invalid="nan")
    assert torch.isnan(deep).all()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"wave": "stoneley"}, "^wave: 'stoneley' given"),
        ({"mode": -1}, "^mode: -1 given"),
        ({"earth": "hollow"}, "^earth: 'hollow' given"),
        ({"invalid": "zero"}, "^invalid: 'zero' given; allowed are raise, nan$"),
    ],
)
def test_bad_options_are_named(options: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        curve(torch.tensor(VS), **options)


def test_what_has_no_derivative_by_period_says_so() -> None:
    with pytest.raises(UsageError, match=r'^periods: their derivative with earth="spherical" asked for; "flat" is'):
        curve(VS, torch.tensor(PERIODS, requires_grad=True), earth="spherical")


def test_tensors_on_two_devices_are_refused() -> None:
    with pytest.raises(UsageError, match=r"^model: tensors on cpu, meta given; one device is allowed$"):
        exact.phase_velocity(THICKNESS, torch.tensor(VP), torch.tensor(VS, device="meta"), RHO, PERIODS)


def test_tensors_without_plain_numbers_are_refused() -> None:
    for given, words in (
        (torch.tensor(VS).to_sparse(), "^vs: a tensor of layout torch.sparse_coo given; a dense one that holds its"),
        (torch.tensor(VS, device="meta"), "^vs: a tensor on device meta, without numbers, given; a dense one"),
        (torch.tensor(VS).to(torch.complex64), "^vs: a tensor of torch.complex64 given; real numbers are allowed$"),
    ):
        with pytest.raises(ModelError, match=words):
            curve(given)


@pytest.mark.slow
@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_workers_of_a_data_loader_ask_the_engine_too(tmp_path: Path, start: str) -> None:
    if start not in multiprocessing.get_all_start_methods():
        pytest.skip(f"no {start} on this system")
    script = tmp_path / "loader.py"
    script.write_text(LOADER, encoding="utf-8")
    run = subprocess.run([sys.executable, script, start], capture_output=True, text=True, timeout=300, check=False)
    assert run.returncode == 0, run.stderr
    kernels = sg.phase_kernels([5, 25, 0], [5, 6.3, 8], [2.8, 3.6, 4.5], [2.5, 2.8, 3.3], [5.0, 10.0])
    found = np.array(json.loads(run.stdout))
    np.testing.assert_array_equal(found, np.tile(kernels.vs.sum(axis=0), (4, 1)))


LOADER = """
import json, sys
import torch
from surfgrad.integrations.torch import phase_velocity

class Curves(torch.utils.data.Dataset):
    def __len__(self):
        return 4

    def __getitem__(self, index):
        vs = torch.tensor([2.8, 3.6, 4.5], dtype=torch.float64, requires_grad=True)
        phase_velocity([5, 25, 0], [5, 6.3, 8], vs, [2.5, 2.8, 3.3], [5.0, 10.0]).sum().backward()
        return vs.grad

if __name__ == "__main__":
    Curves()[0]  # the engine has run here before
    loader = torch.utils.data.DataLoader(Curves(), num_workers=2, multiprocessing_context=sys.argv[1])
    print(json.dumps([row.squeeze(0).tolist() for row in loader]))
"""


def test_the_example_finds_the_truth(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = Path(__file__).resolve().parents[2] / "examples" / "invert_with_torch.py"
    monkeypatch.setattr(sys, "argv", [str(script), str(tmp_path / "found.csv")])
    names = runpy.run_path(str(script))
    found = sg.EarthModel.from_file(tmp_path / "found.csv")
    # Noise of 0.2 % in some hundred values.
    np.testing.assert_allclose(found.vs, names["TRUTH"], rtol=5e-3)


def test_without_torch_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    monkeypatch.delitem(sys.modules, "surfgrad.integrations.torch")
    with pytest.raises(ImportError, match=r'^torch is not installed: pip install "surfgrad\[torch\]"$'):
        __import__("surfgrad.integrations.torch")
