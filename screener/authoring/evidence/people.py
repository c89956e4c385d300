"""Who answers: someone, and for each question with more and less risk a second person who answers it otherwise.

Nothing is known of their answers but which pieces there are; what an answer is, the clauses of `check.py` say.
"""

from decimal import Decimal
from typing import NamedTuple

from screener.proof.encoding import Encoding, Pieces
from screener.proof.gates import Gates, Literal
from screener.proof.truths import Piece
from screener.rulefile.model import Question, RuleFile


def name_of(piece: Piece) -> str:
    """A piece of an answer as the evidence writes it: an id, a plain number, or a date."""
    return f"{piece:f}" if isinstance(piece, Decimal) else str(piece)


class Person(NamedTuple):
    """The rule file over one person's answers. `mark` goes before every name; `changes` is the question that a second
    person may answer otherwise than the first."""

    mark: str
    encoding: Encoding
    changes: str | None = None


def people(rules: RuleFile, gates: Gates) -> list[Person]:
    """The first person, and a second one for each question of a promise about more risk."""
    first = Person("", Encoding(rules, gates, take=_free))
    changed = dict.fromkeys(risk.question for one in rules.invariants for risk in one.never_less_urgent)
    return [first, *(Person(f"second for {id}: ", _second(first.encoding, id), id) for id in changed)]


def _free(encoding: Encoding, question: Question, _asked: Literal) -> Pieces:
    """A literal for each piece that an answer can have."""
    takes = encoding.takes(question)
    return dict(zip(takes, encoding.gates.inputs(lambda _count, _word: [0] * len(takes)), strict=True))


def _second(first: Encoding, changed: str) -> Encoding:
    """Someone whose answers are the first one's, where both are surely asked alike."""

    def take(encoding: Encoding, question: Question, asked: Literal) -> Pieces:
        if question.id != changed and asked == first.asked[question.id]:
            return first.pieces[question.id]
        return _free(encoding, question, asked)

    return Encoding(first.rules, first.gates, take=take)


def fits(encoding: Encoding, question: Question) -> Literal:
    """As many options are chosen as the limits of a question allow, of those that don't stand alone."""
    gates, (low, high) = encoding.gates, question.limits
    free = [encoding.pieces[question.id][id] for id, option in question.options.items() if not option.exclusive]
    enough = gates.TRUE if low is None else gates.at_least(int(str(low)), free)
    return gates.both(enough, gates.TRUE if high is None else -gates.at_least(int(str(high)) + 1, free))
