"""Conditions that answers with a value can make true, and those that only an answer left open brings about.

An answer is left open when it is `unsure` or `declined`. What a condition asks for by name is left open on purpose.
"""

from collections.abc import Iterator

from screener.ground.marks import MARKS
from screener.proof.encoding import Encoding
from screener.proof.gates import Literal
from screener.proof.prover import Prover
from screener.rulefile.conditions.atoms import Answered, AnyOf
from screener.rulefile.conditions.tree import Condition
from screener.rulefile.model import RuleFile

#: A question, and the word with which it is left open.
Open = tuple[str, str]


def by_name(rules: RuleFile, condition: Condition) -> frozenset[Open]:
    """The open answers that a condition, or one that shows a question it hangs on, asks for by name."""
    return frozenset(_named(condition)).union(
        *(_named(when) for id in rules.hangs_on(condition) if (when := rules.shown_by(id)) is not None)
    )


def _named(condition: Condition) -> Iterator[Open]:
    for atom in condition.atoms():
        if isinstance(atom, AnyOf):
            yield from ((atom.question, mark.value) for mark in atom.marks)
        elif isinstance(atom, Answered):  # whether it was left open is all that this asks
            yield from ((atom.question, word) for word in MARKS)


def open_answers(rules: RuleFile, *conditions: Condition | None) -> list[Open]:
    """The ways to leave something open that has a say in these conditions, in the order of asking."""
    hangs_on = sorted(rules.hangs_on(*conditions), key=rules.position.__getitem__)
    return [(id, word) for id in hangs_on for word in rules.by_question[id].reserved]


def closed(encoding: Encoding, condition: Condition, named: frozenset[Open]) -> list[Literal]:
    """Literals that hold where nothing that has a say in a condition is left open, but for these."""
    every = open_answers(encoding.rules, condition)
    return [-encoding.pieces[id][word] for id, word in every if (id, word) not in named]


def really(prover: Prover, condition: Condition) -> bool:
    """Whether a condition is certainly true for some answers none of which is left open, but those it asks for by name.

    Raises Undecided.
    """
    certain = prover.encoding.truth(condition)[0]
    if prover.gates.shown(certain, prover.all_closed):
        return True
    return prover.can(certain, *closed(prover.encoding, condition, by_name(prover.rules, condition)))
