"""Which lines are said for exactly the same answers.

All lines begin in one class. As long as some answers tell two of a class apart, they split every class: each question
to the solver either joins two lines for good or makes more classes, so all pairs are never compared.
"""

from collections.abc import Iterator, Sequence

from screener.proof.gates import Literal
from screener.proof.prover import Prover
from screener.rulefile.model import Guidance

_Lines = list[Guidance]
_Said = tuple[Literal, Literal]
#: So many sets of answers split every class; by then classes are small, and only the one at hand is split.
_SPLITS = 64


def classes(prover: Prover, lines: Sequence[Guidance]) -> Iterator[tuple[Guidance, ...]]:
    """Every group of two or more lines that always come together, equally surely. Raises Undecided."""
    by_said: dict[_Said, _Lines] = {}
    for line in lines:
        by_said.setdefault(prover.encoding.said_for(line), []).append(line)
    for joined in _classes(prover, list(by_said)):
        if len(group := [line for said in joined for line in by_said[said]]) > 1:
            yield tuple(sorted(group, key=lines.index))


def _classes(prover: Prover, said: list[_Said]) -> Iterator[list[_Said]]:
    waiting = [said] if said else []
    splits = 0
    while waiting:
        first, *rest = waiting.pop()
        same = [first]
        while rest:
            model = _apart(prover, first, rest[-1])
            if model is None:
                same.append(rest.pop())
                continue
            if (splits := splits + 1) <= _SPLITS:
                waiting = [part for known in waiting for part in _split(known, model).values()]
            parts = _split(rest, model)
            rest = parts.pop(_shown(first, model), [])
            waiting += parts.values()
        yield same


def _apart(prover: Prover, one: _Said, other: _Said) -> frozenset[Literal] | None:
    """Answers for which one is said otherwise than the other."""
    gates = prover.gates
    return prover.model(gates.either(gates.differ(one[0], other[0]), gates.differ(one[1], other[1])))


def _shown(said: _Said, model: frozenset[Literal]) -> tuple[bool, ...]:
    return tuple(literal in model for literal in said)


def _split(group: list[_Said], model: frozenset[Literal]) -> dict[tuple[bool, ...], list[_Said]]:
    parts: dict[tuple[bool, ...], list[_Said]] = {}
    for said in group:
        parts.setdefault(_shown(said, model), []).append(said)
    return parts
