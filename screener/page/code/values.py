"""One answer in bits, as its question has it: what can't be answered there takes no room."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from screener.ground.marks import Mark
from screener.page.code.bits import Misfit, bits, taken
from screener.page.code.texts import taken_text, text_bits
from screener.rulefile.conditions.tree import State
from screener.rulefile.measures import Limits, Measure
from screener.rulefile.model import Question

#: How many digits a number may have before and after the point; see `measures`.
_BEFORE, _AFTER = {"number": 11, "whole": 9}, {"number": 4, "whole": 0}


class _Range(NamedTuple):
    """Whole numbers from the least on, so many of them."""

    least: int
    ways: int


def value_bits(question: Question, state: State) -> str:
    """The answer that a question was given, which is in this state. Raises ValueError for what can't be one."""
    word = state.value if isinstance(state, Mark) else state
    if question.type in ("one", "yes-no"):
        return _chosen_bits(word, (*question.choices, *question.reserved))
    alone = _alone(question)
    flag, is_alone = ("0", "1") if alone else ("", "")
    if isinstance(state, Mark) or (isinstance(state, tuple) and len(state) == 1 and state[0] in alone):
        return is_alone + _chosen_bits(word if isinstance(state, Mark) else state[0], alone)
    if isinstance(state, tuple):
        return flag + "".join("1" if option in state else "0" for option in _together(question))
    if isinstance(state, Decimal | date):
        return flag + _measured_bits(question, state)
    return flag + text_bits(str(state))


def taken_value(question: Question, source: Iterator[str]) -> str | list[str]:
    """The answer at this place, as an answers file has it. Raises Misfit."""
    if question.type in ("one", "yes-no"):
        return _taken_choice(source, (*question.choices, *question.reserved))
    alone = _alone(question)
    if alone and taken(source, 2):
        word = _taken_choice(source, alone)
        return [word] if word in question.options else word
    if question.type == "many":
        return [option for option in _together(question) if taken(source, 2)]
    return taken_text(source) if question.type == "text" else _taken_measure(question, source)


def _chosen_bits(word: object, ways: tuple[str, ...]) -> str:
    return bits(ways.index(str(word)), len(ways))


def _taken_choice(source: Iterator[str], ways: tuple[str, ...]) -> str:
    return ways[taken(source, len(ways))]


def _alone(question: Question) -> tuple[str, ...]:
    """What excludes all else at a question with several answers, or with a value: shorter than a bit for each."""
    return (*(id for id, option in question.options.items() if option.exclusive), *question.reserved)


def _together(question: Question) -> Iterator[str]:
    return (id for id, option in question.options.items() if not option.exclusive)


def _measured_bits(question: Question, value: Measure) -> str:
    if isinstance(value, date):
        days = _days(question.limits)
        return bits(value.toordinal() - days.least, days.ways)
    places = next(count for count in range(5) if _scaled(value, count) == value.scaleb(count))
    numbers = _numbers(question, places)
    return bits(places, _AFTER[question.type] + 1) + bits(_scaled(value, places) - numbers.least, numbers.ways)


def _taken_measure(question: Question, source: Iterator[str]) -> str:
    if question.type == "date":
        days = _days(question.limits)
        return date.fromordinal(days.least + taken(source, days.ways)).isoformat()
    places = taken(source, _AFTER[question.type] + 1)
    numbers = _numbers(question, places)
    return f"{Decimal(numbers.least + taken(source, numbers.ways)).scaleb(-places):f}"


def _scaled(value: Decimal, places: int) -> int:
    """The number with its point moved to the right, rounded up where that is not enough."""
    step: int = 10 ** (4 - places)
    return -(-int(value.scaleb(4)) // step)


def _numbers(question: Question, places: int) -> _Range:
    """All numbers that may be answered with so many digits after the point, the point moved to their end."""
    most = 10 ** (_BEFORE[question.type] + places) - 1
    low, high = question.limits
    least = max(-most, _scaled(low, places)) if isinstance(low, Decimal) else -most
    last = min(most, -_scaled(-high, places)) if isinstance(high, Decimal) else most
    return _range(least, last)


def _days(limits: Limits) -> _Range:
    low, high = (limit if isinstance(limit, date) else None for limit in limits)
    return _range((low or date.min).toordinal(), (high or date.max).toordinal())


def _range(least: int, last: int) -> _Range:
    if last < least:
        raise Misfit
    return _Range(least, last - least + 1)
