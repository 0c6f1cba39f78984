"""One file per outside package, imported only when asked."""
