"""Conditions that only an open answer makes true: thirty planted ones are found, and none else."""

import json
from typing import Any, NamedTuple

import pytest
from proving import fired, no_hurry, replays, silent
from strategies import built

from screener.authoring.checks import remarks
from screener.authoring.checks.logic import prove
from screener.authoring.checks.remark import Remark
from screener.engine.assess import assess
from screener.rulefile.model import RuleFile

QUESTIONS: list[dict[str, Any]] = [
    {"id": "size", "type": "number", "ask": "How wide?", "min": "1", "max": "200", "unsure": "yes"},
    {"id": "age", "type": "number", "ask": "How old?", "min": "0", "max": "120"},
    {"id": "born", "type": "date", "ask": "Since when?", "max": "2026-01-31", "decline": "yes"},
    {
        "id": "meds", "type": "many", "ask": "Which medicines?", "decline": "yes", "max": "2",
        "options": {"iso": "I", "gold": "G", "pill": "P", "none": {"label": "None", "exclusive": "yes"}},
    },
    {"id": "mole", "type": "yes-no", "ask": "A mole?", "unsure": "yes", "decline": "yes"},
    {"id": "skin", "type": "one", "ask": "Which skin?", "unsure": "yes", "options": {"dry": "D", "oily": "O"}},
    {
        "id": "deep", "type": "number", "ask": "How deep?", "min": "1", "max": "9", "decline": "yes",
        "when": {"mole": "yes"},
    },
    {"id": "flat", "type": "yes-no", "ask": "Is it flat?", "decline": "yes", "when": {"mole": "no"}},
    {
        "id": "year", "type": "number", "ask": "Which year?", "min": "1990", "max": "2026", "decline": "yes",
        "when": {"meds": "gold"},
    },
    {"id": "when-unsure", "type": "yes-no", "ask": "Who could look?", "when": {"mole": "unsure"}},
]  # fmt: skip
#: Each question is used, so that nothing else is to be said of the file.
USED: list[dict[str, Any]] = [
    {"size": {"below": "5"}}, {"age": {"below": "18"}}, {"born": {"below": "2025-01-01"}}, {"meds": "iso"},
    {"meds": "gold"}, {"meds": "pill"}, {"mole": "yes"}, {"skin": "dry"}, {"deep": {"above": "5"}}, {"flat": "yes"},
    {"year": {"below": "2000"}}, {"when-unsure": "yes"},
]  # fmt: skip


class Planted(NamedTuple):
    """A condition that only an open answer brings up, the same mended, and where: at the whole, or at these parts."""

    bad: dict[str, Any]
    mended: dict[str, Any]
    parts: tuple[str, ...] = ()
    as_question: bool = False


