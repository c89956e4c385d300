"""What a repeat visit takes over from the last one, and what is said to have changed since."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from comparing import raw_edits
from hypothesis import example, given, settings
from hypothesis import strategies as st
from strategies import DATED, TYPES, Draw, all_answers, built, raw_rule_files

from screener.engine.answers import as_plain, read_answer
from screener.ground.wrapping import Look, cells
from screener.records.carried import AnswerChange, carried, changes
from screener.records.since import as_text
from screener.rulefile.loader import load
from screener.rulefile.model import Answers, RuleFile

TODAY = date(2026, 5, 31)
LAST = date(2026, 5, 1)
QUESTIONS = """
  - {id: itch, type: yes-no, ask: Does it itch?, unsure: yes, decline: yes, optional: yes, carry_over: 90 days}
  - {id: skin, type: one, ask: How is your skin?, options: {light: Light, dark: Dark}, unsure: yes, carry_over: 90 days}
  - id: creams
    type: many
    ask: What do you use?
    options: {mild: A mild cream, strong: A strong cream, none: {label: Nothing, exclusive: yes}}
    carry_over: 90 days
  - {id: weight, type: number, ask: How much do you weigh?, unit: kg, max: 300, carry_over: 90 days}
  - {id: laser, type: date, ask: When was your last treatment?, max: today, carry_over: 90 days}
  - {id: note, type: text, ask: What else?, for: professional, carry_over: 90 days}
  - {id: pain, type: yes-no, ask: Does it hurt today?}
"""
FILE = """
format: 1
id: small
version: 1.0.0
title: Small
language: en
questions:{}
guidance: [{{id: care, topic: Care, says: Keep it cool.}}]
dispositions: [{{id: consult, title: Talk, says: They look.}}]
referral: {{says: Please see a professional.}}
"""
#: As JSON has them, from a visit a month ago.
BEFORE: dict[str, Any] = {
    "itch": "yes",
    "skin": "dark",
    "creams": ["mild", "strong"],
    "weight": 70.5,
    "laser": "2025-12-24",
    "note": "It burns.",
    "pain": "no",
}
JUNK: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["a", "unsure", "today", "x"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=4,
)
SPANS = ("1 day", "20 days", "6 weeks", "1 month", "13 months", "1 year", "200 years")
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
Visit = tuple[RuleFile, dict[str, Any], date, date]


def small(questions: str = QUESTIONS) -> RuleFile:
    """A rule file with these questions, read for an interview today."""
    return load(FILE.format(questions), today=TODAY)


def kept(change: str, to: str, **before: Any) -> dict[str, Any]:
    """What is taken over from the last visit by a file in which this text is changed, as JSON has it."""
    assert change in QUESTIONS
    found = carried(small(QUESTIONS.replace(change, to)), BEFORE | before, LAST, TODAY)
    return {id: as_plain(answer) for id, answer in found.items()}


def as_json(answers: Answers) -> dict[str, Any]:
    """The answers as they come back from a file."""
    stored: dict[str, Any] = json.loads(json.dumps({id: as_plain(answer) for id, answer in answers.items()}))
    return stored


@st.composite
def visits(draw: Draw) -> Visit:
    """A rule file, what was answered before, perhaps to an older version of it, and the days of both visits."""
    files = raw_rule_files() | raw_rule_files(types=(*TYPES, *DATED))
    old, new = draw(raw_edits() | files.map(lambda raw: (raw, json.loads(json.dumps(raw)))))
    for question in new["questions"]:
        if span := draw(st.sampled_from([None, *SPANS])):
            question["carry_over"] = span
    rules = built(new)
    before = as_json(draw(all_answers(built(old))))
    before |= draw(st.dictionaries(st.sampled_from([*rules.by_question, "gone"]), JUNK, max_size=2))
    today = draw(DAYS)
    return rules, before, today - timedelta(draw(st.integers(-2, 60) | st.integers(0, 500))), today


def test_all_is_taken_over_but_what_is_asked_anew() -> None:
    """Answers come back in their types and in the order of asking, whatever order they were kept in."""
    found = carried(small(), dict(reversed(BEFORE.items())), LAST, TODAY)

    assert as_json(found) == {id: value for id, value in BEFORE.items() if id != "pain"}
    assert list(found) == ["itch", "skin", "creams", "weight", "laser", "note"]
    assert found["creams"] == ("mild", "strong")
    assert found["laser"] == date(2025, 12, 24)


@pytest.mark.parametrize(
    ("span", "last"),
    [
        ("1 day", date(2026, 5, 30)),
        ("90 days", date(2026, 3, 2)),
        ("2 weeks", date(2026, 5, 17)),
        ("3 months", date(2026, 2, 28)),  # there is no 31 February
        ("1 year", date(2025, 5, 31)),
    ],
)
def test_an_answer_is_good_to_the_last_day_of_its_span(span: str, last: date) -> None:
    """On the very day it still is, and a day older it is not; nor is one that is yet to be given."""
    rules = small(f"\n  - {{id: itch, type: yes-no, ask: Does it itch?, carry_over: {span}}}")

    def taken(day: date) -> bool:
        return dict(carried(rules, {"itch": "yes"}, day, TODAY)) == {"itch": "yes"}

    assert [taken(last - timedelta(1)), taken(last), taken(TODAY), taken(TODAY + timedelta(1))] == [
        *(False, True, True, False),
    ]


@pytest.mark.parametrize("word", ["unsure", "declined", "skipped"])
def test_what_was_left_open_is_asked_anew(word: str) -> None:
    """Also where the question does not offer it any more, and a text would be taken for the person's own."""
    assert "itch" not in kept("unsure: yes", "unsure: yes", itch=word)
    assert "skin" not in kept("unsure: yes, carry", "carry", skin=word)
    assert "note" not in kept("What else?", "What else?", note=word)


