"""The experiments, as data: what is trained on what, judged on what."""