TWO = {"any": [{"size": {"above": "250"}}, {"skin": "dry"}]}
PLANTED = {
    "above-the-range": Planted({"size": {"above": "250"}}, {"size": {"above": "25"}}),
    "at-least-above-the-range": Planted({"size": {"at_least": "201"}}, {"size": {"at_least": "200"}}),
    "below-the-range": Planted({"size": {"below": "1"}}, {"size": {"below": "2"}}),
    "at-most-below-the-range": Planted({"size": {"at_most": "0"}}, {"size": {"at_most": "1"}}),
    "an-empty-interval": Planted({"size": {"above": "60", "below": "40"}}, {"size": {"above": "40", "below": "60"}}),
    "a-day-to-come": Planted({"born": {"above": "2026-01-31"}}, {"born": {"above": "2026-01-30"}}),
    "no-day-between": Planted(
        {"born": {"above": "2025-03-01", "below": "2025-03-02"}}, {"born": {"above": "2025-03-01"}}
    ),
    "with-none-of-these": Planted({"meds": {"all": ["iso", "none"]}}, {"meds": {"all": ["iso", "gold"]}}),
    "more-than-may-be-chosen": Planted({"meds": {"all": ["iso", "gold", "pill"]}}, {"meds": {"all": ["iso", "pill"]}}),
    "more-than-are-counted": Planted({"meds": {"count": {"at_least": "3"}}}, {"meds": {"count": {"at_least": "2"}}}),
    "fewer-than-one": Planted({"meds": {"count": {"at_most": "0"}}}, {"meds": {"count": {"at_most": "1"}}}),
    "none-of-all": Planted(
        {"meds": {"none": ["iso", "gold", "pill", "none"]}}, {"meds": {"none": ["iso", "gold", "none"]}}
    ),
    "two-of-one": Planted({"all": [{"skin": "dry"}, {"skin": "oily"}]}, {"skin": "oily"}),
    "yes-and-no": Planted({"all": [{"mole": "yes"}, {"mole": "no"}]}, {"all": [{"mole": "yes"}, {"skin": "oily"}]}),
    "yes-and-not-yes": Planted({"all": [{"mole": "yes"}, {"not": {"mole": "yes"}}]}, {"not": {"mole": "yes"}}),
    "neither-yes-nor-no": Planted({"not": {"mole": ["yes", "no"]}}, {"mole": ["unsure", "declined"]}),
    "neither-of-two": Planted(
        {"skin": "dry", "not": {"any": [{"mole": "yes"}, {"mole": "no"}]}}, {"skin": "dry", "not": {"mole": "no"}}
    ),
    "another-is-named": Planted(
        {"mole": "unsure", "size": {"above": "250"}}, {"mole": "unsure", "size": {"above": "25"}}
    ),
    "the-other-mark-is-named": Planted(
        {"mole": "declined", "size": {"above": "250"}}, {"mole": "declined", "size": {"above": "25"}}
    ),
    "hidden-by-the-answer": Planted({"mole": "no", "deep": {"above": "5"}}, {"mole": "yes", "deep": {"above": "5"}}),
    "asked-by-opposite-answers": Planted({"deep": {"above": "3"}, "flat": "no"}, {"deep": {"above": "3"}}),
    "hidden-by-a-choice": Planted(
        {"meds": "none", "year": {"above": "2001"}}, {"meds": "iso", "year": {"above": "2001"}}
    ),
    "with-one-that-is-asked-of-the-unsure": Planted({"when-unsure": "yes", "mole": "yes"}, {"when-unsure": "no"}),
    "a-question-beyond-the-range": Planted({"size": {"above": "250"}}, {"size": {"above": "25"}}, as_question=True),
    "a-question-after-two-at-once": Planted(
        {"meds": {"all": ["iso", "none"]}}, {"meds": {"all": ["iso", "pill"]}}, as_question=True
    ),
    "a-question-behind-a-hidden-one": Planted({"mole": "no", "deep": {"below": "3"}}, {"mole": "no"}, as_question=True),
    "an-entry": Planted(TWO, {"any": [{"size": {"above": "25"}}, {"skin": "dry"}]}, ("any.0",)),
    "two-entries": Planted(
        {"any": [{"born": {"above": "2027-01-01"}}, {"skin": "oily"}, {"meds": {"all": ["gold", "none"]}}]},
        {"any": [{"born": {"above": "2024-01-01"}}, {"skin": "oily"}, {"meds": {"all": ["gold", "pill"]}}]},
        ("any.0", "any.2"),
    ),
    "under-a-not": Planted(
        {"not": {"size": {"above": "250"}}, "skin": "oily"},
        {"not": {"size": {"above": "25"}}, "skin": "oily"},
        ("not",),
    ),
    "deep-inside": Planted(
        {"age": {"above": "30"}, "any": [{"skin": "oily"}, {"not": {"any": [{"mole": "yes"}, TWO]}}]},
        {"age": {"above": "30"}, "any": [{"skin": "oily"}, {"not": {"any": [{"mole": "yes"}, {"skin": "dry"}]}}]},
        ("any.1.not.any.1.any.0",),
    ),
}


