"""A worker process must not outlive the run that it works for: it would go on writing to a store that has moved on."""

import os
import threading
from multiprocessing import parent_process
from multiprocessing.connection import wait


def die_with_parent() -> None:
    """End this process as soon as its parent is gone, however that went (a pool's own workers would wait for ever)."""
    parent = parent_process()
    if parent is None:
        return

    def watch(sentinel: int) -> None:
        wait([sentinel])
        os._exit(1)

    threading.Thread(target=watch, args=(parent.sentinel,), daemon=True).start()
