"""`surfgrad completion`: a script that lets a shell complete commands and options."""

from typing import Annotated

import typer

from surfgrad.errors import UsageError

HOW = {
    "bash": 'eval "$(surfgrad completion bash)"   # in ~/.bashrc',
    "zsh": 'eval "$(surfgrad completion zsh)"   # in ~/.zshrc, after compinit',
    "fish": "surfgrad completion fish > ~/.config/fish/completions/surfgrad.fish",
}


def completion(shell: Annotated[str, typer.Argument(metavar="SHELL", help="bash, zsh or fish")]) -> None:
    """Print a script that completes commands, options and files in a shell.

    Switch it on with eval "$(surfgrad completion bash)" in ~/.bashrc, or zsh in ~/.zshrc; for fish write it to
    ~/.config/fish/completions/surfgrad.fish.
    """
    writers = {"bash": _bash, "zsh": _zsh, "fish": _fish}
    if shell not in writers:
        raise UsageError(f"SHELL: {shell[:20]!r} given; {', '.join(writers)} are allowed")
    print(f"# {HOW[shell]}")
    print(writers[shell](known_options()))


def known_options() -> dict[str, dict[str, str]]:
    """Command -> option -> the first words of its help."""
    from importlib import import_module

    from surfgrad.cli.app import COMMANDS, build

    found = {}
    for name in COMMANDS:
        command = build(name, getattr(import_module(f"surfgrad.cli.{name}"), name))
        options = [each for each in command.params if each.param_type_name == "option"]
        found[name] = {
            flag: " ".join((each.help or "").split())[:60]
            for each in options
            for flag in (*each.opts, *each.secondary_opts)
            if flag.startswith("--")
        } | {"--help": "what it does and takes"}
    return found


def _bash(options: dict[str, dict[str, str]]) -> str:
    cases = "\n".join(f'    {name}) options="{" ".join(flags)}" ;;' for name, flags in options.items())
    return f"""_surfgrad() {{
  local word="${{COMP_WORDS[COMP_CWORD]}}" options=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "{" ".join(options)} --help --version" -- "$word"))
    return
  fi
  case "${{COMP_WORDS[1]}}" in
{cases}
  esac
  COMPREPLY=()
  case "$word" in
    -*) COMPREPLY=($(compgen -W "$options" -- "$word")) ;;
  esac
}}
complete -o default -F _surfgrad surfgrad"""


def _zsh(options: dict[str, dict[str, str]]) -> str:
    from surfgrad.cli.app import COMMANDS

    commands = "\n".join(f"    {_quoted(f'{name}:{COMMANDS[name]}')}" for name in options)
    cases = "\n".join(
        f"    {name}) options=({' '.join(_quoted(f'{flag}:{words}') for flag, words in flags.items())}) ;;"
        for name, flags in options.items()
    )
    return f"""_surfgrad() {{
  local -a commands options
  commands=(
{commands}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  case "$words[2]" in
{cases}
  esac
  if [[ "$words[CURRENT]" == -* ]]; then
    _describe option options
  else
    _files
  fi
}}
compdef _surfgrad surfgrad"""


def _fish(options: dict[str, dict[str, str]]) -> str:
    from surfgrad.cli.app import COMMANDS

    lines = []
    for name, flags in options.items():
        lines.append(f"complete -c surfgrad -n __fish_use_subcommand -f -a {name} -d {_quoted(COMMANDS[name])}")
        seen = f"-n '__fish_seen_subcommand_from {name}'"
        lines += [f"complete -c surfgrad {seen} -l {flag[2:]} -d {_quoted(words)}" for flag, words in flags.items()]
    return "\n".join(lines)


def _quoted(text: str) -> str:
    """In single quotes, which all three shells take literally."""
    return "'" + text.replace("'", "’") + "'"
