"""The next steps of two files side by side: which of them is surely as urgent as another, and which as calm."""

from collections.abc import Sequence


class Steps:
    """The steps of both files, each listed from the least to the most urgent one.

    A step that both files have says where the others stand: one that only the new file has, above `tell-first`, is more
    urgent than an old one below it. Where the files disagree about the order, neither is taken for surely as urgent;
    nor are two steps between the same two neighbours, of which each file has one.
    """

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        self._old = {id: rank for rank, id in enumerate(old)}
        self._new = {id: rank for rank, id in enumerate(new)}

    def as_urgent(self, before: str, now: str) -> bool:
        """Whether `now`, a step of the new file, is surely at least as urgent as `before`, one of the old file."""
        return self._on_this_side(before, now, 1)

    def as_calm(self, before: str, now: str) -> bool:
        """Whether `now`, a step of the new file, is surely at most as urgent as `before`, one of the old file."""
        return self._on_this_side(before, now, -1)

    def _on_this_side(self, before: str, now: str, way: int) -> bool:
        known = [ranks for ranks in (self._old, self._new) if before in ranks and now in ranks]
        if known:
            return all(way * ranks[now] >= way * ranks[before] for ranks in known)
        return any(
            way * rank > way * self._old[before] and way * self._new[now] > way * self._new[between]
            for between, rank in self._old.items()
            if between in self._new
        )
