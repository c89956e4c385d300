"""`enableWhen` → `when`: tests on single answers as conditions of a rule file.

FHIR hides an item while there is no fitting answer; a rule file asks when a condition is unknown. Where a form
itself offers answers such as "not sure", the conditions are written so that both show the same.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from screener.exchange.reading.form import Coding, EnableWhen
from screener.exchange.reading.outline import Level
from screener.model import ANSWERED, number

Written = dict[str, Any]
_SIDES = {">": "above", "<": "below", ">=": "at_least", "<=": "at_most"}
_JOINS = ("all", "any", "not", "is")


class Target(NamedTuple):
    """What stands for an item in conditions: a question, and the reserved answers that the form itself offers.

    `words` gives the option for a code. `apart` says that the item only holds the reserved answers.
    """

    question: str
    type: str
    reserved: tuple[str, ...]
    words: Any = None
    apart: bool = False


class Piece(NamedTuple):
    """One test as written; `decides` says that it is never unknown, `word` which option it names, if it is one."""

    target: Target
    written: Written
    decides: bool
    word: str | None = None


def when(levels: Iterable[Level], targets: Mapping[str, Target]) -> tuple[Written | None, list[str]]:
    """The condition for all levels, None if it always holds, and the items on which tests could not be kept.

    Whatever can't be kept counts as fulfilled, so that nothing is hidden that the form would have shown.
    """
    parts: list[Written] = []
    dropped: list[str] = []
    for level in levels:
        clauses = [[test] for test in level.tests] if level.behavior == "all" else [list(level.tests)]
        for tests in clauses:
            pieces = [_piece(test, targets.get(test.question)) for test in tests]
            dropped += [test.question for test, piece in zip(tests, pieces, strict=True) if piece is None]
            known = [piece for piece in pieces if piece is not None]
            if len(known) == len(pieces):
                parts.append(_clause(known))
    unique = [part for place, part in enumerate(parts) if part not in parts[:place]]
    return _joined(unique), list(dict.fromkeys(dropped))


def _joined(parts: list[Written]) -> Written | None:
    """All parts together, as one mapping where each speaks of another question."""
    if len(parts) < 2:
        return parts[0] if parts else None
    keys = [key for part in parts for key in part]
    if len(set(keys)) == len(keys) and not set(keys) & set(_JOINS):
        return {key: value for part in parts for key, value in part.items()}
    return {"all": parts}


def _clause(pieces: list[Piece]) -> Written:
    """At least one of the tests: those on one question together, with care for its reserved answers."""
    by_question: dict[str, list[Piece]] = {}
    for piece in pieces:
        by_question.setdefault(piece.target.question, []).append(piece)
    found = [written for question, own in by_question.items() for written in _about(question, own)]
    return found[0] if len(found) == 1 else {"any": found}


def _about(question: str, pieces: list[Piece]) -> list[Written]:
    reserved = pieces[0].target.reserved
    marks = [piece.word for piece in pieces if piece.word in reserved]
    words = [piece.word for piece in pieces if piece.word is not None and piece.word not in reserved]
    others = [piece for piece in pieces if piece.word is None]
    open_ones = [_answered_by(question, words)] if words else []
    open_ones += [piece.written for piece in others if not piece.decides]
    decided = [piece.written for piece in others if piece.decides]
    missing = [word for word in reserved if word not in marks]
    if open_ones and missing:
        without = {"not": {question: missing[0] if len(missing) == 1 else missing}}
        open_ones = [{"all": [written, without]} for written in open_ones]
    if marks and not open_ones:  # beside others, an answer that stays unknown is shown anyway
        decided.append(_answered_by(question, [word for word in marks if word]))
    return [*open_ones, *decided]


def _answered_by(question: str, words: list[str]) -> Written:
    return {question: words[0] if len(words) == 1 else words}


def _piece(test: EnableWhen, target: Target | None) -> Piece | None:
    if target is None:
        return None
    if test.operator == "exists":
        written = _exists(target)
        return Piece(target, written if test.boolean else {"not": written}, decides=True)
    answer = test.answer
    if isinstance(answer, date | Decimal) and target.type in ("number", "date"):
        return _measured(test.operator, answer, target)
    word = _word(answer, target)
    if word is None or test.operator not in ("=", "!="):
        return None
    if test.operator == "!=":  # holds also where there is no such answer at all, as `not` does
        return Piece(target, {"not": {target.question: word}}, decides=True)
    return Piece(target, {target.question: word}, decides=word in target.reserved, word=word)


def _exists(target: Target) -> Written:
    reserved = {target.question: list(target.reserved)}
    if target.apart:
        return reserved
    answered = {target.question: ANSWERED}
    shares = target.reserved and target.type in ("one", "many", "yes-no") and target.words is not None
    return {"any": [answered, reserved]} if shares else answered


def _word(answer: object, target: Target) -> str | None:
    if isinstance(answer, bool) and target.type == "yes-no":
        return "yes" if answer else "no"
    if target.words is None:
        return None
    if isinstance(answer, Decimal | date):
        answer = str(answer)
    coding = Coding(display=answer) if isinstance(answer, str) else answer
    found: str | None = target.words(coding) if isinstance(coding, Coding) else None
    return found


def _measured(operator: str, answer: date | Decimal, target: Target) -> Piece | None:
    if isinstance(answer, Decimal) is not (target.type == "number"):
        return None
    try:
        limit = str(answer) if isinstance(answer, date) else str(number(format(answer, "f")))
    except ValueError:
        return None
    if operator in _SIDES:
        return Piece(target, {target.question: {_SIDES[operator]: limit}}, decides=False)
    written = {target.question: {"at_least": limit, "at_most": limit}}
    return Piece(target, written if operator == "=" else {"not": written}, decides=operator == "!=")
