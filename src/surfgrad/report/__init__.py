"""Figures, tables and pages, drawn from records on disk; nothing is computed here."""
