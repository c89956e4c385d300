"""What the professional's page says is in the professional's words, stands on it once, and stands on named sources."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from readers import WIDE, cases, real
from strategies import asked_in_order, built, files_and_answers

from screener.engine.assess import assess
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.model import RuleFile
from screener.rulefile.naming import documents_of
from screener.summary import professional
from screener.summary import wording as w
from screener.summary.formats import renderer
from screener.summary.sheet import Label, Part, Place, Sheet, Told

FORMATS = ["text", "markdown", "html"]


def rule_file(**changes: Any) -> RuleFile:
    """A small rule file with words for both readers."""
    return built(
        {
            "format": 1,
            "id": "x",
            "version": "1",
            "title": "X",
            "language": "en",
            "questions": [
                {"id": "mole", "type": "yes-no", "ask": "Is a mole changing?", "unsure": "yes", "decline": "yes"},
                {"id": "herbs", "type": "yes-no", "ask": "Do you take herbs?"},
                {"id": "sun", "type": "yes-no", "ask": "Were you in the sun?", "when": {"herbs": "yes"}},
                {"id": "worry", "type": "text", "ask": "What worries you?", "for": "professional", "decline": "yes"},
            ],
            "guidance": [
                {
                    "id": "mole",
                    "topic": "T",
                    "title": "Your mole",
                    "says": "Notes below say why.",
                    "short": "Changing naevus: dermoscopy",
                    "when": {"mole": "yes"},
                    "disposition": "doctor",
                },
                {
                    "id": "herbs",
                    "topic": "T",
                    "title": "Herbs and light",
                    "says": "Tell them.",
                    "when": {"herbs": "yes", "sun": "yes"},
                    "disposition": "tell",
                },
                {"id": "plain", "topic": "T", "says": "Tell them.", "when": {"herbs": "no"}, "disposition": "tell"},
            ],
            "dispositions": [
                {"id": "talk", "title": "Talk", "says": "Talk."},
                {"id": "tell", "title": "Tell them first", "says": "Notes below say why.", "short": "Clarify first."},
                {"id": "doctor", "title": "See a doctor", "says": "The first note below says why."},
            ],
            "referral": {"says": "See someone certified."},
            **changes,
        }
    )


def page(rules: RuleFile, answers: dict[str, Answer]) -> Sheet:
    """The professional's page."""
    return professional.sheet(rules, assess(rules, answers))


def noted(row: Told) -> list[str]:
    """What follows from an answer, each line with its sources."""
    return [f"{note.text} [{' · '.join(note.sources)}]" if note.sources else note.text for note in row.notes]


def told(sheet: Sheet) -> dict[str, list[tuple[str, str, str]]]:
    """All questions with answers and notes, under their headings."""
    return {
        part.heading: [(row.ask, row.answer, "; ".join(noted(row))) for row in part.rows if isinstance(row, Told)]
        for part in sheet.parts
        if part.kind == "answers"
    }


NOBODY: dict[str, Answer] = {"mole": "no", "herbs": "no", "worry": "none"}


def test_steps_and_lines_are_called_by_their_short_names() -> None:
    """`short` if there is one, else the title, else the id; a step of another name says what the person reads.

    A step stands where a heading stands, so the point at its end goes.
    """
    rules = rule_file()
    first, second = (
        page(rules, {**NOBODY, "mole": "yes"}),
        page(rules, {**NOBODY, "herbs": "yes", "sun": "yes"}),
    )

    assert (first.step, first.told.text) == ("See a doctor", w.WAS_TOLD_THE_SAME)
    assert told(first)[w.BEHIND_STEP] == [("Is a mole changing?", "Yes", "Changing naevus: dermoscopy")]
    assert told(first)[f"{w.FLAGGED}: Clarify first"] == [("Do you take herbs?", "No", "plain")]
    assert (second.step, second.told.text) == ("Clarify first", "The person reads: “Tell them first”.")
    assert told(second)[w.BEHIND_STEP][-1] == ("Were you in the sun?", "Yes", "Herbs and light")


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("answer", ["yes", "unsure", "declined", "no"])
def test_nothing_speaks_of_notes_that_are_not_there(answer: str, format: str) -> None:
    """What the person reads of a step may speak of notes; on this page are none, so it is not quoted."""
    rules = rule_file()
    answers: dict[str, Answer] = {"mole": answer, "herbs": "no", "worry": "none"}
    made = str(renderer(format, "professional")(rules, assess(rules, answers), WIDE))

    assert "below" not in made
    assert rules.dispositions[0].says not in made or answer == "no"


@pytest.mark.parametrize("name", [*real(), *cases()])
def test_no_worked_case_speaks_of_notes_that_are_not_there(name: str, pico: RuleFile) -> None:
    """The same for the questionnaire that comes with the tool: neither notes nor what they say."""
    summary = assess(pico, {**cases(), **real()}[name])
    made = str(renderer("text", "professional")(pico, summary, WIDE))

    assert re.findall(r"\bnotes?\b", made) == []
    assert [one.guidance.id for one in summary.findings if one.guidance.says in made] == []


