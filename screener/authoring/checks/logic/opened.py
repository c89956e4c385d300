"""Answers that show what comes of something left open: with as little left open as can be."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from screener.proof.gates import Literal
from screener.proof.prover import Prover
from screener.proof.real import Open
from screener.rulefile.model import Answers


class Opened(NamedTuple):
    """A set of answers, and what is left open in it that may be the cause."""

    causes: tuple[Open, ...]
    answers: Answers

    @property
    def words(self) -> str:
        """The causes, as part of a sentence."""
        return " and ".join(f"`{question}` is `{word}`" for question, word in self.causes)


def opened(prover: Prover, wanted: Sequence[Literal], every: Sequence[Open], fine: Collection[Open] = ()) -> Opened:
    """Answers for which all this holds, if it can be with one of these answers left open, and those that are fine.

    That all this can hold, and not without something left open, is known. Raises Undecided.
    """
    pieces = prover.encoding.pieces
    for one in sorted(every, key=fine.__contains__):
        others = [-pieces[id][word] for id, word in every if (id, word) != one and (id, word) not in fine]
        if (answers := prover.witness(*wanted, pieces[one[0]][one[1]], *others)) is not None:
            return Opened((one,), answers)
    answers = prover.witness(*wanted)
    assert answers is not None  # noqa: S101 - it can be
    left = [(id, word) for id, word in every if answers.get(id) == word]
    return Opened(tuple(one for one in left if one not in fine) or tuple(left), answers)
