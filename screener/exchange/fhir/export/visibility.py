"""When a question is shown, in the terms of FHIR: clauses of tests on single answers, of which all must hold.

We show a question when its condition is true or unknown, FHIR when tests on given answers hold; so every answer
that leaves a condition unknown is named among the tests. Both then agree on every complete set of answers.

A test says at most what every reader of FHIR understands alike: `!=` never stands alone for a question that
may be hidden, as readers differ on what it says of no answer at all.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from screener.exchange.fhir.names import INSTEAD, open_apart, part
from screener.ground.marks import MARKS, Mark
from screener.rulefile.conditions.atoms import AllOf, Answered, AnyOf, Compare, Count, NoneOf, Within
from screener.rulefile.conditions.tree import All, Answer, AnyPart, Atom, Condition, Not
from screener.rulefile.model import Question, RuleFile


class Test(NamedTuple):
    """One test on the answer to an item: `exists`, or a comparison with an option, a reserved answer or a value."""

    item: str
    operator: str
    question: str
    value: bool | str | Decimal | date


Clause = frozenset[Test]
#: Every clause holds when at least one of its tests does.
Clauses = frozenset[Clause]

ALWAYS: Clauses = frozenset()
NEVER: Clauses = frozenset([frozenset()])
#: More clauses than this are more than a reader of the form could follow, and than some could show.
MOST_CLAUSES = 100
_OPPOSITE = {"<": ">=", ">": "<=", "<=": ">", ">=": "<"}
_SIDES = {"below": "<", "above": ">", "at_least": ">=", "at_most": "<="}


class NotInFhir(Exception):
    """A condition that FHIR can't hold; `why` is said of it."""

    why = "its condition has no place in FHIR"


class TooLarge(NotInFhir):
    """The condition would need more than MOST_CLAUSES clauses."""

    why = "its condition is too large for FHIR"


class CountsBack(NotInFhir):
    """The condition counts days back from the interview, and FHIR R4 knows no day that moves."""

    why = "its condition counts back from the day of the interview, and FHIR R4 can't"


def shown_when(rules: RuleFile, condition: Condition) -> Clauses:
    """What must hold for the condition to be true or unknown. Raises NotInFhir."""
    return _clauses(rules, condition, True)


def _clauses(rules: RuleFile, condition: Condition, want: bool) -> Clauses:
    """What must hold for the condition to come out as `want`, or unknown."""
    if isinstance(condition, Not):
        return _clauses(rules, condition.part, not want)
    if isinstance(condition, All | AnyPart):
        each = [_clauses(rules, inner, want) for inner in condition.parts]
        return _all(*each) if isinstance(condition, All) == want else _any(*each)
    if isinstance(condition, Atom):
        return _atom(rules.by_question[condition.question], condition, want)
    raise TypeError(condition)


def _all(*each: Clauses) -> Clauses:
    return _simple(clause for clauses in each for clause in clauses)


def _any(*each: Clauses) -> Clauses:
    made = NEVER
    for clauses in each:
        made = _simple(one | other for one in made for other in clauses)
    return made


def _simple(clauses: Iterable[Clause]) -> Clauses:
    """The same without clauses that always hold, and without those that follow from a shorter one."""
    kept: list[Clause] = []
    for clause in sorted({one for one in clauses if not _always(one)}, key=len):
        if not any(shorter <= clause for shorter in kept):
            kept.append(clause)
        if len(kept) > MOST_CLAUSES:
            raise TooLarge
    return frozenset(kept)


def _always(clause: Clause) -> bool:
    """Whether one of its tests is the opposite of another."""
    opposites = [test._replace(value=not test.value) for test in clause if test.operator == "exists"]
    opposites += [test._replace(operator="!=") for test in clause if test.operator == "="]
    return not clause.isdisjoint(opposites)


def _atom(question: Question, atom: Atom, want: bool) -> Clauses:
    if question.type in ("one", "yes-no"):
        return _one(question, atom, want)
    if question.type == "many":
        return _many(question, atom, want)
    return _value(question, atom, want)


def _one(question: Question, atom: Atom, want: bool) -> Clauses:
    """One clause with every answer that fits."""
    fitting = [option for option in question.choices if atom.matches(option) is want]
    fitting += _open(question, atom, want)
    given = frozenset(_equal(question, answer) for answer in fitting)
    if len(given) == len(question.choices) + len(question.reserved):
        given = frozenset([_exists(question, True)])
    return _or_hidden(question, atom, want, frozenset([given]))


def _value(question: Question, atom: Atom, want: bool) -> Clauses:
    """A number, date or text, or the item for its reserved answers."""
    given: set[Test] = set()
    if isinstance(atom, Within):
        raise CountsBack
    if isinstance(atom, Compare):
        operator = _SIDES[atom.side] if want else _OPPOSITE[_SIDES[atom.side]]
        given.add(Test(question.id, operator, question.id, atom.limit))
    elif want is isinstance(atom, Answered):
        given.add(_exists(question, True))
    given |= {_equal(question, answer) for answer in _open(question, atom, want)}
    return _or_hidden(question, atom, want, frozenset([frozenset(given)]))


