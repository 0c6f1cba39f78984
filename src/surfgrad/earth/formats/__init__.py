"""Model file formats, one a file; docs/formats.md says what each reads, writes and refuses."""

from surfgrad.earth.formats.reading import read_model, read_models
from surfgrad.earth.formats.writing import write_model

__all__ = ["read_model", "read_models", "write_model"]
