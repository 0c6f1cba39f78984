"""A torch module as a Forward: its kernels by two other routes, its layouts, and what it must refuse."""

import numpy as np
import pytest
from tests.audit.small_prior import GRID, SmallPrior

from surfgrad.audit.as_forward import as_forward
from surfgrad.earth.priors.base import draw_many
from surfgrad.errors import UsageError
from surfgrad.testing.check_forward import check_forward
from surfgrad.testing.check_kernel import check_kernel

torch = pytest.importorskip("torch", reason="the torch extra is not installed")

from surfgrad.integrations.torch_module import torch_network  # noqa: E402

DEPTH = np.append(0.0, np.cumsum(GRID[:-1]))
PERIODS = np.array([3.0, 8.0, 20.0, 45.0])
MODELS = draw_many(SmallPrior(), 3, 4)
COUNT = 2 * PERIODS.size


class Plain(torch.nn.Module):
    """depth, vp, vs, rho (N, 4, D) -> (N, 2 K); dropout and batch statistics are there to be switched off."""

    def __init__(self, seed=0):
        super().__init__()
        torch.manual_seed(seed)
        self.layers = torch.nn.Sequential(
            torch.nn.Flatten(), torch.nn.Linear(4 * DEPTH.size, 16), torch.nn.BatchNorm1d(16), torch.nn.Tanh(),
            torch.nn.Dropout(0.5), torch.nn.Linear(16, COUNT),
        )  # fmt: skip

    def forward(self, profile):
        return 3.5 + self.layers(profile / 10.0)


def adapted(module=None, **options):
    return torch_network(module or Plain(), depth=DEPTH, periods=PERIODS, **options)


def other_layers():
    rng = np.random.default_rng(1)
    thickness = np.append(rng.uniform(1.0, 30.0, (2, 5)), np.zeros((2, 1)), axis=1)
    vs = rng.uniform(2.5, 4.5, (2, 6))
    return thickness, 1.8 * vs, vs, 0.7 * vs


def test_on_its_own_grid_the_kernels_are_those_of_torch_func():
    module = Plain().double().eval()
    depth, *values = (torch.as_tensor(np.broadcast_to(each, MODELS[2].shape).copy()) for each in (DEPTH, *MODELS[1:]))
    kernels = adapted().jacobian(MODELS, PERIODS)
    for number in range(len(depth)):

        def one(vp, vs, rho, z=depth[number]):
            return module(torch.stack([z, vp, vs, rho])[None])[0]

        rows = torch.func.jacrev(one, argnums=(0, 1, 2))(*(each[number] for each in values))
        for name, row in zip(("vp", "vs", "rho"), rows, strict=True):
            np.testing.assert_allclose(kernels[name][number].reshape(COUNT, -1), row.detach().numpy(), atol=1e-15)


def test_on_other_layers_and_periods_the_kernels_are_differences_of_the_values():
    times = np.array([44.0, 3.0, 10.0])
    assert check_kernel(adapted(), other_layers(), times, tolerance=1e-6) == []
    assert check_forward(adapted(), other_layers(), times, tolerance=1e-11) == []


def test_a_cut_gradient_is_seen_by_differences():
    class Cut(Plain):
        def forward(self, profile):
            return 3.5 + self.layers(profile / 10.0) + 0.1 * profile[:, 2].detach().mean(dim=1, keepdim=True)

    assert check_kernel(adapted(Cut()), other_layers(), PERIODS) != []


def test_the_callers_module_is_left_alone():
    module = Plain()
    adapted(module).jacobian(MODELS, PERIODS)
    assert module.training
    assert {each.dtype for each in module.parameters()} == {torch.float32}
    assert all(each.requires_grad and each.grad is None for each in module.parameters())


@pytest.mark.parametrize("layout", ["nodes", "arguments", "function"])
def test_every_layout_says_the_same(layout):
    inner = Plain()

    class Other(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.inner = inner

        def forward(self, *given):
            profile = torch.stack(given, dim=1) if layout == "arguments" else given[0]
            return self.inner(profile.mT if layout == "nodes" else profile)

    def arrange(depth, vp, vs, rho):
        return torch.stack([depth, vp, vs, rho], dim=1)

    found = adapted(Other(), layout=arrange if layout == "function" else layout).jacobian(MODELS, PERIODS)
    wanted = adapted(inner).jacobian(MODELS, PERIODS)
    np.testing.assert_allclose(found.velocity, wanted.velocity, rtol=1e-14)
    np.testing.assert_allclose(found.vs, wanted.vs, atol=1e-15)


def test_single_precision_is_close_and_said():
    single, double = adapted(dtype=torch.float32), adapted()
    found, wanted = single.jacobian(MODELS, PERIODS), double.jacobian(MODELS, PERIODS)
    assert 0 < np.abs(found.vs - wanted.vs).max() < 1e-6
    assert found.velocity.dtype == found.vs.dtype == np.float64
    assert "torch Plain, float32" in single.domain.note


def test_a_function_of_tensors_that_does_not_see_density_has_a_zero_kernel_for_it():
    def mean(profile):
        return profile[:, 2].mean(dim=1, keepdim=True).expand(-1, COUNT) + 0.1 * profile[:, 1, :1]

    kernels = adapted(mean).jacobian(MODELS, PERIODS)
    np.testing.assert_allclose(kernels.vs, 1 / DEPTH.size)
    assert not kernels.rho.any()


def test_a_module_that_states_its_layout_needs_no_adaptor():
    module = Plain()
    module.depth_km, module.periods_s = DEPTH, PERIODS
    np.testing.assert_array_equal(as_forward(module).predict(MODELS, PERIODS), adapted(module).predict(MODELS, PERIODS))
    with pytest.raises(UsageError, match="Plain is no Forward; a network is allowed that has attributes depth_km"):
        as_forward(Plain())


@pytest.mark.parametrize(
    ("module", "words"),
    [
        (lambda profile: profile.detach()[:, 2, :COUNT], "carries no gradient"),
        (lambda profile: profile[:, 2].tolist(), "the module gives list; a tensor"),
        (lambda profile: profile[:, 2, :5], r"has shape \(4, 5\); expected is \(4, 2, 4\) or \(4, 8\)"),
        (torch.nn.Linear(7, 8), "velocity failed for 4 models of 24 nodes: RuntimeError: mat1"),
    ],
)
def test_a_module_that_cannot_be_used_is_one_line(module, words):
    with pytest.raises(UsageError, match=words):
        adapted(module).jacobian(MODELS, PERIODS)


def test_an_unknown_layout_is_named():
    with pytest.raises(UsageError, match="layout: 'rows' given; allowed are channels, nodes, arguments"):
        adapted(layout="rows")
