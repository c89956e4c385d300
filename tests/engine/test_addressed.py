"""Texts that repeat answers: the person's own words, in every text that can, and nothing else of it changes."""

import json
from typing import Any

import pytest
from strategies import built

from screener.engine.addressed import addressed, in_general
from screener.engine.answers import read_answers
from screener.engine.assess import assess
from screener.engine.progress import Progress
from screener.ground.wrapping import Look
from screener.interview.loop import review, step
from screener.rulefile.model import RuleFile
from screener.summary.formats import FORMATS, renderer

RAW: dict[str, Any] = {
    "format": 1, "id": "f", "version": "1", "title": "F", "language": "en",
    "questions": [
        {"id": "concerns", "type": "many", "ask": "Which?", "unsure": "yes", "decline": "yes", "optional": "yes",
         "options": {"m": "Melasma", "s": "Scars"}},
        {"id": "note", "type": "text", "ask": "You named {answer: concerns}. What else?"},
    ],
    "guidance": [
        {"id": "g", "topic": "T", "title": "{answer: concerns}", "says": "You said {answer:note}.",
         "more": "Again: { answer: note }.", "ask": "What of {answer: concerns}?", "disposition": "b"},
    ],
    "dispositions": [
        {"id": "a", "title": "A", "says": "S."}, {"id": "b", "title": "B: {answer: concerns}", "says": "S."},
    ],
    "referral": {"says": "See somebody about {answer: concerns}."},
}  # fmt: skip
HOSTILE = '<b>*x* {answer: concerns} {{7*7}} =1+1 #set text(red) \\"'


def file() -> RuleFile:
    """A rule file in which every text that can repeats an answer."""
    return built(RAW)


def given(**answers: Any) -> Any:
    """These answers, as from a file."""
    return read_answers(json.dumps(answers), file()).answers


def test_every_text_repeats_what_was_answered() -> None:
    """Labels as they were shown, with more than one between semicolons, and a text as it was written."""
    summary = assess(file(), given(concerns=["s", "m"], note="It itches."))
    (finding,) = summary.findings

    assert finding.guidance.title == "Melasma; Scars"
    assert finding.guidance.says == "You said It itches.."
    assert finding.guidance.more == "Again: It itches.."
    assert summary.questions_to_ask == ("What of Melasma; Scars?",)
    assert (summary.disposition.title, summary.because) == ("B: Melasma; Scars", ("g",))
    assert summary.referral.says == "See somebody about Melasma; Scars."


@pytest.mark.parametrize(
    ("answer", "words"), [("unsure", "(not sure)"), ("declined", "(kept for a talk)"), ("skipped", "(no answer)")]
)
def test_what_was_left_open_is_said_so(answer: str, words: str) -> None:
    """In words that do not pretend that it was an answer."""
    assert assess(file(), given(concerns=answer, note="x")).findings[0].guidance.title == words


def test_an_answer_that_is_still_to_come_is_said_so() -> None:
    """The summary of an interview that was left early has no braces."""
    assert assess(file(), given(concerns=["m"])).findings[0].guidance.says == "You said (no answer yet)."


def test_questions_are_asked_in_the_words_of_the_answers_before() -> None:
    """While asking, in the review, and with the step that is certain."""
    answers = dict(given(concerns=["m"]))
    progress = Progress(file(), answers)
    question = progress.next_question()
    assert question is not None

    assert step(progress, question).question.ask == "You named Melasma. What else?"
    assert review(file(), {**answers, "note": "x"})[1].question.ask == "You named Melasma. What else?"


def test_the_step_that_is_certain_repeats_answers_too() -> None:
    """Title and lines, with what is known by then."""
    raw = json.loads(json.dumps(RAW))
    raw["guidance"][0]["when"] = {"concerns": ["m", "unsure", "declined", "skipped", "s"]}
    certain = Progress(built(raw), dict(given(concerns=["m"]))).certain
    assert certain is not None

    assert certain.step.title == "B: Melasma"
    assert certain.says == ("S.", "Melasma. You said (no answer yet).")


@pytest.mark.parametrize("reader", ["person", "professional"])
@pytest.mark.parametrize("format", [format for format in FORMATS if format != "pdf"])
def test_no_format_shows_a_place_to_fill(format: str, reader: str) -> None:
    """Whoever reads it in whichever format reads answers, also where other texts are named."""
    summary = assess(file(), given(concerns=["m"], note="Plain."))
    text = renderer(format, reader, details=True)(file(), summary, Look())

    assert isinstance(text, str)
    assert "{answer" not in text
    assert "{ answer" not in text


def test_hostile_words_stay_words() -> None:
    """What looks like a place, markup or a formula is repeated letter by letter, once, and escaped as all texts are."""
    summary = assess(file(), given(concerns=["m"], note=HOSTILE))
    page = renderer("html")(file(), summary, Look())

    assert summary.findings[0].guidance.says == f"You said {HOSTILE}."
    assert isinstance(page, str)
    assert "<b>*x*" not in page
    assert "&lt;b&gt;*x* {answer: concerns}" in page


def test_a_file_without_such_texts_is_the_very_same() -> None:
    """Nothing is made anew for whoever does not use them."""
    plain = built({**RAW, "questions": RAW["questions"][:1], "guidance": [{"id": "g", "topic": "T", "says": "S {x}."}],
                   "dispositions": [RAW["dispositions"][0]], "referral": {"says": "R."}})  # fmt: skip

    assert addressed(plain, {}) is plain
    assert in_general(plain) is plain


def test_all_else_of_the_file_stays() -> None:
    """Fingerprint, conditions and what was worked out from them."""
    one, other = file(), addressed(file(), given(concerns=["m"], note="x"))

    assert (one.sha256, one.questions[0], one.urgency) == (other.sha256, other.questions[0], other.urgency)
    assert other.by_question["note"].ask == "You named Melasma. What else?"
