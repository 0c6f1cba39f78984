"""A bar on stderr for work that goes on part after part."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def part_bar() -> Iterator[Callable[[int, int, str], None]]:
    """Yield a function that is told (done, total, part).

    Each part has its own bar while it goes on; a part that says beforehand how long it will take leaves a line.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True, highlight=False)
    bar = Progress(*columns, console=console, transient=True)
    task, current = bar.add_task("", total=None), ""

    def told(done: int, total: int, part: str) -> None:
        nonlocal current
        if part != current:
            current = part
            bar.reset(task, total=total, description=part)
            bar.start()
            if ", about " in part:
                console.print(part)
        bar.update(task, completed=done)

    try:
        yield told
    finally:
        if bar.live.is_started:
            bar.stop()
