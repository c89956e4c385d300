"""One rule file as it takes the answers that were given to another one."""

from collections.abc import Mapping
from decimal import Decimal

from screener.proof.cells import Value, within
from screener.proof.encoding import Encoding, Pieces
from screener.proof.gates import Literal
from screener.proof.truths import UNNAMED, Piece
from screener.rulefile.measures import NUMBERS
from screener.rulefile.model import Question, RuleFile


def seen_by(rules: RuleFile, other: Encoding, cuts: Mapping[str, frozenset[Value]]) -> Encoding:
    """A file over the answers given to `other`, where both ask the question; else over any answers it takes.

    What it does not know of an answer (an option, a reserved answer, a value) is left out of it. An answer of which
    nothing is left, or that it would not take as a whole, is to it like one that no condition names. For example,
    `creams` is answered `mild` and `acid`: a file without `acid` sees `mild`; one where `mild` stands alone does not
    take the two together, and sees something that no condition names.
    """

    def take(own: Encoding, question: Question, asked: Literal) -> Pieces:
        theirs = other.pieces.get(question.id)
        if theirs is None:
            return own.answer(question, asked)
        seen = _seen(own, question, theirs, other.rules.by_question[question.id])
        asked_there = other.asked[question.id]
        return seen if asked == asked_there else _either(own, question, seen, (asked, asked_there))

    return Encoding(rules, other.gates, cuts=cuts, take=take)


def _either(own: Encoding, question: Question, seen: Pieces, asked: tuple[Literal, Literal]) -> Pieces:
    """The answer given to the other file where that asks the question too, and one of its own where only this does."""
    gates, false, (here, there) = own.gates, -own.gates.TRUE, asked
    answer = own.answer(question, gates.both(here, -there))
    return {
        piece: gates.either(gates.both(here, seen.get(piece, false)), answer.get(piece, false))
        for piece in dict.fromkeys((*seen, *answer))
    }


def _seen(own: Encoding, question: Question, theirs: Pieces, there: Question) -> Pieces:
    """Each piece of their answer as this file sees it: itself, if this file would take the answer as a whole."""
    gates, false = own.gates, -own.gates.TRUE
    known = {piece: literal for piece, literal in theirs.items() if _knows(question, piece)}
    unknown = gates.either(*(literal for piece, literal in theirs.items() if piece not in known))
    asked, taken = gates.either(*theirs.values()), gates.TRUE
    if not _takes_all(question, there):
        taken = gates.both(*own.limits(question, asked, {**known, UNNAMED: unknown}))
    choices: tuple[Piece, ...] = (*question.choices, *question.reserved)
    seen = {piece: gates.both(known.get(piece, false), taken) for piece in dict.fromkeys((*known, *choices))}
    nothing_lost = taken == gates.TRUE and unknown == false
    return {**seen, UNNAMED: false if nothing_lost else gates.both(asked, -gates.either(*seen.values()))}


def _takes_all(question: Question, there: Question) -> bool:
    """Whether it is plain that this question takes whatever the other takes, with what it does not know unnamed.

    It is when either takes one answer, when both have the same options and limits, and when this has no limits and no
    option that stands alone here only. In all other cases the gates decide it, answer by answer.
    """
    if "many" not in (question.type, there.type):
        return True
    if question.type != there.type:
        return False
    alone, alone_there = ({id for id, option in one.options.items() if option.exclusive} for one in (question, there))
    if question.limits == (None, None):
        return alone & there.options.keys() <= alone_there
    alike = (list(question.options), alone, question.limits, question.reserved)
    return alike == (list(there.options), alone_there, there.limits, there.reserved)


def _knows(question: Question, piece: Piece) -> bool:
    """Whether a question of this file could have this piece in its answer."""
    if isinstance(piece, str | tuple):
        return piece in question.choices or piece in question.reserved or question.type == "text"
    return question.type in (NUMBERS if isinstance(piece, Decimal) else ("date",)) and within(question, piece)
