"""The smallest set of answers behind a condition that holds."""

from screener.ground.marks import Mark
from screener.rulefile.conditions.tree import Condition, PartOfAnswer, Pieces, ShownBy, State, View


def reasons(condition: Condition, view: View, lean: bool, shown_by: ShownBy) -> Pieces:
    """A smallest set of answer pieces that makes the condition hold: without any one it no longer follows.

    `lean` is for a condition that only possibly holds: unsure and declined answers then count for it.
    The condition must hold (or, with `lean`, possibly hold) in the view.
    """
    found = condition.support(view, True, lean, shown_by) or frozenset()
    if len(found) < 2:
        return found
    for piece in sorted(found, key=str):
        fewer = found - {piece}
        if follows(condition, view, fewer, lean, shown_by):
            found = fewer
    return found


def follows(condition: Condition, view: View, pieces: Pieces, lean: bool, shown_by: ShownBy) -> bool:
    """Whether the condition holds when nothing but these pieces of the answers is known."""
    glimpse = _Glimpse(view, pieces, shown_by)
    return (condition.leaning(glimpse, True) if lean else condition.holds(glimpse)) is True


class _Glimpse(dict[str, State]):
    """A view in which only some pieces are known: the rest is open, or hidden where the pieces show it."""

    def __init__(self, view: View, pieces: Pieces, shown_by: ShownBy) -> None:
        super().__init__()
        self._view, self._shown_by = view, shown_by
        for question, option in sorted(pieces, key=str):
            if option is None:
                self[question] = view[question]
            elif not isinstance(known := self.get(question, PartOfAnswer(frozenset())), PartOfAnswer):
                continue
            else:
                self[question] = PartOfAnswer(known.options | {option})

    def __missing__(self, question: str) -> State:
        shown = self._shown_by(question)
        hidden = self._view[question] is Mark.HIDDEN and shown is not None and shown.holds(self) is False
        self[question] = state = Mark.HIDDEN if hidden else Mark.OPEN
        return state
