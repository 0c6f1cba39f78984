"""What a training step makes small, and how the held-out part is judged: a file for each way of asking a network."""

from surfgrad.surrogates.objectives.base import Objective
from surfgrad.surrogates.objectives.curves import CurveObjective
from surfgrad.surrogates.objectives.points import PointObjective

__all__ = ["CurveObjective", "Objective", "PointObjective"]
