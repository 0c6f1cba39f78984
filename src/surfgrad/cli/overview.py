"""What `surfgrad` alone says."""

from collections.abc import Iterator, Mapping

GROUPS = {
    "Curves and kernels of a model": (
        "dispersion", "ellipticity", "kernels", "eigenfunctions", "attenuation", "explore", "vs30", "layering",
        "convert",
    ),
    "Inversion": ("invert",),
    "Ensembles, surrogates and their audit": (
        "prior", "generate", "merge", "verify", "train", "export", "audit", "study",
    ),
    "About": ("doctor", "cite", "completion"),
}  # fmt: skip
"""Heading -> commands; one that is in none of them stands under "More"."""
EXAMPLES = (
    "surfgrad dispersion ak135 --modes 0:2 --periods 2:60:1 --plot c.png",
    "surfgrad kernels crust.mod --periods 10,20,40 --parameters vs,rho --plot k.png",
    "surfgrad dispersion soil.csv --units si --frequencies 1:50:log40 --plot c.png",
    "surfgrad invert curves.csv --sigma 2% --model spline:12 --out result/",
    "surfgrad explore",
)


def print_overview(commands: Mapping[str, str]) -> None:
    """Print the purpose, the commands by what they are for, and five examples."""
    from rich.console import Console
    from rich.table import Table

    from surfgrad import __version__

    console = Console(highlight=False)
    console.print(f"[bold]surfgrad[/] {__version__}: surface-wave dispersion and its exact kernels, inversion,")
    console.print("learned forward models, and an audit of their derivatives.")
    for heading, names in _grouped(commands):
        table = Table(box=None, show_header=False, padding=(0, 2, 0, 2))
        table.add_column(style="bold cyan", no_wrap=True, min_width=14)
        table.add_column()
        for name in names:
            table.add_row(name, commands[name])
        console.print(f"\n[bold]{heading}[/]")
        console.print(table)
    console.print("\n[bold]Examples[/]")
    for example in EXAMPLES:
        console.print(f"  {example}", soft_wrap=True)
    console.print("\n  MODEL is a model96, CSV, Geopsy, .nd or .tvel file, or ak135 or prem.")
    console.print("  Ranges include both ends: 0:2 is modes 0, 1, 2; 2:60:1 is 59 periods.")
    console.print("\nOptions of a command: surfgrad COMMAND --help. Version: surfgrad --version.")


def _grouped(commands: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    for heading, names in GROUPS.items():
        yield heading, [name for name in names if name in commands]
    grouped = {name for names in GROUPS.values() for name in names}
    if rest := [name for name in commands if name not in grouped]:
        yield "More", rest
