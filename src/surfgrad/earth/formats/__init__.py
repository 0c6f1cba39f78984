"""Model file formats, one a file."""
