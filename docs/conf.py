"""Sphinx builds the site from the Markdown beside this file: `make docs`. Warnings are errors there."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from surfgrad import __version__

project = "surfgrad"
author = "surfgrad maintainers"
version = release = __version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.viewcode"]
myst_enable_extensions = ["dollarmath"]
myst_heading_anchors = 3
default_role = "code"  # docstrings have names in single backticks
autodoc_typehints = "none"  # shapes and units are in the words; types would only say ndarray
autodoc_member_order = "bysource"
html_theme = "furo"
html_title = f"surfgrad {release}"
html_favicon = "../src/surfgrad/explore/static/icon.svg"
html_theme_options = {
    "light_css_variables": {
        "color-brand-primary": "#0072B2",
        "color-brand-content": "#0072B2",
        "color-api-name": "#1d2329",
        "color-api-pre-name": "#5b6570",
        "font-stack": '"Inter", "Source Sans 3", "Segoe UI", "Helvetica Neue", "Liberation Sans", Arial, sans-serif',
    },
    "source_repository": "",
}
templates_path: list[str] = []
exclude_patterns = ["_build"]
nitpicky = True
