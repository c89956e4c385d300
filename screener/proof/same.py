"""Which lines are said for exactly the same answers.

Samples tell most lines apart at once. Lines that no sample tells apart are compared by the solver, each with the first
of them: either the two are the same for good, or there are answers that tell them apart, and these become a sample, for
which the others come differently too. So few pairs are ever compared.
"""

from collections.abc import Iterator, Sequence

from screener.proof.gates import Bits, Literal
from screener.proof.prover import Prover
from screener.rulefile.model import Guidance

#: That a line is said, and that it is said for certain.
_Said = tuple[Literal, Literal]
#: For so many lines that are still together it is worth looking at new samples before comparing them.
_SOME = 32


def classes(prover: Prover, lines: Sequence[Guidance]) -> Iterator[tuple[Guidance, ...]]:
    """Every group of two or more lines that always come together, equally surely. Raises Undecided."""
    by_said: dict[_Said, list[int]] = {}
    for place, line in enumerate(lines):
        by_said.setdefault(prover.encoding.said_for(line), []).append(place)
    for joined in _classes(prover, list(by_said)):
        if len(places := [place for said in joined for place in by_said[said]]) > 1:
            yield tuple(lines[place] for place in sorted(places))


def _classes(prover: Prover, said: list[_Said]) -> Iterator[list[_Said]]:
    """For example, a, b and c come alike in all samples. If a and b are the same, and a and c are not, then a and b are
    a class, and c waits for its turn with all others that were told apart from a.
    """
    waiting = _split(prover, said)
    while waiting:
        first, *rest = waiting.pop()
        same, others = [first], list[_Said]()
        for other in rest:
            (others if _apart(prover, first, other) else same).append(other)
        if len(others) > _SOME:
            prover.look_further()
        waiting += _split(prover, others)
        yield same


def _apart(prover: Prover, one: _Said, other: _Said) -> bool:
    """Whether one is said otherwise than the other for some answers."""
    gates = prover.gates
    return prover.can(gates.either(gates.differ(one[0], other[0]), gates.differ(one[1], other[1])))


def _split(prover: Prover, said: list[_Said]) -> list[list[_Said]]:
    """Those that come alike in all samples, group by group."""
    groups: dict[tuple[Bits, Bits], list[_Said]] = {}
    for one in said:
        groups.setdefault((prover.gates.word(one[0]), prover.gates.word(one[1])), []).append(one)
    return list(groups.values())
