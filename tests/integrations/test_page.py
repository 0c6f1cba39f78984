"""docs/differentiable.md: its examples run, and what it says about gaps in the data is so."""

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from tests.integrations.differentiable import PERIODS, random_models

import surfgrad as sg

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "differentiable.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
CRUST = [column[0] for column in random_models(seed=1)]


def test_the_torch_example_runs() -> None:
    pytest.importorskip("torch", reason='needs torch: pip install "surfgrad[torch]"')
    names: dict = {}
    exec(BLOCKS[0], names)
    assert names["c"].shape == (2, 3)
    assert np.isfinite(names["vs"].grad.numpy()).all()


@pytest.mark.usefixtures("double")
def test_the_jax_example_runs(capsys: pytest.CaptureFixture) -> None:

    exec(BLOCKS[1], {})
    assert "nan" not in capsys.readouterr().out


def test_gaps_in_the_data_are_masked_before_the_square_or_poison_the_gradient() -> None:
    torch = pytest.importorskip("torch", reason='needs torch: pip install "surfgrad[torch]"')
    exact = pytest.importorskip("surfgrad.integrations.torch")
    data = torch.tensor(1.01 * sg.phase_velocity(*CRUST, PERIODS))
    data[1] = torch.nan
    there = torch.isfinite(data)

    def gradient(reduce: Callable) -> np.ndarray:
        vs = torch.tensor(CRUST[2], requires_grad=True)
        reduce(exact.phase_velocity(*CRUST[:2], vs, CRUST[3], PERIODS) - data).backward()
        return vs.grad.numpy()

    masked = gradient(lambda residual: (residual[there] ** 2).sum())
    assert np.isfinite(masked).all()
    np.testing.assert_allclose(gradient(lambda residual: (torch.where(there, residual, 0.0) ** 2).sum()), masked)
    assert np.isnan(gradient(lambda residual: torch.nansum(residual**2))).all()
