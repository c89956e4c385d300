"""The smallest set of conditions that can't hold together.

Source of the method: Ignatiev, Previti, Liffiton, Marques-Silva 2015, smallest MUS by implicit hitting sets.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import chain

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
        needs = {route: loose.gates.needs(claim(loose.encoding, part)) for route, part in parts.items()}
        smallest = [_smallest(loose, places) for places in _apart(loose, needs)]
    except Undecided:
        return ()
    return min((routes for routes in smallest if routes), key=len, default=())


def _apart(loose: Loose, needs: Mapping[Route, list[Literal]]) -> Iterator[Mapping[Literal, Route]]:
    """The places of the file by the literals under which they hold, in groups that have no say in each other; without
    those of which a sample shows that they leave room.
    """
    for group in loose.gates.apart(*chain(*needs.values())):
        if loose.gates.shown(*group):
            continue
        places = dict(loose.places(loose.gates.span(group)))
        for route, needed in needs.items():
            if claims := [literal for literal in needed if literal in group]:
                places.setdefault(loose.gates.both(*claims), route)
        yield places


def _smallest(loose: Loose, places: Mapping[Literal, Route]) -> tuple[Route, ...]:
    """The fewest of these places that leave no room; none if together they do."""
    soft = list(places)
    with Hitman(htype="sorted") as hitting:
        guess: list[Literal] = []
        while (model := loose.local(*guess, beside=soft)) is not None:
            room = _grown(loose, {*guess, *model}, soft)
            if not (gone := [literal for literal in soft if literal not in room]):
                return ()
            hitting.hit(gone)
            with heard():
                guess = hitting.get()
    return tuple(route for literal, route in places.items() if literal in guess)


def _grown(loose: Loose, room: set[Literal], soft: list[Literal]) -> set[Literal]:
    """A largest set of places around `room` that still leaves room."""
    for literal in soft:
        room &= set(soft)
        if literal not in room and (model := loose.local(*room, literal, beside=soft)) is not None:
            room = set(model)
    return room
