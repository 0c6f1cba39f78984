"""Learned forward models; with integrations/torch the only room that imports torch."""
