"""A second person who answers all else equally, but one question differently."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from screener.proof.encoding import Encoding, Pieces
from screener.proof.gates import Bits, Draw, Literal
from screener.proof.truths import Piece
from screener.rulefile.model import Question
from screener.rulefile.promises import Risk


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


def more_risk(first: Encoding, second: Encoding, risk: Risk) -> tuple[Literal, Literal]:
    """The second answer to this question (`after`) carries more risk than the first (`before`). Both are asked it.

    That is so, by the type of the question and by what is written, exactly for these pairs of answers:

    - a list of options: `after` comes after `before` in the list, and both are in it; or `before` is the first of the
      list and `after` is unsure or declined.
    - `yes-no` without a list: as with the list no, yes. A question with ordered options: as with these.
    - `larger`: `after` is larger than `before`; or `before` is the smallest that the question takes, and `after` is
      unsure or declined. `smaller`, `later` and `earlier` alike. Values of one cell count as one: no condition tells
      them apart.
    - `many`: `before` is no reserved answer, `after` has all its options that do not stand alone, and at least one more
      such; or `before` is an option that stands alone, and `after` is unsure or declined.
    - else never.

    The second literal is for examples that are easy to read: it is more risk by the smallest step.
    """
    question = first.rules.by_question[risk.question]
    if question.type == "many":
        return _more_options(first, second, question)
    return _further(first, second, question, ranked(question, risk, list(first.pieces[question.id])))


def ranked(question: Question, risk: Risk, pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of an answer from the least risk to the most; those that are left out have no order."""
    if order := risk.order or question.order:
        return list(order)
    if risk.more is None:
        return []
    values = [piece for piece in pieces if piece not in question.reserved]
    return values if risk.more in ("larger", "later") else values[::-1]


def _further(first: Encoding, second: Encoding, question: Question, order: list[Piece]) -> tuple[Literal, Literal]:
    gates, before, after = first.gates, first.pieces[question.id], second.pieces[question.id]
    if not order:
        return -gates.TRUE, -gates.TRUE
    opened = gates.both(before[order[0]], gates.either(*(after[word] for word in question.reserved)))
    calmer, steps = -gates.TRUE, []
    for piece in order:
        steps.append(gates.both(calmer, after[piece]))
        calmer = gates.either(calmer, before[piece])
    next_ones = (gates.both(before[one], after[other]) for one, other in pairwise(order))
    return gates.either(opened, *steps), gates.either(opened, *next_ones)


def _more_options(first: Encoding, second: Encoding, question: Question) -> tuple[Literal, Literal]:
    gates, before, after = first.gates, first.pieces[question.id], second.pieces[question.id]
    calm = [id for id, option in question.options.items() if option.exclusive]
    risks = [id for id in question.options if id not in calm]
    given = gates.either(*(before[id] for id in question.options))
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