def whole(when: dict[str, Any], as_question: bool = False) -> dict[str, Any]:
    """A sound rule file with this condition besides: that of a line, or of a question."""
    questions, whens = list(QUESTIONS), [*USED]
    if as_question:
        questions.append({"id": "extra", "type": "yes-no", "ask": "Anything else?", "decline": "yes", "when": when})
        whens.append({"extra": "yes"})
    lines = [{"id": f"g{n}", "topic": f"T{n}", "says": "S.", "when": one} for n, one in enumerate(whens)]
    extra = [] if as_question else [{"id": "extra", "topic": "T", "says": "S.", "when": when}]
    return {
        "format": 1, "id": "planted", "version": "1", "title": "Planted", "language": "en", "questions": questions,
        "guidance": [{"id": "care", "topic": "T", "says": "S."}, *lines, *extra],
        "dispositions": [{"id": "d", "title": "D", "says": "D."}], "referral": {"says": "R."},
    }  # fmt: skip


def found(raw: dict[str, Any]) -> list[Remark]:
    """All that is said of the logic of the file."""
    rules = built(raw)
    assert [remark for remark in remarks(rules) if remark.level == "error"] == []
    return list(prove(rules, no_hurry, silent).remarks)


def places(of: list[Remark]) -> list[tuple[str, tuple[str | int, ...]]]:
    """Code and place of each."""
    return [(remark.code, remark.route) for remark in of]


def test_thirty_are_planted() -> None:
    """Conditions of lines and of questions, and parts of them."""
    assert len(PLANTED) == 30
    assert sum(bool(one.parts) for one in PLANTED.values()) == 4
    assert sum(one.as_question for one in PLANTED.values()) == 3


@pytest.mark.parametrize("name", PLANTED)
def test_what_only_an_open_answer_makes_true_is_found(name: str) -> None:
    """The planted condition, or its parts at their places, and no other, with an example that replays."""
    planted = PLANTED[name]
    rules, of = built(whole(planted.bad, planted.as_question)), found(whole(planted.bad, planted.as_question))
    place = ("questions" if planted.as_question else "guidance", "extra", "when")
    about = [remark for remark in of if remark.route[: len(place)] == place]

    if planted.parts:
        assert places(of) == [("part-only-if-open", (*place, *steps(part))) for part in planted.parts]
    else:
        assert places(about) == [("only-if-open", place)]
    rest = [remark for remark in of if remark not in about]
    assert places(rest) == [("only-if-open", ("guidance", f"g{len(USED)}", "when"))] * planted.as_question
    for remark in of:
        assert remark.related, "the places that leave no room are named"
        replays(rules, remark)
        assert leaves_open(rules, remark)


def steps(part: str) -> list[str]:
    """`any.1.not` as the steps of a route; in a mapping with several keys the `any` is the second."""
    words = part.split(".")
    first = {"any": ["part:1"] if len(words) > 2 else [], "not": ["part:0"]}[words[0]]
    inner = {"any": [], "not": ["part:0"]}
    return [*first, *(step for word in words for step in inner.get(word, [f"part:{word}"]))]


def leaves_open(rules: RuleFile, remark: Remark) -> bool:
    """Whether the help names an answer that is left open in the example."""
    (example,) = remark.witness
    named = remark.help.rpartition("write `{")[2].partition("}`")[0].partition(": ")
    return dict(example.answers)[named[0]] == named[2] and named[2] in rules.by_question[named[0]].reserved


@pytest.mark.parametrize("name", PLANTED)
def test_nothing_is_said_of_a_mended_one(name: str) -> None:
    """The same file with the condition put right is without any finding."""
    planted = PLANTED[name]

    assert found(whole(planted.mended, planted.as_question)) == []


def test_a_line_that_is_left_out_when_unsure_is_never_said() -> None:
    """With `when_unsure: skip` an open answer does not bring it up either, which has a code of its own."""
    raw = whole({"size": {"above": "250"}})
    raw["guidance"][-1]["when_unsure"] = "skip"

    assert places(found(raw)) == [("never-said", ("guidance", "extra", "when"))]


