"""Models of the ground: layered models, relations between their parameters, reference Earths, priors and formats."""
