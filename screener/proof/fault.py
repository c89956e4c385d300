"""The smallest set of conditions that can't hold together.

Source of the method: Ignatiev, Previti, Liffiton, Marques-Silva 2015, smallest MUS by implicit hitting sets.
"""

from collections.abc import Callable, Iterable, Mapping

from pysat.examples.hitman import Hitman

from screener.proof.encoding import Encoding, Route
from screener.proof.gates import Literal, Undecided
from screener.proof.loose import Loose
from screener.proof.prover import Prover
from screener.proof.solving import heard
from screener.rulefile.conditions.tree import All, Condition

#: Conditions by the place they are written at.
Parts = Mapping[Route, Condition]
#: What is claimed of a condition: the literal that should hold and can't.
Claim = Callable[[Encoding, Condition], Literal]


def possible(encoding: Encoding, condition: Condition) -> Literal:
    """The condition may be true."""
    return encoding.truth(condition)[1]


def certain(encoding: Encoding, condition: Condition) -> Literal:
    """The condition is true."""
    return encoding.truth(condition)[0]


def parts_of(route: Route, condition: Condition) -> Parts:
    """What a condition needs all of, each with its place."""
    if not isinstance(condition, All):
        return {route: condition}
    return {(*route, f"part:{index}"): part for index, part in enumerate(condition.parts)}


def at_fault(prover: Prover, parts: Parts, claim: Claim) -> tuple[Route, ...]:
    """The fewest places of the file that together leave no room for the claims; none if it takes too long.

    A place is that of a part, of the condition that shows a question, or of a question with the answers it takes.
    """
    try:
        loose = prover.loose
        soft = dict(loose.places(prover.rules.hangs_on(*parts.values())))
        soft |= {route: loose.claimed(claim(loose.encoding, part)) for route, part in parts.items()}
        smallest = _smallest(loose, [*soft.values()])
    except Undecided:
        return ()
    return tuple(route for route, literal in soft.items() if literal in smallest)


def _smallest(loose: Loose, soft: list[Literal]) -> frozenset[Literal]:
    with Hitman(htype="sorted") as hitting:
        guess: list[Literal] = []
        while (model := loose.local(*guess, beside=soft)) is not None:
            room = _grown(loose, _kept(soft, model), soft)
            hitting.hit([literal for literal in soft if literal not in room])
            with heard():
                guess = hitting.get()
        return frozenset(guess)


def _grown(loose: Loose, room: set[Literal], soft: list[Literal]) -> set[Literal]:
    """A largest set of places around `room` that still leaves room."""
    for literal in soft:
        if literal not in room and (model := loose.local(*room, literal, beside=soft)) is not None:
            room = _kept(soft, model)
    return room


def _kept(soft: list[Literal], model: Iterable[Literal]) -> set[Literal]:
    """The places that were not let go."""
    gone = set(model)
    return {literal for literal in soft if -literal not in gone}
