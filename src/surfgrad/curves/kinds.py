"""The formats of curves."""

from surfgrad.format_names import Formats
from surfgrad.units import KM, SI

FORMATS: Formats = {"surf96": (KM,), "geopsy": (SI,), "csv": (KM, SI)}
