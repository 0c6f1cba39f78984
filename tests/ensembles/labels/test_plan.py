"""The flag, read and refused."""

import pytest

from surfgrad.ensembles.labels import Plan, parse_plan
from surfgrad.errors import UsageError


def test_a_plan_is_read_as_it_is_written():
    plan = parse_plan("directional:6, periods:2,kernels:1")
    assert plan == Plan(6, 2, 1)
    assert parse_plan(str(plan)) == plan
    assert parse_plan("kernels:2") == Plan(kernels=2)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "directional",
        "directional:",
        "directional:-1",
        "directional:1.5",
        "directional:²",
        "directions:3",
        "periods:2,periods:3",
        "directional:8;periods:2",
    ],
)
def test_what_is_no_plan_is_named(text: str):
    with pytest.raises(UsageError, match="--derivatives: ") as error:
        parse_plan(text)
    assert "allowed" in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("counts", [(0, 2, 0), (8, 0, 1), (10**6, 1, 0), (-1, 1, 1)])
def test_counts_that_cannot_be(counts: tuple[int, int, int]):
    with pytest.raises(UsageError, match=r"derivatives: .* allowed"):
        Plan(*counts)


@pytest.mark.parametrize("plan", [Plan(8, 6, 0), Plan(8, 2, 5)])
def test_more_than_the_set_has(plan: Plan):
    Plan(8, 5, 10).check(waves=2, periods=5, layers=256)
    with pytest.raises(UsageError, match=r"derivatives: .* given"):
        plan.check(waves=2, periods=5, layers=256)


def test_more_layers_than_a_code_can_name():
    with pytest.raises(UsageError, match="derivatives: models of 20000 layers given"):
        Plan().check(waves=2, periods=59, layers=20000)
