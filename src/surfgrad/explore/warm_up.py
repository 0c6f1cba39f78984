"""Loading, or the first time compiling, the engine while the browser is still opening the page."""

from surfgrad.contracts import PARAMETERS
from surfgrad.explore.messages import Branch, CurvesAsked, KernelAsked, Layers
from surfgrad.explore.starting_points import STARTING_POINTS


def warm_up() -> None:
    """Solve what a page asks first: curves and kernels of both waves."""
    from surfgrad.explore.solve import curves_answer

    model = STARTING_POINTS[0].model
    layers = Layers(**{field: getattr(model, field).tolist() for field in PARAMETERS})
    branches = [Branch(wave="rayleigh", mode=0), Branch(wave="love", mode=0)]
    kernel = KernelAsked(quantity="phase", parameter="vs", per="km", branches=branches)
    asked = CurvesAsked(ask="curves", id=0, model=layers, periods=[10.0, 30.0], branches=branches, kernel=kernel)
    curves_answer(asked, None)
