"""Conventions of near-surface work: Vs30 and site classes, and layerings cut to a curve's wavelengths."""
