"""What `surfgrad` alone says."""

from collections.abc import Mapping

EXAMPLES = (
    "surfgrad dispersion crust.mod --modes 0:2 --periods 2:60:1 --plot c.png",
    "surfgrad kernels ak135 --periods 10,20,40 --parameters vs,rho --plot k.png",
    "surfgrad dispersion soil.csv --units si --frequencies 1:50:log40 --plot c.png",
    "surfgrad study --preset smoke --out study/",
)


def print_overview(commands: Mapping[str, str]) -> None:
    """Print the purpose, the commands and three examples."""
    from rich.console import Console
    from rich.table import Table

    from surfgrad import __version__

    console = Console(highlight=False)
    console.print(f"[bold]surfgrad[/] {__version__}: surface-wave dispersion and its exact kernels,")
    console.print("learned forward models, and an audit of their derivatives.\n")
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 2))
    table.add_column(style="bold cyan", no_wrap=True)
    table.add_column()
    for name, summary in commands.items():
        table.add_row(name, summary)
    console.print("[bold]Commands[/]")
    console.print(table)
    console.print("\n[bold]Examples[/]")
    for example in EXAMPLES:
        console.print(f"  {example}", soft_wrap=True)
    console.print("\n  MODEL is a model96, CSV, Geopsy, .nd or .tvel file, or ak135 or prem.")
    console.print("  Ranges include both ends: 0:2 is modes 0, 1, 2; 2:60:1 is 59 periods.")
    console.print("\nOptions of a command: surfgrad COMMAND --help. Version: surfgrad --version.")