@pytest.mark.parametrize(
    ("id", "change", "to", "before"),
    [
        ("itch", "id: itch", "id: itches", "yes"),
        ("skin", "dark: Dark", "deep: Dark", "dark"),
        ("creams", "strong: A strong", "acid: An acid", ["mild", "strong"]),
        ("weight", "max: 300", "max: 70", 70.5),
        ("weight", "type: number", "type: whole", 70.5),
        ("laser", "max: today", "max: 2025-01-01", "2025-12-24"),
        ("laser", "max: today", "max: today", "5 months ago"),
        ("laser", "max: today", "max: today", "yesterday"),
        ("weight", "type: number, ask: How much do you weigh?, unit: kg, max: 300", "type: text, ask: A", 70.5),
        ("note", "type: text", "type: number", "18"),
        ("itch", "type: yes-no", "type: text", True),
        ("skin", "type: one", "type: many", "dark"),
        ("creams", "type: many", "type: one", ["mild"]),
        ("note", "type: text", "type: date", "today"),
        ("note", "What else?", "What else?", "It\u202e burns."),
        ("note", "What else?", "What else?", None),
    ],
)
def test_what_the_file_can_not_read_any_more_is_left(id: str, change: str, to: str, before: Any) -> None:
    """Questions and options that are gone, other types and limits, other days: all silently, and the rest stays."""
    found = kept(change, to, **{id: before})

    assert id not in found
    assert found == {other: BEFORE[other] for other in found}
    assert len(found) == 5


def test_options_may_come_in_another_order_now() -> None:
    """What was chosen is the same; it comes in the order of the file."""
    mild, strong = "mild: A mild cream", "strong: A strong cream"

    assert kept(f"{mild}, {strong}", f"{strong}, {mild}")["creams"] == ["strong", "mild"]


@settings(deadline=None)
@given(visits())
def test_nothing_is_taken_over_that_was_not_answered_so(visit: Visit) -> None:
    """Every answer is one of the last visit, as the file reads it, and is no word for an answer left open."""
    rules, before, answered, today = visit

    for id, answer in carried(rules, before, answered, today).items():
        plain, question = as_plain(answer), rules.by_question[id]
        assert sorted(plain) == sorted(before[id]) if isinstance(plain, list) else plain == before[id]
        assert read_answer(question, plain if isinstance(plain, list) else str(plain)) == answer
        assert answer not in ("unsure", "declined", "skipped")


@settings(deadline=None)
@given(visits())
def test_nothing_is_taken_over_that_is_older_than_its_span(visit: Visit) -> None:
    """Nor what is from a day that is yet to come, nor where no span is named; younger answers are as good as older."""
    rules, before, answered, today = visit
    found, ago = carried(rules, before, answered, today), (today - answered).days

    for id in found:
        span = rules.by_question[id].stays_good
        assert span is not None
        assert 0 <= ago <= span.extent[1]
    for later in range(min(max(ago, 0), 3)):
        assert found.items() <= carried(rules, before, today - timedelta(later), today).items()


@settings(deadline=None)
@given(visits(), st.data())
def test_nothing_has_changed_between_the_same_answers(visit: Visit, data: st.DataObject) -> None:
    """Neither as they stand nor as JSON has them; and what is taken over is no change."""
    rules, before, answered, today = visit
    answers = data.draw(all_answers(rules))
    taken = carried(rules, before, answered, today)

    assert changes(rules, answers, answers) == ()
    assert changes(rules, as_json(answers), answers) == ()
    assert changes(rules, {id: before[id] for id in taken}, taken) == ()


