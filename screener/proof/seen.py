"""One rule file as it takes the answers that were given to another one."""

from collections.abc import Mapping
from decimal import Decimal

from screener.proof.cells import Value, within
from screener.proof.encoding import Encoding, Pieces
from screener.proof.gates import Literal
from screener.proof.truths import UNNAMED, Piece
from screener.rulefile.model import Question, RuleFile


class Seen(Encoding):
    """A file over the answers given to `other`, where both ask the question; else over any answers it takes.

    An option, a reserved answer or a value that it does not know is to it like one that no condition names, and so is
    an answer that it would not take as a whole.
    """

    def __init__(self, rules: RuleFile, other: Encoding, cuts: Mapping[str, frozenset[Value]]) -> None:
        self._other = other
        super().__init__(rules, other.gates, cuts=cuts)

    def answer(self, question: Question, asked: Literal) -> Pieces:
        theirs = self._other.pieces.get(question.id)
        if theirs is None:
            return super().answer(question, asked)
        seen, gates = self._seen(question, theirs), self.gates
        asked_there = self._other.asked[question.id]
        if asked == asked_there:
            return seen
        own = super().answer(question, gates.both(asked, -asked_there))
        false = -gates.TRUE
        return {
            piece: gates.either(gates.both(asked, seen.get(piece, false)), own.get(piece, false))
            for piece in dict.fromkeys((*seen, *own))
        }

    def _seen(self, question: Question, theirs: Pieces) -> Pieces:
        gates, false = self.gates, -self.gates.TRUE
        known = {piece: literal for piece, literal in theirs.items() if _knows(question, piece)}
        unknown = gates.either(*(literal for piece, literal in theirs.items() if piece not in known))
        asked = gates.either(*theirs.values())
        taken = gates.both(*self.limits(question, asked, {**known, UNNAMED: unknown}))
        own: tuple[Piece, ...] = (*question.choices, *question.reserved)
        seen = {piece: gates.both(known.get(piece, false), taken) for piece in dict.fromkeys((*known, *own))}
        return {**seen, UNNAMED: gates.both(asked, -gates.either(*seen.values()))}


def _knows(question: Question, piece: Piece) -> bool:
    """Whether a question of this file could have this piece in its answer."""
    if isinstance(piece, str | tuple):
        return piece in question.choices or piece in question.reserved or question.type == "text"
    return question.type == ("number" if isinstance(piece, Decimal) else "date") and within(question, piece)
