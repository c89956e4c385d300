"""What has only another id is shown as renamed, and is followed wherever it is named."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from proving import no_hurry, silent
from strategies import Draw, built, raw_rule_files

from screener.authoring.diff.changes import Comparison
from screener.authoring.diff.compare import compare
from screener.engine.assess import assess
from screener.rulefile.loader import load


def renamed(value: Any, ids: dict[str, str]) -> Any:
    """Plain data with these ids, as keys and as values."""
    if isinstance(value, dict):
        return {ids.get(key, key): renamed(part, ids) for key, part in value.items()}
    if isinstance(value, list):
        return [renamed(part, ids) for part in value]
    return ids.get(value, value) if isinstance(value, str) else value


@st.composite
def raw_renames(draw: Draw) -> tuple[dict[str, Any], dict[str, Any], dict[str, str]]:
    """A file, the same with some other ids, and these."""
    old = draw(raw_rule_files(max_questions=3))
    for number, question in enumerate(old["questions"]):
        question["ask"] = f"Question number {number}?"
    known = [thing["id"] for key in ("questions", "guidance", "dispositions") for thing in old[key]]
    known += ["a", "b"]
    some = draw(st.lists(st.sampled_from(known), unique=True, max_size=4))
    ids = {id: f"{id}-new" for id in some}
    return old, renamed(copy.deepcopy(old), ids), ids


@settings(deadline=None, max_examples=150)
@given(raw_renames())
def test_other_ids_are_nothing_but_other_ids(raws: tuple[dict[str, Any], dict[str, Any], dict[str, str]]) -> None:
    """Of a file in which ids have changed everywhere, only this is told, and nothing comes for other answers."""
    old, new, ids = raws
    comparison = compare(built(old), built(new), no_hurry, silent)
    options = {id for question in old["questions"] for id in question.get("options", ())} & ids.keys()
    things = ids.keys() - {"a", "b"}

    assert {change.was for change in comparison.changes if change.state == "renamed"} == things
    assert {change.state for change in comparison.changes} <= {"renamed", "kept"}
    assert all(not change.shifts for change in comparison.changes)
    edits = [edit for change in comparison.changes for edit in change.edits]
    assert {edit.old for edit in edits} == options
    assert all(edit.key == f"options.{edit.new}.id" for edit in edits)
    asked = options or {question["id"] for question in old["questions"]} & things
    assert comparison.demands == ("major" if asked else "minor" if things else "none")


FILE: dict[str, Any] = {
    "format": 1,
    "id": "x",
    "version": "1.0.0",
    "title": "X",
    "language": "en",
    "questions": [
        {"id": "q", "type": "one", "ask": "Q?", "options": {"a": "Ay", "b": "Bee"}, "unsure": "yes"},
        {"id": "r", "type": "yes-no", "ask": "R?", "when": {"q": "a"}},
    ],
    "guidance": [
        {"id": "g", "topic": "T", "says": "S.", "when": {"q": "a"}, "disposition": "e"},
        {"id": "h", "topic": "T", "says": "U.", "when": {"r": "yes"}, "excludes": ["g"]},
    ],
    "dispositions": [{"id": "d", "title": "D", "says": "D."}, {"id": "e", "title": "E", "says": "E."}],
    "referral": [{"id": "m", "says": "M.", "when": {"q": "b"}}, {"id": "n", "says": "N."}],
    "invariants": [
        {
            "id": "i",
            "because": "B.",
            "when": {"q": "a"},
            "then": {"disposition": "e", "guidance": ["g"], "asked": ["r"], "referral": "n", "answers": {"q": "a"}},
        },
        {"id": "j", "because": "C.", "never_less_urgent": [{"q": ["b", "a"]}, "r"]},
    ],
}


def compared(new: dict[str, Any]) -> Comparison:
    """The small file compared with another."""
    return compare(load(json.dumps(FILE)), load(json.dumps(new)), no_hurry, silent)


@pytest.mark.parametrize("id", ["q", "r", "a", "b", "g", "h", "d", "e", "m", "n", "i", "j"])
def test_a_new_id_is_followed_everywhere(id: str) -> None:
    """In conditions, promises, orders of risk, `excludes`, next steps and referrals."""
    (change,) = compared(renamed(FILE, {id: f"{id}-new"})).changes

    assert change.shifts == ()
    assert (change.was or change.edits[0].old) == id


def test_examples_are_answers_to_their_own_file() -> None:
    """Answers to the old file have its ids, also where questions and options have others now."""
    new = renamed(FILE, {"q": "q-new", "a": "a-new"})
    new["guidance"][0]["when"] = {"q-new": "b"}
    comparison = compared(new)
    shifts = [shift for change in comparison.changes for shift in change.shifts]

    assert {shift.direction for shift in shifts} == {"more", "fewer"}
    for shift in shifts:
        rules = comparison.new if shift.direction == "more" else comparison.old
        assert dict(assess(rules, shift.answers).answers) == dict(shift.answers)
    for demand in comparison.because:
        if demand.answers is not None:
            rules = comparison.new if demand.side == "new" else comparison.old
            assert assess(rules, demand.answers).complete


def test_other_words_or_another_condition_make_another_thing() -> None:
    """Something that says otherwise, or comes otherwise, is new, and what was there is gone."""
    for key, value in (("says", "Z."), ("when", {"q": "b"})):
        new = renamed(FILE, {"h": "h-new"})
        new["guidance"][1][key] = value
        states = {(change.id, change.state) for change in compared(new).changes if change.kind == "guidance"}
        assert {("h", "removed"), ("h-new", "added")} <= states
