"""The next steps of two files in one order: which of them is surely as urgent as another, and which as calm."""

from collections.abc import Mapping, Sequence
from itertools import pairwise


class Steps:
    """The steps of both files, each listed from the least to the most urgent one.

    What follows from the two orders together is sure. A new step between `tell-first` and `doctor-first` is more urgent
    than the one and calmer than the other, and than any old step beyond them. Of two steps between the same neighbours
    of which each file has one, neither is surely as urgent; nor of two that the files have in opposite orders.
    """

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        following: dict[str, set[str]] = {step: set() for step in (*old, *new)}
        for one, other in (*pairwise(old), *pairwise(new)):
            following[one].add(other)
        self._above = {step: _reached(step, following) for step in following}

    def as_urgent(self, before: str, now: str) -> bool:
        """Whether `now`, a step of the new file, is surely at least as urgent as `before`, one of the old file."""
        return before == now or (now in self._above[before] and before not in self._above[now])

    def as_calm(self, before: str, now: str) -> bool:
        """Whether `now`, a step of the new file, is surely at most as urgent as `before`, one of the old file."""
        return self.as_urgent(now, before)


def _reached(step: str, following: Mapping[str, set[str]]) -> set[str]:
    """The steps that are above this one in either file, or above such a step."""
    found: set[str] = set()
    waiting = [step]
    while waiting:
        fresh = following[waiting.pop()] - found
        found |= fresh
        waiting += fresh
    return found
