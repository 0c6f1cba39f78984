"""Observed curves and their files; below `earth`, so that the ground, inversion and reports can all use them."""

from surfgrad.curves.observed import ObservedCurves
from surfgrad.curves.reading import read_curves
from surfgrad.curves.writing import write_curves

__all__ = ["ObservedCurves", "read_curves", "write_curves"]
