"""Layered models as functions of coordinates in which their prior is N(0, I), with exact Jacobians."""
