"""The study's figures: each a function from a record to a matplotlib Figure, one a file."""
