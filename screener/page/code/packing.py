"""The answers of an interview as a few bytes, in the order of the rule file; a question that is not asked takes none.

Eight bytes name the rule file. Then come bits: the day of the interview, if something in the file is counted back from
it; whether some question is open; and of each question that is asked its answer, after a bit that says whether there is
one if some are open. Which questions are asked follows from the answers before, here and where it is read again.
"""

import hashlib
from collections.abc import Iterator
from datetime import date

from screener.engine.answers import Refused, read_answer
from screener.engine.assess import state_of, view_of
from screener.ground.marks import Mark
from screener.page.code.bits import Misfit, as_bytes, bits, from_bytes, taken
from screener.page.code.values import taken_value, value_bits
from screener.rulefile.conditions.tree import Answer, State
from screener.rulefile.model import Answers, Question, RuleFile

#: So many bytes of the SHA-256 of its text name a rule file.
NAME_BYTES = 8
#: How many days there are.
_DAYS = date.max.toordinal()
#: Spans go back two hundred years from the interview, and there must be such a day.
_FIRST_YEAR = 1000


def packed(rules: RuleFile, answers: Answers) -> bytes:
    """The answers that count, finished or not. Raises ValueError for answers that the questions do not allow."""
    view = view_of(rules, answers)
    asked = [(question, view[question.id]) for question in rules.questions if view[question.id] is not Mark.HIDDEN]
    some_open = any(state is Mark.OPEN for _, state in asked)
    day = rules.counted_from
    written = bits(day.toordinal() - 1, _DAYS) if day else ""
    written += bits(some_open, 2) + "".join(_state_bits(question, state, some_open) for question, state in asked)
    return bytes.fromhex(rules.sha256)[:NAME_BYTES] + as_bytes(written)


def _state_bits(question: Question, state: State, some_open: bool) -> str:
    if state is Mark.OPEN:
        return "0"
    return "1" * some_open + value_bits(question, state)


def named_by(body: bytes, text: str) -> bool:
    """Whether these are answers to the rule file with this text."""
    name = hashlib.sha256(text.encode()).digest()[:NAME_BYTES]
    return body[:NAME_BYTES] == name


def day_of(body: bytes, rules: RuleFile) -> date | None:
    """The day of the interview, from which the rule file counts; None if it does not count. Raises Misfit."""
    return _day(from_bytes(body[NAME_BYTES:])) if rules.counted_from else None


def _day(source: Iterator[str]) -> date:
    day = date.fromordinal(taken(source, _DAYS) + 1)
    if day.year < _FIRST_YEAR:
        raise Misfit
    return day


def unpacked(body: bytes, rules: RuleFile) -> Answers:
    """The answers that were packed, for the rule file as it is on the day of that interview.

    Raises Misfit for what nobody packed: only bytes that come out again as they are stand for answers.
    """
    source = from_bytes(body[NAME_BYTES:])
    if rules.counted_from:
        _day(source)
    some_open, answers, view = taken(source, 2), dict[str, Answer](), dict[str, State]()
    for question in rules.questions:
        is_asked = state_of(question, {}, view) is not Mark.HIDDEN
        if is_asked and (not some_open or taken(source, 2)):
            answers[question.id] = _answer(question, source)
        view[question.id] = state_of(question, answers, view)
    if packed(rules, answers).rstrip(b"\0") != body.rstrip(b"\0"):
        raise Misfit
    return answers


def _answer(question: Question, source: Iterator[str]) -> Answer:
    try:
        return read_answer(question, taken_value(question, source))
    except Refused:
        raise Misfit from None
