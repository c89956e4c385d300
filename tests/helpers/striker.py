"""Run as a program: screener, to which a signal is sent just before the n-th call that it makes in certain files.

The first argument is the signal, the second the moment, the third the end of the path of those files; then come the
arguments of the command. What is counted is work done, so the moment is the same on every machine.
"""

import os
import signal
import sys
from types import FrameType
from typing import Any


def strike(number: int, moment: int, ending: str) -> None:
    """Send this process the signal just before the call with that number in files whose path ends so."""
    left = moment

    def count(frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal left
        if event in ("call", "c_call") and frame.f_code.co_filename.endswith(ending):
            left -= 1
            if left == 0:
                sys.setprofile(None)
                signal.raise_signal(number)

    sys.setprofile(count)


if __name__ == "__main__":
    number, moment, ending, *arguments = sys.argv[1:]
    sys.path.pop(0)  # the folder of this file
    sys.argv = ["screener", *arguments]
    from screener.__main__ import main

    os.environ.pop("COVERAGE_PROCESS_START", None)
    strike(int(number), int(moment), ending)
    main()
