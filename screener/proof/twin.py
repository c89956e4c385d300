"""A second person who answers all else equally, but one question differently."""

from collections.abc import Callable

from screener.proof.encoding import Encoding, Pieces
from screener.proof.gates import Bits, Draw, Literal
from screener.rulefile.model import Question


def twin_of(first: Encoding, changed: str) -> Encoding:
    """The same rule file for someone whose answers agree wherever both are asked, except to one question.

    Where both are surely asked alike they share their literals, and with these every gate that is built on them.
    """

    def take(second: Encoding, question: Question, asked: Literal) -> Pieces:
        theirs, asked_first = first.pieces[question.id], first.asked[question.id]
        if question.id == changed:
            return second.answer(question, asked)
        if asked == asked_first:
            return theirs
        own = second.answer(question, asked, _agreeing(second.draw(question, asked), asked, asked_first, theirs))
        for piece, literal in own.items():
            second.gates.bind(literal, -asked, -asked_first, -literal, theirs[piece])
            second.gates.bind(literal, -asked, -asked_first, literal, -theirs[piece])
        return own

    return Encoding(first.rules, first.gates, take=take)


def _agreeing(draw: Draw, asked: Literal, asked_first: Literal, theirs: Pieces) -> Draw:
    """Samples of the second person's answer: the first one's where both are asked, else drawn."""

    def drawn(count: int, word: Callable[[Literal], Bits]) -> list[Bits]:
        both = word(asked) & word(asked_first)
        words = draw(count, word)
        return [own & ~both | word(their) & both for own, their in zip(words, theirs.values(), strict=True)]

    return drawn


def more_risk(first: Encoding, second: Encoding, question: Question) -> tuple[Literal, Literal]:
    """The second answer to this question carries more risk than the first, or leaves open what was said to be none.

    From no to yes; more options that do not stand alone, also in place of one that does; unsure or declined instead of
    no or of an option that stands alone. Other types of question know no more and less. The second literal says that
    it is one option more, for examples that are easy to read.
    """
    gates, before, after = first.gates, first.pieces[question.id], second.pieces[question.id]
    if question.type not in ("yes-no", "many"):
        return -gates.TRUE, -gates.TRUE
    calm = [id for id, option in question.choices.items() if option.exclusive or id == "no"]
    risks = [id for id in question.choices if id not in calm]
    given = gates.either(*(before[id] for id in question.choices))
    kept = gates.both(*(gates.either(-before[id], after[id]) for id in risks))
    added = [gates.both(after[id], -before[id]) for id in risks]
    was_calm = gates.either(*(before[id] for id in calm))
    opened = gates.both(was_calm, gates.either(*(after[id] for id in question.reserved)))
    more = gates.either(opened, gates.both(given, kept, gates.at_least(1, added)))
    return more, -gates.at_least(2, added)


def less_urgent(first: Encoding, second: Encoding) -> Literal:
    """The second ends with a less urgent next step than the first."""
    gates = first.gates
    steps = [step.id for step in first.rules.dispositions[1:]]
    return gates.either(*(gates.both(first.at_least(step), -second.at_least(step)) for step in steps))
