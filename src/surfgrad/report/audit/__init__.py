"""The figures of one audit: each a function from its summary and arrays to a matplotlib Figure, one a file."""
