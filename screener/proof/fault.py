"""The smallest set of conditions that can't hold together.

Source of the method: Ignatiev, Previti, Liffiton, Marques-Silva 2015, smallest MUS by implicit hitting sets.
"""

from collections.abc import Callable, Mapping

from pysat.examples.hitman import Hitman

from screener.proof.cells import cuts_of
from screener.proof.encoding import Encoding, Route
from screener.proof.gates import Gates, Literal, Tick, Undecided
from screener.proof.prover import Solving, heard
from screener.rulefile.conditions.tree import All, Condition
from screener.rulefile.model import RuleFile

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


def at_fault(rules: RuleFile, parts: Parts, claim: Claim, tick: Tick) -> tuple[Route, ...]:
    """The fewest places of the file that together leave no room for the claims; none if it takes too long.

    A place is that of a part, of the condition that shows a question, or of a question with the answers it takes.
    """
    try:
        with Solving(Gates(tick), tick) as solving:
            soft = _soft(rules, parts, claim, solving.gates)
            smallest = _smallest(solving, [*soft.values()])
    except Undecided:
        return ()
    return tuple(route for route, literal in soft.items() if literal in smallest)


def _soft(rules: RuleFile, parts: Parts, claim: Claim, gates: Gates) -> dict[Route, Literal]:
    """For each place a literal; while it holds, so does what is written there."""
    soft: dict[Route, Literal] = {}

    def held(route: Route) -> Literal:
        return soft.setdefault(route, gates.new())

    wanted = rules.hangs_on(*parts.values())
    fewer = rules.model_copy(update={"questions": tuple(q for q in rules.questions if q.id in wanted)})
    encoding = Encoding(fewer, gates, held, cuts_of(rules))
    for route, condition in parts.items():
        gates.require(-held(route), claim(encoding, condition))
    return soft


def _smallest(solving: Solving, soft: list[Literal]) -> frozenset[Literal]:
    with Hitman(htype="sorted") as hitting:
        guess: list[Literal] = []
        while solving.model(*guess) is not None:
            room = _grown(solving, guess, soft)
            hitting.hit([literal for literal in soft if literal not in room])
            with heard():
                guess = hitting.get()
        return frozenset(guess)


def _grown(solving: Solving, start: list[Literal], soft: list[Literal]) -> set[Literal]:
    """A largest set of places around `start` that still leaves room."""
    room = set(start)
    for literal in soft:
        if literal not in room and (model := solving.model(*room, literal)) is not None:
            room |= {other for other in soft if other in model}
    return room
