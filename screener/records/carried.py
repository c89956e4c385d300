"""A repeat visit: which earlier answers are still good, and what has changed since.

Earlier answers are as JSON has them, by question id; they may have been given to an older version of the rule file.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from screener.engine.addressed import asked_as
from screener.engine.answers import REPEATED_WORDS, Refused, as_plain, in_words, read_answer
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.model import Answers, Question, RuleFile


class AnswerChange(NamedTuple):
    """A question that is answered otherwise now, with both answers in words; empty where it was, or is, not asked."""

    ask: str
    before: str
    now: str


def carried(rules: RuleFile, before: Mapping[str, Any], answered: date, today: date) -> Answers:
    """Those of the earlier answers that may be taken over, in the order of asking.

    They were given on the day `answered`; `today` is the day of the interview, for which the rule file was read. None
    of them was left open, and none would be read as another answer than was given.
    """
    found = ((one.id, _as_given(one, before.get(one.id))) for one in rules.questions if _is_good(one, answered, today))
    return {id: answer for id, answer in found if answer is not None and answer not in tuple(REPEATED_WORDS)}


def _is_good(question: Question, answered: date, today: date) -> bool:
    """Whether an answer of that day is still good; one of a day that is yet to come is not."""
    span = question.stays_good
    return span is not None and span.before(today) <= answered <= today


def _as_given(question: Question, plain: Any) -> Answer | None:
    """The earlier answer, or None where this question can't be answered so, or would take it for another answer.

    The number 18 is no text, and `3 months ago` was another day than it is today.
    """
    chosen = isinstance(plain, list)
    try:
        answer = read_answer(question, [*map(str, plain)] if chosen else str(plain))
    except Refused:
        return None
    if chosen and isinstance(answer, tuple):
        return answer if set(answer) == set(plain) else None  # the options may stand in another order now
    return answer if as_plain(answer) == plain else None


def changes(rules: RuleFile, before: Mapping[str, Any], now: Answers) -> tuple[AnswerChange, ...]:
    """What is answered otherwise now, in the order of asking; questions that the file no longer has are left out.

    Both are the answers that count: one that an earlier answer hides is left out of them.
    """
    return tuple(_changes(rules, {id: _plain(value) for id, value in before.items()}, now))


def _changes(rules: RuleFile, before: Mapping[str, Any], now: Answers) -> Iterator[AnswerChange]:
    read = {one.id: _as_given(one, before[one.id]) for one in rules.questions if one.id in before}
    repeated = {**{id: answer for id, answer in read.items() if answer is not None}, **now}
    for question in rules.questions:
        was, is_now = _told(question, before.get(question.id)), _told(question, _plain(now.get(question.id)))
        if was != is_now:
            yield AnswerChange(asked_as(rules, question, repeated).ask, was, is_now)


def _plain(value: Any) -> Any:
    """An answer as JSON has it; a value of JSON is one already."""
    return as_plain(value) if isinstance(value, tuple | Decimal | date) else value


def _told(question: Question, plain: Any) -> str:
    """An answer in words; of what this question can't be answered with, what is left: an id, or what was typed."""
    if plain is None:
        return ""
    if (answer := _as_given(question, plain)) is not None:
        return in_words(question, answer)
    return "; ".join(_called(question, str(part)) for part in (plain if isinstance(plain, list) else [plain]))


def _called(question: Question, word: str) -> str:
    if word in question.choices:
        return question.choices[word].label
    return REPEATED_WORDS.get(word, word)
