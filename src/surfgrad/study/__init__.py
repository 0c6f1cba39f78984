"""The experiments, as data: what is trained on what, judged on what, and how a run of them resumes."""
