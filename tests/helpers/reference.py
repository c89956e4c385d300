"""The meaning of conditions once more, as plainly as can be: straight from what is written, slow and obvious.

It shares no code with the engine, so that the two can be held against each other.
"""

import operator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

Known = bool | None
#: The day of the interview where none is given.
TODAY = date(2000, 1, 1)
HIDDEN, OPEN = object(), object()
LEFT_OPEN = ("unsure", "declined", "skipped")


def truth(raw: Any, states: dict[str, Any]) -> Known:
    """Three-valued truth of a written condition; states are raw answers, HIDDEN or OPEN."""
    return conjunction([_entry(key, value, states) for key, value in raw.items()])


def conjunction(parts: list[Known]) -> Known:
    """Kleene's and."""
    if any(part is False for part in parts):
        return False
    return None if any(part is None for part in parts) else True


def negation(part: Known) -> Known:
    """Kleene's not."""
    return None if part is None else not part


def _entry(key: str, value: Any, states: dict[str, Any]) -> Known:
    if key == "all":
        return conjunction([truth(part, states) for part in value])
    if key == "any":
        return negation(conjunction([negation(truth(part, states)) for part in value]))
    if key == "not":
        return negation(truth(value, states))
    return _atom(value, states[key])


def _atom(value: Any, state: Any) -> Known:
    words = [value] if isinstance(value, str) else value
    if state is HIDDEN:
        return False
    if state is OPEN:
        return None
    if words == ["answered"]:
        return state not in LEFT_OPEN
    if isinstance(words, list):
        if state in LEFT_OPEN:
            if state in words:
                return True
            return None if set(words) - set(LEFT_OPEN) else False
        given = state if isinstance(state, tuple) else (state,)
        return any(word in given for word in words)
    if state in LEFT_OPEN:
        return None
    ((form, wanted),) = words.items()
    return _form(form, wanted, state)


def _form(form: str, wanted: Any, state: Any) -> bool:
    if form == "all":
        return set(wanted) <= set(state)
    if form == "none":
        return not set(wanted) & set(state)
    if form == "count":
        ((side, text),) = wanted.items()
        return len(state) >= int(text) if side == "at_least" else len(state) <= int(text)
    if form == "within":
        number, unit = wanted.split()
        since = {"days": TODAY - timedelta(int(number)), "month": date(1999, 12, 1), "year": date(1999, 1, 1)}[unit]
        return bool(since <= state <= TODAY)
    wanted = wanted if isinstance(state, str) else Decimal(wanted)  # ordered options are in the order of the alphabet
    sides = {"below": operator.lt, "above": operator.gt, "at_least": operator.ge, "at_most": operator.le}
    return bool(sides[form](state, wanted))


def states_of(raw: dict[str, Any], answers: dict[str, Any]) -> dict[str, Any]:
    """The state of every question of a raw rule file."""
    states: dict[str, Any] = {}
    for question in raw["questions"]:
        hidden = "when" in question and truth(question["when"], states) is False
        states[question["id"]] = HIDDEN if hidden else answers.get(question["id"], OPEN)
    return states