def _open(question: Question, atom: Atom, want: bool) -> list[str]:
    """The reserved answers with which the atom comes out as wanted, or unknown."""
    return [word for word in question.reserved if atom.marked(MARKS[word]) in (want, None)]


def _many(question: Question, atom: Atom, want: bool) -> Clauses:
    """Tests on each option, as several can be chosen; `!=` says that one is not among the answers.

    Take options a and b, and `unsure` and `declined`. For `{q: a}` the clauses are `= a or = unsure or = declined`, as
    an answer left open shows what is unknown. For `{q: {none: [a]}}` it is `!= a`, which an open answer fulfils as it
    stands; no answer at all does too, by the letter, so `exists` is asked beside it. For `{q: answered}` an open answer
    is none, and is ruled out: `!= unsure`, `!= declined`, and `exists` again. Where it fits as well that the question
    is not asked, every clause says so: `or not exists`.
    """
    fitting = frozenset(_equal(question, word) for word in _open(question, atom, want))
    others = [_different(question, word) for word in question.reserved if _equal(question, word) not in fitting]
    made = _simple(clause if _is_without(clause) else clause | fitting for clause in _chosen(question, atom, want))
    made = _all(made, frozenset(frozenset([test]) for test in others))
    if not _hidden_fits(question, atom, want) and not any(_is_with(clause) for clause in made):
        made = _all(made, frozenset([frozenset([_exists(question, True)])]))
    return _or_hidden(question, atom, want, made)


def _is_without(clause: Clause) -> bool:
    """Whether every reserved answer fulfils the clause anyway: it says that some option is not chosen."""
    return any(test.operator == "!=" for test in clause)


def _is_with(clause: Clause) -> bool:
    """Whether only an answer can fulfil the clause."""
    return all(test.operator == "=" for test in clause)


def _chosen(question: Question, atom: Atom, want: bool) -> Clauses:
    """What must hold of the options that were chosen."""
    if isinstance(atom, Answered):
        return ALWAYS if want else NEVER
    if isinstance(atom, Count):
        return _counted(question, atom, want)
    if not isinstance(atom, AnyOf | AllOf | NoneOf):
        raise TypeError(atom)
    test = _equal if want is not isinstance(atom, NoneOf) else _different
    tests = [test(question, option) for option in question.options if option in atom.options]
    one_will_do = want is isinstance(atom, AnyOf)
    return frozenset([frozenset(tests)]) if one_will_do else frozenset(frozenset([each]) for each in tests)


def _counted(question: Question, atom: Count, want: bool) -> Clauses:
    together = [option for option, one in question.options.items() if not one.exclusive]
    least, most = atom.at_least, atom.at_most
    if want:
        return _all(
            _at_least(question, together, least), ALWAYS if most is None else _at_most(question, together, most)
        )
    too_many = NEVER if most is None else _at_least(question, together, most + 1)
    return _any(_at_most(question, together, least - 1), too_many)


def _at_least(question: Question, together: list[str], count: int) -> Clauses:
    """Of every group so large that the others are too few, one is chosen. An answer has one option at least."""
    if count <= 1:
        return ALWAYS
    if count > len(together):
        return NEVER
    return _groups(question, together, len(together) - count + 1, "=")


def _at_most(question: Question, together: list[str], count: int) -> Clauses:
    """Of every larger group, one is not chosen."""
    if count < 1:
        return NEVER
    return _groups(question, together, count + 1, "!=")


def _groups(question: Question, options: list[str], size: int, operator: str) -> Clauses:
    groups: set[Clause] = set()
    for group in combinations(options, size):
        groups.add(frozenset(Test(question.id, operator, question.id, option) for option in group))
        if len(groups) > MOST_CLAUSES:
            raise TooLarge
    return frozenset(groups)


def _hidden_fits(question: Question, atom: Atom, want: bool) -> bool:
    return question.when is not None and atom.marked(Mark.HIDDEN) is want


def _or_hidden(question: Question, atom: Atom, want: bool, made: Clauses) -> Clauses:
    """The same, or no answer at all, where that fits too and can be."""
    if not _hidden_fits(question, atom, want):
        return made
    items = [question.id, part(question.id, INSTEAD)] if open_apart(question) else [question.id]
    hidden = frozenset(frozenset([Test(item, "exists", question.id, False)]) for item in items)
    return _any(made, hidden)


def _exists(question: Question, truth: bool) -> Test:
    return Test(question.id, "exists", question.id, truth)


def _equal(question: Question, answer: Answer) -> Test:
    apart = open_apart(question) and answer in question.reserved
    return Test(part(question.id, INSTEAD) if apart else question.id, "=", question.id, str(answer))


def _different(question: Question, answer: str) -> Test:
    return Test(question.id, "!=", question.id, answer)
