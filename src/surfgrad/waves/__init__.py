"""Exact surface-wave physics of layered media."""