@pytest.mark.parametrize("skips", [True, False])
def test_what_is_certain_only_beside_an_open_answer_is_found(skips: bool) -> None:
    """Two questions are asked after opposite answers, so both only of someone who leaves the first open; then what
    hangs on both can be certain, also for a line that wants certainty, and for a referral.
    """
    when = {"deep": {"above": "3"}, "flat": "no"}
    raw = whole(when)
    if skips:
        raw["guidance"][-1]["when_unsure"] = "skip"
    else:
        raw["guidance"].pop()
        raw["referral"] = [{"id": "extra", "when": when, "says": "R."}, {"says": "R."}]
    place = ("guidance" if skips else "referral", "extra", "when")
    (remark,) = found(raw)

    assert (remark.code, remark.route) == ("only-if-open", place)
    assert dict(remark.witness[0].answers)["mole"] in ("unsure", "declined")
    assert [related.route for related in remark.related[:2]] == [(*place, "part:0"), (*place, "part:1")]


def test_a_named_condition_is_told_where_it_is_used() -> None:
    """Once for each line that uses it; where nothing does, at its own place."""
    raw = whole({"is": "large"})
    raw["conditions"] = {"large": {"size": {"above": "250"}}}
    used = places(found(raw))
    raw["guidance"].pop()
    unused = places(list(prove(built(raw), no_hurry, silent).remarks))

    assert used == [("only-if-open", ("guidance", "extra", "when"))]
    assert unused == [("only-if-open", ("conditions", "large"))]


def test_a_part_of_a_named_condition_is_told_once() -> None:
    """At its own place, however many lines use the name."""
    raw = whole({"is": "odd", "age": {"above": "20"}})
    raw["guidance"].append({"id": "more", "topic": "U", "says": "S.", "when": {"is": "odd", "age": {"below": "20"}}})
    raw["conditions"] = {"odd": TWO}

    assert places(found(raw)) == [("part-only-if-open", ("conditions", "odd", "part:0"))]


def test_it_is_said_in_words() -> None:
    """The message, the place that leaves no room, the example and the mend, word for word."""
    (remark,) = found(whole({"size": {"above": "250"}}))

    assert remark.message == (
        "guidance `extra` is only ever said because something was left open: no real answer makes its condition true"
    )
    assert [related.message for related in remark.related] == [
        "needed here: “size” is answered above 250",
        "`size` takes a number, at least 1, at most 200",
    ]
    assert remark.witness[0].shows == "it comes up because `size` is `unsure`"
    assert remark.witness[0].answers[0] == ("size", "unsure"), "what matters comes first"
    assert (
        remark.help == "correct what stands there; if it is meant for those who leave it open, write `{size: unsure}`"
    )


def test_the_example_leaves_one_thing_open() -> None:
    """Where one open answer is enough, no other has to be explained."""
    (remark,) = found(whole({"skin": "dry", "size": {"above": "250"}}))
    answers = dict(remark.witness[0].answers)

    assert (answers["skin"], answers["size"]) == ("dry", "unsure")


def test_open_answers_that_are_asked_for_are_left_alone() -> None:
    """By name, as `[yes, unsure]`, by `not answered`, or by the question before."""
    whens: list[dict[str, Any]] = [
        {"mole": "unsure"},
        {"mole": ["declined", "unsure"]},
        {"skin": ["dry", "unsure"]},
        {"not": {"meds": "answered"}},
        {"when-unsure": "no"},
        {"any": [{"mole": "declined"}, {"size": "unsure"}]},
        {"not": {"skin": "unsure"}},
    ]
    for when in whens:
        assert found(whole(when)) == [], json.dumps(when)


def test_examples_bring_up_what_they_say() -> None:
    """The line of the finding is among those that the example brings up, as one that may apply."""
    rules = built(whole({"meds": {"all": ["iso", "none"]}}))
    (remark,) = prove(rules, no_hurry, silent).remarks
    summary = assess(rules, dict(remark.witness[0].answers))

    assert fired(summary)["extra"] == "possible"
