"""Figures, tables and HTML from records on disk; computes nothing."""
