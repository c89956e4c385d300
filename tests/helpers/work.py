"""How much is done, counted: the same on every machine, however busy it is."""

import sys
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Any

from screener.ground.problems import ProblemsFound


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


def steps(call: Callable[[], object]) -> int:
    """How many lines of Python are run, each turn of a loop counted; problems that are found are no matter."""
    count = 0

    def trace(_frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        with suppress(ProblemsFound):
            call()
    finally:
        sys.settrace(before)
    return count


def grows_evenly(call: Callable[[int], object], size: int) -> bool:
    """Whether twice the size takes about twice the work, not four times."""
    call(size)  # what is made once, such as validators, is no part of it
    return steps(lambda: call(2 * size)) < 2.6 * steps(lambda: call(size))