@settings(deadline=None)
@given(visits(), st.data())
def test_every_change_is_told_in_the_order_of_asking(visit: Visit, data: st.DataObject) -> None:
    """For each question whose words are others now, once; nothing that was kept makes it fail."""
    rules, before, _, _ = visit
    now = {id: answer for id, answer in data.draw(all_answers(rules)).items() if data.draw(st.booleans())}

    found = changes(rules, before, now)

    assert all(one.before != one.now for one in found)
    asked = [question.ask for question in rules.questions]
    assert [one.ask for one in found] == [ask for ask in asked if ask in {one.ask for one in found}]
    empty: tuple[Any, ...] = (None, "", [], [""])
    unlike = [id for id in rules.by_question if (id in now) == (before.get(id) in empty)]
    assert {one.ask for one in found} >= {rules.by_question[id].ask for id in unlike}


def test_changes_are_told_in_words() -> None:
    """Labels, units and the words of open answers; nothing on the side where it was not asked, or is not."""
    now: Answers = {
        "itch": "declined",
        "creams": ("none",),
        "laser": date(2026, 5, 20),
        "note": "It burns.",
        "pain": "yes",
    }
    before = {id: value for id, value in BEFORE.items() if id != "pain"}

    assert changes(small(), before, now) == (
        AnswerChange("Does it itch?", "Yes", "I would rather tell the professional in person"),
        AnswerChange("How is your skin?", "Dark", ""),
        AnswerChange("What do you use?", "A mild cream; A strong cream", "Nothing"),
        AnswerChange("How much do you weigh?", "70.5 kg", ""),
        AnswerChange("When was your last treatment?", "2025-12-24", "2026-05-20"),
        AnswerChange("Does it hurt today?", "", "Yes"),
    )


@pytest.mark.parametrize(
    ("id", "before", "said"),
    [
        ("skin", "gold", "gold"),
        ("skin", "declined", "I would rather tell the professional in person"),
        ("skin", "skipped", "Skipped"),
        ("creams", ["mild", "acid"], "A mild cream; acid"),
        ("creams", "strong", "A strong cream"),
        ("creams", "acid", "acid"),
        ("weight", 340, "340"),
        ("weight", "heavy", "heavy"),
        ("laser", "3 weeks ago", "3 weeks ago"),
        ("note", "unsure", "unsure"),
        ("note", 18, "18"),
    ],
)
def test_what_the_file_has_no_words_for_is_told_as_it_was_kept(id: str, before: Any, said: str) -> None:
    """Options that are gone by their ids; a number beyond the limits, or an answer of another type, as it is."""
    (change,) = changes(small(), {id: before}, {})

    assert (change.before, change.now) == (said, "")


def test_a_question_that_is_gone_is_no_change_of_the_person() -> None:
    """Nobody could answer it any more."""
    assert changes(small(), {"gone": "yes"}, {}) == ()


def test_a_question_that_repeats_an_answer_is_told_as_it_was_asked() -> None:
    """With the answer of today, or the earlier one where there is none today."""
    rules = small("""
  - {id: place, type: one, ask: Where?, options: {arm: Arm, leg: Leg}}
  - {id: hurts, type: yes-no, ask: "Does this hurt: {answer: place}?"}
""")
    before = {"place": "arm", "hurts": "yes"}

    assert changes(rules, before, {"place": "leg", "hurts": "no"})[1].ask == "Does this hurt: Leg?"
    assert changes(rules, before, {"hurts": "no"})[1].ask == "Does this hurt: Arm?"


def test_what_has_changed_is_listed_calmly() -> None:
    """Each question with what it was and what it is, one under the other."""
    found = (
        AnswerChange("Does it itch?", "No", "Yes"),
        AnswerChange("Since when?", "", "2026-05-20"),
        AnswerChange("What\nelse?", "It burns,\nmostly at night, and whenever it is warm in the room.", ""),
    )

    assert as_text(found, LAST, Look(60)) == (
        "3 answers have changed since the last visit, on 2026-05-01:\n"
        "\n"
        "Does it itch?\n"
        "  before: No\n"
        "  now:    Yes\n"
        "\n"
        "Since when?\n"
        "  before: not asked\n"
        "  now:    2026-05-20\n"
        "\n"
        "What else?\n"
        "  before: It burns, mostly at night, and whenever it is warm\n"
        "          in the room.\n"
        "  now:    not asked\n"
    )
    assert as_text(found[:1], LAST, Look()).startswith("1 answer has changed since")


def test_that_nothing_has_changed_is_said_too() -> None:
    """One line, so that it is clear that somebody looked."""
    assert as_text((), LAST, Look()) == "No answer has changed since the last visit, on 2026-05-01.\n"


@given(st.text(min_size=1), st.text(), st.integers(30, 100))
@example("\x1b[2J" * 30, "a" * 300, 30)
def test_the_listing_fits_and_hides_nothing(ask: str, said: str, width: int) -> None:
    """Whatever was written, no line is too long, and no sign can move the cursor."""
    page = as_text((AnswerChange(ask, said, "Yes"),), LAST, Look(width))

    assert all(cells(line) <= width for line in page.splitlines())
    assert "\x1b" not in page
