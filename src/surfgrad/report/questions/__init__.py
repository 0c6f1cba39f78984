"""A figure for each of the study's questions, drawn from the numbers of its answer."""
