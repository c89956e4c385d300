"""Run as a program: screener, to which something happens just before the n-th call that it makes in certain places.

Arguments: what happens (the number of a signal, or `fault`), the moment, the place (the end of the path of files, or
`path:name` for one function there), then the arguments of the command. What is counted is work done, so the moment is
the same on every machine.
"""

import os
import signal
import sys
from types import FrameType
from typing import Any


def strike(what: str, moment: int, place: str) -> None:
    """Send this process the signal, or raise an error, just before the call with that number in that place."""
    left = moment
    ending, _, name = place.partition(":")

    def count(frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal left
        code = frame.f_code
        if event not in ("call", "c_call") or not code.co_filename.endswith(ending):
            return
        if name and (event != "call" or code.co_name != name):
            return
        left -= 1
        if left == 0:
            sys.setprofile(None)
            if what == "fault":
                raise LookupError("a fault that a test wanted")
            signal.raise_signal(int(what))

    sys.setprofile(count)


if __name__ == "__main__":
    what, moment, place, *arguments = sys.argv[1:]
    sys.path.pop(0)  # the folder of this file
    sys.argv = ["screener", *arguments]
    os.environ.pop("COVERAGE_PROCESS_START", None)
    from screener.__main__ import main

    strike(what, int(moment), place)
    main()
