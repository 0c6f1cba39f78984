"""The examples in help and overview are commands that the parsers take."""

import shlex
from importlib import import_module

import pytest

from surfgrad.cli import overview
from surfgrad.cli.app import COMMANDS, build
from surfgrad.cli.examples import EXAMPLES

LINES = [line for text in EXAMPLES.values() for line in text.split("\n\n")[1:] if line.startswith("surfgrad ")]


@pytest.mark.parametrize("line", [*LINES, *overview.EXAMPLES])
def test_an_example_is_parsed(line: str) -> None:
    _, name, *arguments = shlex.split(line)
    command = build(name, getattr(import_module(f"surfgrad.cli.{name}"), name))
    command.make_context(name, arguments)


def test_every_example_stands_under_its_own_command() -> None:
    assert set(EXAMPLES) <= set(COMMANDS)
    for name, text in EXAMPLES.items():
        assert all(f"surfgrad {name}" in line for line in text.split("\n\n")[1:])


def test_every_group_of_the_overview_names_commands() -> None:
    assert {name for names in overview.GROUPS.values() for name in names} <= set(COMMANDS)
