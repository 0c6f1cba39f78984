"""An object named by the module that holds it, `my_package.my_module:network`: the one place that imports user code."""

import re
import sys
from functools import reduce
from importlib import import_module
from pathlib import Path
from typing import Any

from surfgrad.errors import SurfgradError, UsageError

_FORM = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*:[^\W\d]\w*(\.[^\W\d]\w*)*")


def names_object(text: str) -> bool:
    """Whether `text` has the form `module:name` (dots allowed on both sides) and is not a file or folder."""
    return _FORM.fullmatch(text) is not None and not Path(text).exists()


def import_object(text: str) -> Any:
    """Import the module and return what it calls by that name; the working folder is searched first, as by `python -m`.

    Importing runs the module. Raises UsageError, in one line, for a module that is not found or fails, and for a name
    that it has not.
    """
    module_name, _, name = text.partition(":")
    folder = str(Path.cwd())
    if folder not in sys.path:
        sys.path.insert(0, folder)
    try:
        module = import_module(module_name)
    except SurfgradError:
        raise
    except Exception as error:  # user code: anything may come out of it
        words = (str(error).strip().splitlines() or [""])[0]
        raise UsageError(f"{text}: importing {module_name} failed: {type(error).__name__}: {words}") from error
    try:
        return reduce(getattr, name.split("."), module)
    except AttributeError:
        raise UsageError(f"{text}: the module {module_name} has no {name}") from None
