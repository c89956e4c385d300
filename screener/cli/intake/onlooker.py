"""Looking on while another program has the keyboard: how long ago a key was pressed, and ending it in time."""

import os
import subprocess
import sys
import time
from contextlib import suppress

from screener.cli import streams
from screener.ground import stopping

#: How often is looked, and how long a program may take to leave, in seconds.
_OFTEN, _PATIENCE = 0.5, 5.0


def watched(child: "subprocess.Popen[bytes]", idle: int) -> bool:
    """Wait for the program; end it once no key was pressed for so many seconds. Whether that was so.

    The terminal is as it was before on every way out.
    """

    def end() -> None:
        _end(child)

    with (
        stopping.terminal_given_back(sys.stdin.fileno(), sys.stderr.fileno()),
        stopping.left_to_others(end),
    ):
        began = time.time()
        while child.poll() is None:
            with suppress(subprocess.TimeoutExpired):
                child.wait(_OFTEN)
            if child.poll() is None and time.time() - max(began, _last_key()) > idle:
                end()
                streams.forget_typed()
                return True
    streams.forget_typed()
    return False


def _last_key() -> float:
    """When something typed was last read. The kernel keeps that with the terminal, to within some seconds."""
    return os.fstat(sys.stdin.fileno()).st_atime


def _end(child: "subprocess.Popen[bytes]") -> None:
    child.terminate()  # then it gives the terminal back and wipes the screen
    try:
        child.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
