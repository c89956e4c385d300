"""How much is done, counted: the same on every machine, however busy it is."""

import sys
from collections.abc import Callable


def calls_made(work: Callable[[], object]) -> int:
    """How many calls of functions some work takes, those written in C included."""
    made = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal made
        made += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return made
