"""Conditions in words: each form that a rule file can write, and how forms within forms are told apart."""

import json
from typing import Any

import pytest

from screener.rulefile.conditions.describe import describe
from screener.rulefile.loader import load
from screener.rulefile.naming import Naming

QUESTIONS: list[dict[str, Any]] = [
    {"id": "itch", "type": "yes-no", "ask": "Itch?", "unsure": "yes", "decline": "yes"},
    {"id": "place", "type": "one", "ask": "Where?", "options": {"face": "Face", "arm": "Arm", "leg": "Leg"}},
    {"id": "marks", "type": "many", "ask": "Marks?", "options": {"red": "Red", "dry": "Dry", "sore": "Sore"}},
    {"id": "age", "type": "number", "ask": "Age?"},
    {"id": "since", "type": "date", "ask": "Since?"},
]
REST = {
    "format": 1,
    "id": "x",
    "version": "1",
    "title": "X",
    "language": "en",
    "questions": QUESTIONS,
    "dispositions": [{"id": "d", "title": "D", "says": "D."}],
    "referral": {"says": "R."},
}
ITCH, FACE = {"itch": "yes"}, {"place": "face"}
ITCHES, ON_FACE = "“Itch?” is answered “Yes”", "“Where?” is answered “Face”"


def told(when: Any) -> str:
    """The condition in words."""
    rules = load(json.dumps({**REST, "guidance": [{"id": "g", "topic": "T", "says": "S.", "when": when}]}))
    condition = rules.guidance[0].when
    assert condition is not None
    return describe(condition, Naming(rules))


@pytest.mark.parametrize(
    ("about", "words"),
    [
        ({"itch": "yes"}, "“Yes”"),
        ({"itch": "unsure"}, "not sure"),
        ({"itch": "declined"}, "rather told in person"),
        ({"itch": ["unsure", "declined", "no"]}, "“No”, rather told in person or not sure"),
        ({"itch": "answered"}, "with anything"),
        ({"place": ["leg", "face"]}, "“Face” or “Leg”"),
        ({"place": ["leg", "arm", "face"]}, "“Face”, “Arm” or “Leg”"),
        ({"marks": {"all": ["red"]}}, "with all of “Red”"),
        ({"marks": {"all": ["sore", "red", "dry"]}}, "with all of “Red”, “Dry” and “Sore”"),
        ({"marks": {"none": ["dry", "red"]}}, "with none of “Red” and “Dry”"),
        ({"marks": {"count": {"at_least": "0"}}}, "at least 0 options"),
        ({"marks": {"count": {"at_least": "1"}}}, "at least 1 option"),
        ({"marks": {"count": {"at_least": "2"}}}, "at least 2 options"),
        ({"marks": {"count": {"at_most": "0"}}}, "at most 0 options"),
        ({"marks": {"count": {"at_most": "1"}}}, "at most 1 option"),
        ({"marks": {"count": {"at_least": "1", "at_most": "2"}}}, "at least 1 and at most 2 options"),
        ({"age": {"below": "18"}}, "below 18"),
        ({"age": {"above": "18.5"}}, "above 18.5"),
        ({"age": {"at_least": "18"}}, "at least 18"),
        ({"since": {"at_most": "2026-01-31"}}, "at most 2026-01-31"),
    ],
)
def test_what_is_said_of_one_question(about: dict[str, Any], words: str) -> None:
    """The question as it is asked, and its answers by their labels, in the order of the rule file."""
    (question,) = (question for question in QUESTIONS if question["id"] in about)

    assert told(about) == f"“{question['ask']}” is answered {words}"


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ({"all": [ITCH, FACE]}, f"{ITCHES} and {ON_FACE}"),
        ({"any": [ITCH, FACE]}, f"{ITCHES} or {ON_FACE}"),
        ({"not": ITCH}, f"it is not so that {ITCHES}"),
        ({"not": {"any": [ITCH, FACE]}}, f"it is not so that ({ITCHES} or {ON_FACE})"),
        ({"not": {"not": ITCH}}, ITCHES),
        ({"not": {"not": {"any": [ITCH, FACE]}}}, f"{ITCHES} or {ON_FACE}"),
        ({"all": [{"any": [ITCH, FACE]}, FACE]}, f"({ITCHES} or {ON_FACE}) and {ON_FACE}"),
        ({"all": [{"not": ITCH}, FACE]}, f"(it is not so that {ITCHES}) and {ON_FACE}"),
        ({"any": [FACE, {"not": ITCH}]}, f"{ON_FACE} or it is not so that {ITCHES}"),
        ({"any": [{"not": {"all": [ITCH, FACE]}}, ITCH]}, f"(it is not so that ({ITCHES} and {ON_FACE})) or {ITCHES}"),
        ({"all": [{"not": {"not": {"any": [ITCH, FACE]}}}, FACE]}, f"({ITCHES} or {ON_FACE}) and {ON_FACE}"),
    ],
)
def test_parts_are_told_apart(when: dict[str, Any], words: str) -> None:
    """Several parts within another form stand in brackets, and what is not so where more follows; what is denied twice
    is said.
    """
    assert told(when) == words
