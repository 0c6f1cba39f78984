"""`python -m surfgrad` is the `surfgrad` command."""

from surfgrad.cli.app import entry

entry()
