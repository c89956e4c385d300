"""Gates that are worked out over samples only: quick, and soon forgotten, but no solver can be asked about them.

Good for asking of very many conditions what the samples show of each, where the clauses of all would not fit.
"""

from collections.abc import Iterable

from screener.proof.encoding import Encoding
from screener.proof.gates import Bits, Gates, Literal
from screener.proof.prover import Prover


class Lookup(Gates):
    """Literals whose words are those of samples, and no clauses."""

    def __init__(self, full: Bits) -> None:
        super().__init__(lambda: None, full.bit_length())
        self._values: list[Bits] = [0, full]

    def word(self, literal: Literal) -> Bits:
        """In which samples this holds."""
        return self._values[literal] if literal > 0 else self._values[-literal] ^ self._values[self.TRUE]

    def literal(self, word: Bits) -> Literal:
        """A literal that holds in these samples."""
        self._values.append(word)
        return len(self._values) - 1

    def both(self, *literals: Literal) -> Literal:
        """A literal that holds in the samples in which all of these do."""
        return self.literal(self.shown(*literals)) if literals else self.TRUE

    def at_least(self, count: int, literals: Iterable[Literal]) -> Literal:
        """A literal that holds in the samples in which so many of these do."""
        reached = [self._values[self.TRUE]] + [0] * max(count, 0)
        for literal in literals:
            word = self.word(literal)
            for level in range(len(reached) - 1, 0, -1):
                reached[level] |= reached[level - 1] & word
        return self.literal(reached[-1])


def lookup(prover: Prover) -> Encoding:
    """The prover's rule file over its samples, as many as there are now."""
    gates, known = Lookup(prover.gates.word(Gates.TRUE)), prover.encoding.pieces
    pieces = {
        question: {piece: gates.literal(prover.gates.word(literal)) for piece, literal in named.items()}
        for question, named in known.items()
    }
    return Encoding(prover.rules, gates, cuts={}, take=lambda _own, question, _asked: pieces[question.id])
