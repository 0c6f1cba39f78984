"""What the page may ask: hostile until parsed, small enough to be answered at once."""

from typing import Annotated, Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from surfgrad.errors import UsageError

Array = np.ndarray
MOST_LAYERS = 400
MOST_PERIODS = 400
MOST_BRANCHES = 24
MOST_KERNEL_NUMBERS = 500_000
"""Periods x layers x kernels: a request is to be solved while a finger moves."""

Numbers = Annotated[list[float], Field(min_length=1, max_length=MOST_LAYERS)]
Periods = Annotated[list[float], Field(min_length=1, max_length=MOST_PERIODS)]
Wave = Literal["rayleigh", "love"]


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Layers(_Asked):
    """The four columns of a model, km, km/s, km/s, g/cm3; whether they are a model, the engine says."""

    thickness: Numbers
    vp: Numbers
    vs: Numbers
    rho: Numbers

    @model_validator(mode="after")
    def _of_one_length(self) -> "Layers":
        if len({column.size for column in self.arrays}) > 1:
            raise ValueError("thickness, vp, vs, rho of one length are allowed")
        return self

    @property
    def arrays(self) -> tuple[Array, Array, Array, Array]:
        """thickness, vp, vs, rho."""
        return np.array(self.thickness), np.array(self.vp), np.array(self.vs), np.array(self.rho)


class Branch(_Asked):
    """One mode of one wave."""

    wave: Wave
    mode: Annotated[int, Field(ge=0, le=20)]


Branches = Annotated[list[Branch], Field(max_length=MOST_BRANCHES)]


class KernelAsked(_Asked):
    """Which kernels: of what, by what, in which normalisation, for which branches."""

    quantity: Literal["phase", "group", "ellipticity"]
    parameter: Literal["vs", "vp", "rho", "thickness"]
    per: Literal["layer", "km", "log"]
    branches: Branches


class CurvesAsked(_Asked):
    """Curves of the branches, kernels, and the misfit to the data set numbered `data`."""

    ask: Literal["curves"]
    id: int
    model: Layers
    periods: Periods
    branches: Branches
    kernel: KernelAsked | None = None
    data: int | None = None


class LearnedAsked(_Asked):
    """The surrogate's curves of the same model."""

    ask: Literal["learned"]
    id: int
    model: Layers
    periods: Periods


class ModelSaved(_Asked):
    """A model to be written in a format."""

    model: Layers
    name: Annotated[str, Field(max_length=200)]
    format: Literal["model96", "csv", "geopsy", "nd", "tvel"]
    units: Literal["km", "si"]


class CurvesSaved(_Asked):
    """Curves to be solved and written in a format; `sigma`, km/s, is stated beside every value, None: none is."""

    model: Layers
    name: Annotated[str, Field(max_length=200)]
    periods: Periods
    branches: Branches
    kinds: Annotated[list[Literal["phase", "group", "ellipticity"]], Field(min_length=1, max_length=3)]
    sigma: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None
    format: Literal["csv", "surf96", "geopsy", "geopsy2"]
    units: Literal["km", "si"]


Asked = Annotated[CurvesAsked | LearnedAsked, Field(discriminator="ask")]
_ASKED: TypeAdapter[CurvesAsked | LearnedAsked] = TypeAdapter(Asked)


def read_asked(text: str | bytes) -> CurvesAsked | LearnedAsked:
    """The message in a text; raises UsageError, in one line, for one that is none."""
    asked = _read(_ASKED, text)
    if isinstance(asked, CurvesAsked) and asked.kernel is not None:
        numbers = len(asked.periods) * len(asked.model.vs) * len(asked.kernel.branches)
        if numbers > MOST_KERNEL_NUMBERS:
            raise UsageError(f"kernel: {numbers} numbers asked for; {MOST_KERNEL_NUMBERS} are allowed")
    return asked


def read_body(kind: type[BaseModel], text: bytes) -> Any:
    """The body of a request as one of the classes above; raises UsageError, in one line."""
    return _read(TypeAdapter(kind), text)


def _read(adapter: TypeAdapter[Any], text: str | bytes) -> Any:
    try:
        return adapter.validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"message: {where + ': ' if where else ''}{first['msg']}") from None
