"""`enableWhen` → `when`: tests on single answers as conditions of a rule file.

FHIR hides an item while there is no fitting answer; a rule file asks when a condition is unknown. So every condition
on a question with reserved answers is written in a way that says what each of them does: both then show the same.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from screener.exchange.fhir.import_.form import Coding, EnableWhen
from screener.exchange.fhir.import_.outline import Level
from screener.ground.marks import ANSWERED
from screener.rulefile.measures import MEASURED, NUMBERS, number
from screener.rulefile.words import JOINING

Written = dict[str, Any]
_SIDES = {">": "above", "<": "below", ">=": "at_least", "<=": "at_most"}


class Counterpart(NamedTuple):
    """What stands for an item in conditions: a question, and all the reserved answers that it offers.

    `counted` are the reserved answers that are answers in the form too, and not the lack of one; `words` gives the
    option for a code; `apart` says that the item holds nothing but the reserved answers of the question.
    """

    question: str
    type: str
    reserved: tuple[str, ...]
    counted: tuple[str, ...] = ()
    words: Callable[[Coding], str | None] | None = None
    unit: str = ""
    apart: bool = False


class Piece(NamedTuple):
    """One test as written; `decides` says that it is never unknown, `word` which option it names, if it is one."""

    target: Counterpart
    written: Written
    decides: bool
    word: str | None = None


def level_when(level: Level, targets: Mapping[str, Counterpart]) -> tuple[Written | None, list[str]]:
    """The condition of one level, None if it always holds, and the items on which tests could not be kept.

    Whatever can't be kept counts as fulfilled, so that nothing is hidden that the form would have shown.
    """
    parts: list[Written] = []
    dropped: list[str] = []
    clauses = [[test] for test in level.tests] if level.behavior == "all" else [list(level.tests)]
    for tests in clauses:
        pieces = [_piece(test, targets.get(test.question)) for test in tests]
        dropped += [test.question for test, piece in zip(tests, pieces, strict=True) if piece is None]
        known = [piece for piece in pieces if piece is not None]
        if len(known) == len(pieces):
            parts.append(_clause(known))
    return joined(parts), list(dict.fromkeys(dropped))


def joined(parts: Iterable[Written]) -> Written | None:
    """All parts together, each once, as one mapping where each speaks of another question."""
    flat = [inner for part in parts for inner in (part["all"] if list(part) == ["all"] else [part])]
    each = list({json.dumps(part): part for part in flat}.values())
    if len(each) < 2:
        return each[0] if each else None
    keys = [key for part in each for key in part]
    if len(set(keys)) == len(keys) and not set(keys) & set(JOINING):
        return {key: value for part in each for key, value in part.items()}
    return {"all": each}


def besides(question: str, option: str, reserved: tuple[str, ...]) -> Written:
    """That this option was chosen, and not left open."""
    written = {question: option}
    return {"all": [written, _without(question, list(reserved))]} if reserved else written


def _without(question: str, words: list[str]) -> Written:
    return {"not": _answered_by(question, words)}


def _clause(pieces: list[Piece]) -> Written:
    """At least one of the tests: those on one question together, with care for its reserved answers."""
    by_question: dict[str, list[Piece]] = {}
    for piece in pieces:
        by_question.setdefault(piece.target.question, []).append(piece)
    found = [written for question, own in by_question.items() for written in _about(question, own)]
    each = list({json.dumps(one): one for one in found}.values())
    return each[0] if len(each) == 1 else {"any": each}


def _about(question: str, pieces: list[Piece]) -> list[Written]:
    """The tests on one question, of which one must hold.

    Where the question is left open, FHIR hides what we would show, as for us the test is unknown; so each such test is
    joined with "and it was not left open". Of options a and b and an answer that can be declined:
    `{all: [{q: [a, b]}, {not: {q: declined}}]}`. A form can also show something for an answer left open, `marks`: such
    an answer is not excluded, and named only where no other test, unknown with it, shows the same anyway.
    """
    reserved = pieces[0].target.reserved
    words = list(dict.fromkeys(piece.word for piece in pieces if piece.word is not None))
    marks, options = [word for word in words if word in reserved], [word for word in words if word not in reserved]
    decided = [piece.written for piece in pieces if piece.word is None and piece.decides]
    unknown = [_answered_by(question, options)] if options else []
    unknown += [piece.written for piece in pieces if piece.word is None and not piece.decides]
    if not unknown:
        return [*decided, _answered_by(question, marks)] if marks else decided
    if hiding := [word for word in reserved if word not in marks]:
        unknown = [{"all": [written, _without(question, hiding)]} for written in unknown]
    return [*unknown, *decided]


def _answered_by(question: str, words: list[str]) -> Written:
    return {question: words[0] if len(words) == 1 else words}


def _piece(test: EnableWhen, target: Counterpart | None) -> Piece | None:
    if target is None:
        return None
    if test.operator == "exists":
        written = _exists(target)
        return Piece(target, written if test.boolean else {"not": written}, decides=True)
    answer = test.answer
    if isinstance(answer, date | Decimal) and target.type in MEASURED:
        return None if _other_unit(test, target) else _measured(test.operator, answer, target)
    word = _word(answer, target)
    if word is None or test.operator not in ("=", "!="):
        return None
    if test.operator == "!=":  # holds also where there is no such answer at all, as `not` does
        return Piece(target, {"not": {target.question: word}}, decides=True)
    return Piece(target, {target.question: word}, decides=word in target.reserved, word=word)


def _other_unit(test: EnableWhen, target: Counterpart) -> bool:
    """Whether a quantity is compared in a unit that the question does not name."""
    unit = test.quantity and (test.quantity.unit or test.quantity.code)
    return bool(unit and unit != target.unit)


def _exists(target: Counterpart) -> Written:
    if target.apart:
        return _answered_by(target.question, list(target.counted))
    answered: Written = {target.question: ANSWERED}
    return {"any": [answered, _answered_by(target.question, list(target.counted))]} if target.counted else answered


def _word(answer: object, target: Counterpart) -> str | None:
    if isinstance(answer, bool) and target.type == "yes-no":
        return "yes" if answer else "no"
    if target.words is None or isinstance(answer, bool) or answer is None:
        return None
    return target.words(answer if isinstance(answer, Coding) else Coding(display=str(answer)))


def _measured(operator: str, answer: date | Decimal, target: Counterpart) -> Piece | None:
    if isinstance(answer, Decimal) is not (target.type in NUMBERS):
        return None
    try:
        limit = str(answer) if isinstance(answer, date) else str(number(format(answer, "f")))
    except ValueError:
        return None
    if operator in _SIDES:
        return Piece(target, {target.question: {_SIDES[operator]: limit}}, decides=False)
    written = {target.question: {"at_least": limit, "at_most": limit}}
    return Piece(target, written if operator == "=" else {"not": written}, decides=operator == "!=")