def test_a_line_behind_two_answers_is_told_once_below_the_later() -> None:
    """Both answers are flagged, one after the other."""
    sheet = page(rule_file(), {**NOBODY, "herbs": "yes", "sun": "yes"})

    assert told(sheet)[w.BEHIND_STEP] == [
        ("Do you take herbs?", "Yes", ""),
        ("Were you in the sun?", "Yes", "Herbs and light"),
    ]


def test_a_line_that_hangs_on_no_answer_is_told() -> None:
    """One that everyone hears has a place too; one for whom something was not asked stands at what hid it."""
    line = {"topic": "T", "says": "Said.", "disposition": "tell"}
    rules = rule_file(
        guidance=[{"id": "all", **line}, {"id": "unasked", **line, "when": {"not": {"sun": ["yes", "no"]}}}]
    )

    assert told(page(rules, NOBODY))[w.BEHIND_STEP] == [
        ("Do you take herbs?", "No", "unasked"),
        (w.FOR_EVERYONE, "", "all"),
    ]


def test_free_texts_for_the_professional_stand_as_they_were_written() -> None:
    """In quotes, marked as the person's own words; one that is kept for a talk stands with what was left open."""
    written = "My GP said *never again* – 2019 <b>"
    sheet = page(rule_file(), {**NOBODY, "worry": written})
    kept = page(rule_file(), {**NOBODY, "worry": "declined"})

    assert told(sheet)[w.OWN_WORDS] == [("What worries you?", f"“{written}”", "")]
    assert sum(written in answer for rows in told(sheet).values() for _, answer, _ in rows) == 1
    assert w.OWN_WORDS not in told(kept)
    assert told(kept)[w.LEFT_OPEN][0][0] == "What worries you?"


def twice(sheet: Sheet) -> list[str]:
    """What stands on a page more than once: questions, and what is said of them."""
    rows = [row for part in sheet.parts for row in part.rows]
    asks = [row.ask if isinstance(row, Told) else row for row in rows if isinstance(row, Told | str)]
    notes = [one.rpartition(": ")[2] for row in rows if isinstance(row, Told) for one in noted(row)]
    return [one for listed in (asks, notes) for one in set(listed) if listed.count(one) > 1]


@pytest.mark.parametrize("name", [*real(), *cases()])
def test_nothing_stands_on_the_page_of_a_worked_case_twice(name: str, pico: RuleFile) -> None:
    """No question, no answer, no flag and no suggestion; the referral once, at the end."""
    answers = {**cases(), **real()}[name]
    made = " ".join(str(renderer("text", "professional")(pico, assess(pico, answers), WIDE)).split())

    assert twice(page(pico, answers)) == []
    assert made.count(" ".join(assess(pico, answers).referral.says.split())) == 1


@settings(max_examples=80, deadline=None)
@given(files_and_answers())
def test_nothing_stands_on_any_page_twice(case: tuple[RuleFile, dict[str, Answer]]) -> None:
    """For any rule file and any answers."""
    rules, wanted = case

    assert [one for one in twice(page(rules, asked_in_order(rules, wanted))) if one != w.FOR_EVERYONE] == []


@pytest.mark.parametrize("name", [*real(), *cases()])
def test_sources_are_named(name: str, pico: RuleFile) -> None:
    """Every id in brackets stands under the sources once, with the short names of its documents; no other does."""
    sheet = page(pico, {**cases(), **real()}[name])
    listed = next((one for one in sheet.parts if one.heading == w.SOURCES), Part(w.SOURCES, "places", ()))
    places = {id: row.where for row in listed.rows if isinstance(row, Place) for id in row.ids}
    told = [row for part in sheet.parts for row in part.rows if isinstance(row, Told)]
    cited = {id for row in told for note in row.notes for id in note.sources}

    assert set(places) == {*cited, *sheet.told.sources, *sheet.referral.sources}
    assert [id for id, where in places.items() if not all(one in where for one in documents_of(pico, id))] == []


@pytest.mark.parametrize("format", FORMATS)
def test_a_label_stands_before_the_next_step_or_is_left_to_be_filled_in(format: str, pico: RuleFile) -> None:
    """The reference and the date as they were given, and room to write where not; the person's page has no label."""
    summary = assess(pico, real()["much"])
    given = Label("F-2026/17 *<b>", "2026-01-31")
    filled, empty = (str(renderer(format, "professional", label=label)(pico, summary, WIDE)) for label in (given, None))

    for word in (w.REFERENCE, w.DATE, w.SIGNATURE):
        assert filled.index(word) < filled.index(w.NEXT_STEP if format != "text" else w.NEXT_STEP.upper())
        assert word in empty
    assert "<b>" not in filled or format == "text"
    read, left = (made.replace("\\", "") for made in (filled, empty))
    assert [("F-2026/17" in one, "2026-01-31" in one) for one in (read, left)] == [(True, True), (False, False)]
    assert w.SIGNATURE not in str(renderer(format, "person", label=given)(pico, summary, WIDE))
