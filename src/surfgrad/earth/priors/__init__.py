"""Explicit priors over Earth structure, one a file."""
