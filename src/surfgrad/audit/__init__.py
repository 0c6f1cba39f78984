"""Judges any Forward against exact kernels. The package is callable: `surfgrad.audit(forward, ...)`."""
